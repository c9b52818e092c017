using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// Where a model is, as seen from the entry of the method: what the names in its shape texts are called here and how they are read.
/// </summary>
/// <param name="Type">The model's type.</param>
/// <param name="Expression">The model in C#, such as <c>this.Attention</c>; of a list, its first model, since all are of one shape.</param>
/// <param name="Prefix">In front of the names of its dimensions: empty for the receiver, else <c>Attention.</c>.</param>
/// <param name="Guard">A condition under which the expression can be read: that a list is not empty.</param>
internal sealed record ModelScope(INamedTypeSymbol Type, string Expression, string Prefix, string? Guard)
{
    /// <summary>How the expression of a size ends that is read through a list.</summary>
    public const string NoModel = " : 0)";

    /// <summary>Whether the scope stands for all models of a list: one in shape, but not in every number.</summary>
    public bool IsOfList { get; private init; }

    public ModelScope Member(ISymbol member, INamedTypeSymbol type, bool mayBeNull = false)
    {
        string expression = $"{Expression}.{member.Name}";
        ModelScope scope = this with { Type = type, Expression = expression, Prefix = $"{Prefix}{member.Name}." };
        return mayBeNull ? scope.Guarded($"{expression} is not null") : scope;
    }

    /// <summary>The models of a list that this scope stands for.</summary>
    public ModelScope First(ModelListType list)
    {
        return Guarded($"{Expression}.{list.CountMember} > 0") with { Expression = Expression + "[0]", IsOfList = true };
    }

    private ModelScope Guarded(string guard) => this with { Guard = Guard is null ? guard : $"{Guard} && {guard}" };

    /// <summary>A number of the model.</summary>
    public string Read(string member) => Guard is null ? $"{Expression}.{member}" : $"({Guard} ? {Expression}.{member}{NoModel}";
}
