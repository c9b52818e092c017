using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit.Members;

/// <summary>
/// The signatures of <c>MRecord</c> and <c>MPullback</c> of a method of scalars and spans. The first is that of M and the stack of residuals. The second takes the
/// parameters of M by value, without those that have none at entry; the cotangents of numbers; the stack; and for each differentiable buffer its adjoint, which is
/// added to, or, where M writes the buffer, handed in and out. It returns the gradients of numbers. Both depend on nothing but the signature of M and on whether
/// there are residuals: a caller can write them down without the callee's body.
/// </summary>
internal sealed class PairSignature
{
    private readonly Dictionary<string, string> _own = [];

    public PairSignature(MethodModel model, Derivative derivative, bool hasResiduals)
    {
        Names = new UniqueNames();
        var record = new List<string>();
        var pullback = new List<string>();
        foreach (Parameter parameter in derivative.Primal.Parameters.Where(static p => p.Name != "this"))
        {
            Names.TryReserve(parameter.Name);
            string name = _own[parameter.Name] = CSharpNames.Escape(parameter.Name);
            record.Add($"{ScalarSignature.Modifier(parameter.Passing)}{parameter.TypeText} {name}");
            if (parameter.Passing != PassingKind.Out) pullback.Add($"{parameter.TypeText} {name}");
        }

        Residuals = Names.Reserve("residuals");
        Cotangents = derivative.Cotangents.Select(c =>
        {
            string name = Names.Reserve(c.Name == "dResult" ? c.Name : MemberNames.Adjoint(c.Name.Substring(1)));
            pullback.Add($"{((ScalarType)c.Value.Type).Kind.CSharp()} {name}");
            return name;
        }).ToEquatable();
        string stack = $"ref global::AutoDiff.Generated.ResidualStack {Residuals}";
        record.Add(stack);
        if (hasResiduals) pullback.Add(stack);
        Shadows = derivative.Shadows.Select(s =>
        {
            string name = Names.Reserve(MemberNames.Adjoint(s.Parameter));
            pullback.Add($"global::System.Span<{s.Primal.Element.CSharp()}> {name}");
            return name;
        }).ToEquatable();
        Record = record.ToEquatable();
        Pullback = pullback.ToEquatable();
        Gradient[] gradients = [.. ScalarSignature.ReturnedGradients(derivative)];
        var elements = new UniqueNames();
        PullbackType = gradients.Length switch
        {
            0 => "void",
            1 => ((ScalarType)gradients[0].Type).Kind.CSharp(),
            _ => $"({string.Join(", ", gradients.Select(g => $"{((ScalarType)g.Type).Kind.CSharp()} {elements.Reserve(MemberNames.TupleElement(g.Parameter))}"))})",
        };
        RecordType = model.ReturnTypeText;
    }

    /// <summary>The names of the parameters, with nothing else reserved yet.</summary>
    public UniqueNames Names { get; }

    public string Residuals { get; }

    /// <summary>The declarations of the parameters of <c>MRecord</c>.</summary>
    public EquatableArray<string> Record { get; }

    /// <summary>The declarations of the parameters of <c>MPullback</c>.</summary>
    public EquatableArray<string> Pullback { get; }

    /// <summary>One name for each of the derivative's cotangents.</summary>
    public EquatableArray<string> Cotangents { get; }

    /// <summary>One name for each of the derivative's shadows.</summary>
    public EquatableArray<string> Shadows { get; }

    public string RecordType { get; }

    public string PullbackType { get; }

    public string Own(string parameter) => parameter == "this" ? "this" : _own[parameter];
}
