using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit.Members;

/// <summary>A parameter of a generated member.</summary>
/// <param name="Name">As it is written in source.</param>
/// <param name="Declaration">Modifier, type and name.</param>
/// <param name="Documentation">The text of its <c>param</c> element.</param>
internal sealed record SignatureParameter(string Name, string Declaration, string Documentation)
{
    /// <summary>The parameter of the method that it is, or belongs to; empty where there is none.</summary>
    public string Of { get; init; } = "";

    /// <summary>The declaration without the value that it has where a call leaves it out.</summary>
    public string WithoutDefault => Declaration.Split(new[] { " = " }, StringSplitOptions.None)[0];

    /// <summary>How a member with the same parameters hands it on.</summary>
    public string Argument => Declaration.StartsWith("ref ", StringComparison.Ordinal) ? "ref " + Name
        : Declaration.StartsWith("out ", StringComparison.Ordinal) ? "out " + Name
        : Declaration.StartsWith("in ", StringComparison.Ordinal) ? "in " + Name
        : Name;
}

/// <summary>
/// The signature of <c>FGradient</c> or <c>FVjp</c> of a method of scalars and spans: the parameters of F in order; the cotangents of its outputs (the return
/// value, then <c>ref</c> and <c>out</c> scalars and written spans in the order of the parameters); a gradient destination for each differentiable buffer that
/// the method reads. A written buffer whose contents at entry are read has both a cotangent and a destination. It returns what F returns, then the gradients of
/// scalars and structs; the gradient of a struct is the same struct.
/// </summary>
internal sealed class ScalarSignature
{
    private readonly Dictionary<string, string> _shadows = [];
    private readonly Dictionary<string, string> _entries = [];
    private readonly Dictionary<int, string> _cotangents = [];
    private readonly Dictionary<string, string> _own;
    private readonly Dictionary<string, string> _spanCotangents = [];

    /// <param name="model">The method.</param>
    /// <param name="derivative">Its derivative, with a unit seed for a gradient.</param>
    /// <param name="kind">Which member.</param>
    public ScalarSignature(MethodModel model, Derivative derivative, MemberKind kind)
    {
        Kind = kind;
        Name = CSharpNames.Escape(model.Name + kind);
        Names = new UniqueNames();
        var parameters = new List<SignatureParameter>();
        _own = SignatureTexts.OwnTexts(derivative.Primal);
        foreach (UserParameter parameter in SignatureParts.Parameters(derivative.Primal).Where(static p => p.Name != "this"))
        {
            Names.TryReserve(parameter.Name);
            string name = _own[parameter.Name];
            parameters.Add(new(name, $"{Modifier(parameter.Passing)}{parameter.TypeText} {name}", $"As of <c>{model.Name}</c>.") { Of = parameter.Name });
        }

        if (kind == MemberKind.Vjp) AddCotangents(model, derivative, parameters);
        AddDestinations(model, derivative, parameters);
        if (HasDestinations)
        {
            Accumulate = Names.Reserve("accumulate");
            parameters.Add(new(Accumulate, $"bool {Accumulate} = false", "Whether gradients are added to what the destinations hold, instead of overwriting it."));
        }

        Parameters = parameters.ToEquatable();
        ReturnType = MakeReturnType(model, derivative);
    }

    public MemberKind Kind { get; }

    /// <summary>The member's name as it is written in source.</summary>
    public string Name { get; }

    public EquatableArray<SignatureParameter> Parameters { get; }

    public string ReturnType { get; }

    /// <summary>The names of the parameters, with nothing else reserved yet.</summary>
    public UniqueNames Names { get; }

    /// <summary>The name of the last parameter; null where there are no destinations.</summary>
    public string? Accumulate { get; }

    public bool HasDestinations => _shadows.Count + _entries.Count > 0;

    /// <summary>The member's parameter that is the method's own, or a leaf of it.</summary>
    public string Own(string parameter) => _own[parameter];

    /// <summary>The gradient destination of a buffer that is only read.</summary>
    public string Destination(Shadow shadow) => _shadows[shadow.Parameter];

    /// <summary>The gradient destination of what a written buffer holds at entry; null where there is none.</summary>
    public string? EntryDestination(Shadow shadow) => _entries.TryGetValue(shadow.Parameter, out string? name) ? name : null;

    /// <summary>The cotangent of an output, by its index; of a written buffer, by <see cref="CotangentOf(Shadow)"/>.</summary>
    public string? CotangentOf(int output) => _cotangents.TryGetValue(output, out string? name) ? name : null;

