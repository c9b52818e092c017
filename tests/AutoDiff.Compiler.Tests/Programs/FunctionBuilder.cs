using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Tests.Programs;

/// <summary>Writes a function for a test: parameters and dimensions first, then the body through <see cref="Body"/>.</summary>
internal sealed class FunctionBuilder(string name = "F")
{
    private readonly ValueFactory _values = new();
    private readonly List<Parameter> _parameters = [];
    private readonly List<DimBinding> _dimensions = [];
    private readonly List<string> _steps = [];
    private InstructionBuilder? _body;

    public InstructionBuilder Body => _body ??= new InstructionBuilder(_values);

    public ValueFactory Values => _values;

    public Value Parameter(
        string parameter, IrType type, PassingKind passing = PassingKind.ByValue, bool? isDifferentiable = null, bool isWritten = false)
    {
        Value value = _values.New(type, parameter);
        string? shape = type is TensorType tensor ? string.Join(" ", tensor.Shape.Dims) : null;
        _parameters.Add(new Parameter(
            value, parameter, passing, TypeText(type), isDifferentiable ?? type.IsDifferentiable, shape, isWritten));
        if (type is TensorType { Shape: var dims })
        {
            for (int axis = 0; axis < dims.Rank; axis++)
                if (dims[axis].Name is { } symbol && _dimensions.All(d => d.Symbol != symbol))
                    _dimensions.Add(new DimBinding(symbol, null, parameter, axis));
        }

        return value;
    }

    public Value Double(string parameter) => Parameter(parameter, IrType.Double);

    public void Step(string text)
    {
        _steps.Add(text);
        Body.Step = _steps.Count;
    }

    /// <summary>Ends the body: the returned values, then the final values of <c>ref</c> and <c>out</c> parameters.</summary>
    public Function Return(Value? result, params (string Name, Value Value)[] finals)
    {
        var outputs = new List<Output>();
        var yields = new List<Value>();
        if (result is not null)
        {
            outputs.Add(new Output(OutputKind.Return, "", result.Type));
            yields.Add(result);
        }

        foreach ((string parameter, Value value) in finals)
        {
            outputs.Add(new Output(OutputKind.Parameter, parameter, value.Type));
            yields.Add(value);
        }

        return new Function(
            name, _parameters.ToEquatable(), outputs.ToEquatable(), Body.ToRegion(_parameters.Select(p => p.Value), yields),
                _dimensions.ToEquatable(), [],
            _steps.ToEquatable());
    }

    private static string TypeText(IrType type) => type switch
    {
        ScalarType scalar => scalar.Kind.CSharp(),
        BufferType { Kind: BufferKind.ReadOnlySpan } buffer => $"global::System.ReadOnlySpan<{buffer.Element.CSharp()}>",
        BufferType { Kind: BufferKind.Span } buffer => $"global::System.Span<{buffer.Element.CSharp()}>",
        BufferType buffer => buffer.Element.CSharp() + "[]",
        TensorType tensor => $"global::System.Numerics.Tensors.Tensor<{tensor.Element.CSharp()}>",
        ModelType model => model.Name,
        _ => "object",
    };
}
