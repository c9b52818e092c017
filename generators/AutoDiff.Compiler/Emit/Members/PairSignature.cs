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
    private readonly Dictionary<string, string> _own;

    public PairSignature(MethodModel model, Derivative derivative, bool hasResiduals)
    {
        Names = new UniqueNames();
        var record = new List<string>();
        var pullback = new List<string>();
        _own = SignatureTexts.OwnTexts(derivative.Primal);
        foreach (UserParameter parameter in SignatureParts.Parameters(derivative.Primal).Where(static p => p.Name != "this"))
        {
            Names.TryReserve(parameter.Name);
            string name = _own[parameter.Name];
            record.Add($"{ScalarSignature.Modifier(parameter.Passing)}{parameter.TypeText} {name}");
            if (parameter.Passing != PassingKind.Out) pullback.Add($"{parameter.TypeText} {name}");
        }

        Residuals = Names.Reserve("residuals");
        var cotangents = new Dictionary<int, string>();
        var given = new List<string>();
        foreach (OutputGroup group in SignatureTexts.CotangentGroups(derivative.Primal))
        {
            string name = Names.Reserve(SignatureTexts.CotangentName(group));
            given.Add(name);
            pullback.Add($"{SignatureTexts.CotangentType(derivative.Primal, group)} {name}");
            foreach ((int output, string text) in SignatureTexts.Cotangents(derivative.Primal, group, name)) cotangents[output] = text;
        }

        GivenCotangents = given.ToEquatable();
        Cotangents = derivative.Cotangents.Select(c => cotangents[c.Output]).ToEquatable();
        string stack = $"ref global::AutoDiff.Generated.ResidualStack {Residuals}";
        record.Add(stack);
        if (hasResiduals) pullback.Add(stack);
        Shadows = derivative.Shadows.Select(s =>
        {
            string name = Names.Reserve(MemberNames.Adjoint(s.Parameter));
            pullback.Add($"global::System.Span<{s.Primal.ElementText}> {name}");
            return name;
        }).ToEquatable();
        Record = record.ToEquatable();
        Pullback = pullback.ToEquatable();
        UserParameter[] gradients = [.. ScalarSignature.ReturnedGradients(derivative)];
        var elements = new UniqueNames();
        PullbackType = gradients.Length switch
        {
            0 => "void",
            1 => ScalarSignature.GradientType(gradients[0]),
            _ => $"({string.Join(", ", gradients.Select(g => $"{ScalarSignature.GradientType(g)} {elements.Reserve(MemberNames.TupleElement(g.Name))}"))})",
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

    /// <summary>The parameters that hold cotangents: a struct is one.</summary>
    public EquatableArray<string> GivenCotangents { get; }

    /// <summary>How each of the derivative's cotangents is read.</summary>
    public EquatableArray<string> Cotangents { get; }

    /// <summary>One name for each of the derivative's shadows.</summary>
    public EquatableArray<string> Shadows { get; }

    public string RecordType { get; }

    public string PullbackType { get; }

    /// <summary>The method's own parameter, or a leaf of it.</summary>
    public string Own(string parameter) => _own[parameter];
}
