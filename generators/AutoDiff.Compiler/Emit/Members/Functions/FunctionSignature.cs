using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>
/// The signature of a member that is a derivative function: its parameters in the order of the function, <c>accumulate</c> where it adds to destinations, and what it
/// returns as a tuple where there is more than one. The leaves of a struct are one parameter, or one element of what is returned.
/// </summary>
internal sealed class FunctionSignature
{
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<MemberParameter, string> _members = [];

    public FunctionSignature(MethodModel model, DerivedFunction derived, string suffix)
    {
        Name = CSharpNames.Escape(model.Name + suffix);
        Members = MemberParameter.Of(derived);
        foreach (MemberParameter own in Members.Where(static m => m.Role.Role == ParameterRole.Own)) Names.TryReserve(own.Name);
        var parameters = new List<SignatureParameter>();
        foreach (MemberParameter member in Members)
        {
            bool isReceiver = member is { Name: "this", Role.Role: ParameterRole.Own };
            string name = isReceiver ? "this" : member.Role.Role == ParameterRole.Own ? CSharpNames.Escape(member.Name) : Names.Reserve(member.Name);
            foreach ((Parameter parameter, int leaf) in member.Leaves) _names[parameter.Name] = StructText.Access(name, member.PathOf(leaf));
            _members[member] = name;
            if (!isReceiver)
                parameters.Add(new(name, $"{ScalarSignature.Modifier(member.Passing)}{member.TypeText} {name}", ParameterText.Of(member, model.Name)) { Of = member.Role.Of });
        }

        if (derived.Roles.Any(static r => r.Role is ParameterRole.Gradient or ParameterRole.GradientTangent))
        {
            Accumulate = Names.Reserve("accumulate");
            parameters.Add(new(Accumulate, $"bool {Accumulate} = false", ParameterText.Accumulate));
        }

        Parameters = parameters.ToEquatable();
        Results = MemberResult.Of(derived, model.ReturnTypeText);
        ReturnType = MakeReturnType();
    }

    /// <summary>The member's name as it is written in source.</summary>
    public string Name { get; }

    public EquatableArray<SignatureParameter> Parameters { get; }

    /// <summary>The same with the receiver, and with what stands for each in the function.</summary>
    public IReadOnlyList<MemberParameter> Members { get; }

    /// <summary>What is returned, in order.</summary>
    public IReadOnlyList<MemberResult> Results { get; }

    public string ReturnType { get; }

    /// <summary>The names of the parameters.</summary>
    public UniqueNames Names { get; } = new();

    /// <summary>The name of the last parameter; null where there are no destinations that are added to.</summary>
    public string? Accumulate { get; }

    /// <summary>How a parameter of the function is written.</summary>
    public string NameOf(Parameter parameter) => _names[parameter.Name];

    /// <summary>How a parameter of the member is written.</summary>
    public string NameOf(MemberParameter member) => _members[member];

    private string MakeReturnType()
    {
        if (Results.Count == 0) return "void";
        if (Results.Count == 1) return Results[0].TypeText;
        var names = new UniqueNames();
        return $"({string.Join(", ", Results.Select(r => $"{r.TypeText} {names.Reserve(r.Name)}"))})";
    }
}
