using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Interpretation;

/// <summary>What a <see cref="Value"/> stands for while a function is interpreted.</summary>
public abstract class InterpretedValue;

public sealed class InterpretedScalar(Number number) : InterpretedValue
{
    public InterpretedScalar(double value)
        : this(Number.Of(value))
    {
    }

    public InterpretedScalar(long value)
        : this(Number.Of(value))
    {
    }

    public Number Number { get; } = number;
}

/// <summary>A run of mutable elements; views share <paramref name="memory"/>.</summary>
public sealed class InterpretedBuffer(Number[] memory, int start, int length, int width = 1) : InterpretedValue
{
    public InterpretedBuffer(params double[] values)
        : this(values.Select(static v => Number.Of(v)).ToArray(), 0, values.Length)
    {
    }

    public int Length => length;

    /// <summary>The leaves of one element.</summary>
    public int Width => width;

    public Number this[long index, int leaf = 0]
    {
        get => memory[Position(index, leaf)];
        set => memory[Position(index, leaf)] = value;
    }

    public InterpretedBuffer Slice(long from, long count)
    {
        if (from < 0 || count < 0 || from + count > length)
            throw new InterpretationException($"a view of {count} elements from {from} does not fit a buffer of {length}");
        return new InterpretedBuffer(memory, start + (int)from * width, (int)count, width);
    }

    public double[] Reals() => All().Select(static n => n.Real).ToArray();

    public double[] Tangents() => All().Select(static n => n.Tangent).ToArray();

    /// <summary>A buffer with memory of its own.</summary>
    public InterpretedBuffer Copy() => Map(static n => n);

    /// <summary>A buffer of other numbers.</summary>
    public InterpretedBuffer Map(Func<Number, Number> number) => new(All().Select(number).ToArray(), 0, length, width);

    private IEnumerable<Number> All() => memory.Skip(start).Take(length * width);

    private int Position(long index, int leaf)
        => index >= 0 && index < length ? start + (int)index * width + leaf
            : throw new InterpretationException($"index {index} is outside a buffer of {length}");
}

/// <summary>A tensor: row-major elements that nothing writes.</summary>
public sealed class InterpretedTensor : InterpretedValue
{
    public InterpretedTensor(int[] shape, Number[] elements)
    {
        int count = shape.Aggregate(1, static (a, b) => a * b);
        if (count != elements.Length) throw new InterpretationException(
            $"{elements.Length} elements for the shape ({string.Join(", ", shape)})");
        Shape = shape;
        Elements = elements;
    }

    public InterpretedTensor(int[] shape, params double[] values)
        : this(shape, values.Select(static v => Number.Of(v)).ToArray())
    {
    }

    public int[] Shape { get; }

    public Number[] Elements { get; }

    public double[] Reals() => Elements.Select(static e => e.Real).ToArray();

    public double[] Tangents() => Elements.Select(static e => e.Tangent).ToArray();
}

/// <summary>A model: its parameters, what its members hold (models, lists, numbers), and the gradients that were accumulated.</summary>
public sealed class InterpretedModel : InterpretedValue
{
    public Dictionary<string, InterpretedTensor> Parameters { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, InterpretedValue> Members { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, InterpretedTensor> Gradients { get; } = new(StringComparer.Ordinal);
}

public sealed class InterpretedModelList(params InterpretedModel[] items) : InterpretedValue
{
    public InterpretedModel[] Items { get; } = items;
}

/// <summary>A stack of residuals.</summary>
public sealed class InterpretedTape : InterpretedValue
{
    public Stack<InterpretedValue> Items { get; } = new();
}

/// <summary>An object that only passes through. A value of an enumeration has a number.</summary>
public sealed class InterpretedOpaque(long number = 0) : InterpretedValue
{
    public long Number { get; } = number;
}

/// <summary>The program did what no program may: an index out of range, an unbound dimension, a size that is not what its type
/// says.</summary>
public sealed class InterpretationException(string message) : Exception(message);
