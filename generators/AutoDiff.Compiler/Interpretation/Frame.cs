using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Interpretation;

/// <summary>One function that runs: what its values stand for, the sizes of its dimensions, and the calls it has recorded.</summary>
internal sealed class Frame(DimensionScope dimensions, ITensorMemory? memory = null)
{
    private readonly Dictionary<int, InterpretedValue> _values = [];

    public DimensionScope Dimensions { get; } = dimensions;

    /// <summary>The recorded calls whose pullbacks are still to come: the workspace, last in first out.</summary>
    public Stack<RecordedCall> Recorded { get; init; } = new();

    public ITensorMemory? Memory => memory;

    public InterpretedValue this[Value value]
        => value.Type is TensorType && memory?.Read(value, Dimensions) is { } stored ? stored
            : _values.TryGetValue(value.Id, out InterpretedValue? found) ? found
            : throw new InterpretationException($"{value} has no value here");

    public void Define(Value value, InterpretedValue content)
    {
        _values[value.Id] = content;
        if (content is InterpretedTensor tensor) memory?.Write(value, tensor, Dimensions);
    }

    public Number Scalar(Value value) => OperationFunctions.Scalar(this[value]);

    public InterpretedBuffer Buffer(Value value) => (InterpretedBuffer)this[value];

    public InterpretedValue[] Read(IEnumerable<Value> values) => values.Select(v => this[v]).ToArray();
}

/// <summary>A call whose forward part has run and left its frame for its pullback.</summary>
internal sealed record RecordedCall(Derivatives.Derivative Derivative, Frame Frame);