    /// <summary>The cotangent of a written buffer; null in a gradient, where it is zero.</summary>
    public string? CotangentOf(Shadow shadow) => _spanCotangents.TryGetValue(shadow.Parameter, out string? name) ? name : null;

    /// <summary>The scalars and structs whose gradients are returned, in order.</summary>
    public static IEnumerable<UserParameter> ReturnedGradients(Derivative derivative)
        => SignatureParts.Parameters(derivative.Primal)
            .Where(static p => p.Passing != PassingKind.Out && p.Leaves.Any(static leaf => leaf is { IsDifferentiable: true, Value.Type: ScalarType }));

    /// <summary>The C# type of such a gradient.</summary>
    public static string GradientType(UserParameter parameter) => parameter.Struct?.Name ?? ((ScalarType)parameter.Leaves[0].Value.Type).Kind.CSharp();

    public static string Modifier(PassingKind passing) => passing switch
    {
        PassingKind.In => "in ",
        PassingKind.Ref => "ref ",
        PassingKind.Out => "out ",
        _ => "",
    };

    private void AddCotangents(MethodModel model, Derivative derivative, List<SignatureParameter> parameters)
    {
        Function primal = derivative.Primal;
        ILookup<string, OutputGroup> groups = SignatureTexts.CotangentGroups(primal).ToLookup(static g => g.Owner);
        AddGroups("", $"The cotangent of the result: ∂L/∂{model.Name}.");
        foreach (UserParameter parameter in SignatureParts.Parameters(primal))
        {
            AddGroups(parameter.Name, $"The cotangent of what {Reference(parameter.Name)} is afterwards.");
            if (Shadow(derivative, parameter.Leaves[0]) is { Kind: ShadowKind.Cotangent } shadow)
                _spanCotangents[parameter.Name] = Add(
                    $"global::System.ReadOnlySpan<{shadow.Primal.ElementText}>", MemberNames.Adjoint(parameter.Name),
                    $"The cotangent of what {Reference(parameter.Name)} holds afterwards; read, never changed.", parameter.Name);
        }

        void AddGroups(string owner, string documentation)
        {
            foreach (OutputGroup group in groups[owner])
                foreach ((int output, string text) in SignatureTexts.Cotangents(
                    primal, group, Add(SignatureTexts.CotangentType(primal, group), SignatureTexts.CotangentName(group), documentation)))
                    _cotangents[output] = text;
        }

        string Add(string type, string preferred, string documentation, string of = "")
        {
            string name = Names.Reserve(preferred);
            parameters.Add(new(name, $"{type} {name}", documentation) { Of = of });
            return name;
        }
    }

    private static string Reference(string parameter) => parameter == "this" ? "the receiver" : $"<paramref name=\"{parameter}\"/>";

    private void AddDestinations(MethodModel model, Derivative derivative, List<SignatureParameter> parameters)
    {
        foreach (Shadow shadow in derivative.Shadows)
        {
            bool written = shadow.Kind == ShadowKind.Cotangent;
            if (written && !shadow.ReadsEntry) continue;
            string name = Names.Reserve(written ? MemberNames.AdjointAtEntry(shadow.Parameter) : MemberNames.Adjoint(shadow.Parameter));
            (written ? _entries : _shadows)[shadow.Parameter] = name;
            string what = written ? $"L with respect to what <paramref name=\"{shadow.Parameter}\"/> holds at entry" : $"∂{model.Name}/∂{shadow.Parameter}";
            parameters.Add(new(
                name, $"global::System.Span<{shadow.Primal.ElementText}> {name}",
                $"Receives {(written ? "the gradient of " : "")}{(written || Kind == MemberKind.Gradient ? what : $"the gradient of L with respect to <paramref name=\"{shadow.Parameter}\"/>")}, "
                    + $"one element for each of <paramref name=\"{shadow.Parameter}\"/>.") { Of = shadow.Parameter });
        }
    }

    private static Shadow? Shadow(Derivative derivative, Parameter parameter) => derivative.Shadows.FirstOrDefault(s => s.Parameter == parameter.Name);

    private static string MakeReturnType(MethodModel model, Derivative derivative)
    {
        var elements = new List<(string Type, string Name)>();
        if (model.ReturnTypeText != "void") elements.Add((model.ReturnTypeText, "Value"));
        elements.AddRange(ReturnedGradients(derivative).Select(static p => (GradientType(p), MemberNames.TupleElement(p.Name))));
        if (elements.Count == 0) return "void";
        if (elements.Count == 1) return elements[0].Type;
        var names = new UniqueNames();
        return $"({string.Join(", ", elements.Select(e => $"{e.Type} {names.Reserve(e.Name)}"))})";
    }
}
