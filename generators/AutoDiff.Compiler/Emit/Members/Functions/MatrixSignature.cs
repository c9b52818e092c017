using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>The signature of <c>FJacobian</c> or <c>FHessian</c>: the parameters of F, the matrix (or one for each input), <c>accumulate</c>. It returns what F returns.</summary>
internal sealed class MatrixSignature
{
    private readonly Dictionary<string, string> _own;
    private readonly string _shape;

    /// <param name="model">The method.</param>
    /// <param name="suffix">What the member's name ends with.</param>
    /// <param name="matrix">The name of the matrix.</param>
    /// <param name="isPart">Whether it is one of two ways that the member chooses from: private, without checks.</param>
    public MatrixSignature(MethodModel model, string suffix, string matrix, bool isPart = false)
    {
        Function function = model.Expanded;
        Name = CSharpNames.Escape(model.Name + suffix);
        Modifiers = isPart ? "private" + (model.Modifiers.Contains("static") ? " static" : "") : model.Modifiers;
        HasChecks = !isPart;
        var parameters = new List<SignatureParameter>();
        _own = SignatureTexts.OwnTexts(function);
        foreach (UserParameter parameter in SignatureParts.Parameters(function).Where(static p => p.Name != "this"))
        {
            Names.TryReserve(parameter.Name);
            string name = _own[parameter.Name];
            parameters.Add(new(name, $"{ScalarSignature.Modifier(parameter.Passing)}{parameter.TypeText} {name}", $"As of <c>{model.Name}</c>.") { Of = parameter.Name });
        }

        Element = ElementOf(function).CSharp();
        _shape = matrix == "hessian" ? "inputs × inputs" : "outputs × inputs";
        Matrix = Names.Reserve(matrix);
        Accumulate = Names.Reserve("accumulate");
        parameters.Add(new(Matrix, $"global::System.Span<{Element}> {Matrix}", $"Receives the {(matrix == "hessian" ? "Hessian" : "Jacobian")}, {_shape}, row by row."));
        parameters.Add(new(Accumulate, $"bool {Accumulate}{(isPart ? "" : " = false")}", "Whether it is added to what the destination holds, instead of overwriting it."));
        Parameters = parameters.ToEquatable();
    }

    public string Name { get; }

    public string Modifiers { get; }

    public bool HasChecks { get; }

    public string Element { get; }

    public string Matrix { get; }

    public string Accumulate { get; }

    public EquatableArray<SignatureParameter> Parameters { get; }

    public UniqueNames Names { get; } = new();

    public string Own(Parameter parameter) => _own[parameter.Name];

    public string OwnName(string parameter) => _own[parameter];

    /// <summary>The parameters as arguments of a call.</summary>
    public string Arguments(string matrix, string accumulate, Function function)
        => string.Join(", ", SignatureParts.Parameters(function).Where(static p => p.Name != "this").Select(p => ScalarSignature.Modifier(p.Passing) + _own[p.Name]).Append(matrix).Append(accumulate));

    /// <summary>The one kind of number that inputs and outputs have.</summary>
    public static ElementKind ElementOf(Function function) => Kinds(function).First();

    public static IEnumerable<ElementKind> Kinds(Function function)
        => function.Parameters.Where(static p => p.IsDifferentiable).SelectMany(static p => KindsOf(p.Value.Type))
            .Concat(function.Outputs.Select(static o => o.Type).OfType<ScalarType>().Where(static t => t.IsDifferentiable).Select(static t => t.Kind)).Distinct();

    private static IEnumerable<ElementKind> KindsOf(IrType type) => type switch
    {
        ScalarType scalar => [scalar.Kind],
        BufferType buffer => buffer.Leaves.Where(static l => l.IsDifferentiable).Select(static l => ((ScalarType)l.Type).Kind),
        _ => [],
    };

    public void WriteParameters(SourceWriter writer)
    {
        foreach (SignatureParameter parameter in Parameters)
            writer.WriteLine($"/// <param name=\"{CSharpNames.Unescape(parameter.Name)}\">{parameter.Documentation}</param>");
    }

    /// <summary>No array is missing: said before any is asked for its length.</summary>
    public void WriteNotNull(SourceWriter writer, Function function) => BufferChecks.WriteNotNull(writer, function.Parameters, Own);

    /// <summary>The matrix has the size that belongs to it, and nothing that is written overlaps anything.</summary>
    public void WriteChecks(SourceWriter writer, Function function, string rows, string columns)
    {
        writer.WriteLine(
            $"global::AutoDiff.Generated.Guard.Length({Matrix}.Length, checked({rows} * {columns}), \"{CSharpNames.Unescape(Matrix)}\", \"{_shape}\");");
        Parameter[] buffers = [.. function.Parameters.Where(static p => p.Value.Type is BufferType)];
        FunctionChecks.NoOverlap(
            writer, [Matrix, .. buffers.Where(static p => p.IsWritten).Select(Own)], [.. buffers.Where(static p => !p.IsWritten).Select(Own)]);
    }
}
