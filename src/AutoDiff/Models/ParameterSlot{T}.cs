using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using AutoDiff.Kernels;

namespace AutoDiff;

/// <summary>One parameter of a model: its name, shape and place in the buffer of the root model.</summary>
/// <typeparam name="T">The type of an element.</typeparam>
public sealed class ParameterSlot<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ParameterSet<T> _declaring;
    private readonly int[] _shape;
    private readonly nint[] _lengths;
    private ParameterArena<T>? _arena;
    private Tensor<T>? _value;
    private int _offset;

    private ParameterSlot(ParameterSet<T> declaring, string name, Initial initial, float scale, ReadOnlySpan<int> shape)
    {
        _declaring = declaring;
        _shape = shape.ToArray();
        _lengths = Array.ConvertAll(_shape, static length => (nint)length);
        Name = LocalName = name;
        Initial = initial;
        Scale = scale;
        Length = CheckedLength(name, shape);
    }

    /// <summary>The path of the property from the root model, as in <c>Blocks.0.Attention.Wq</c>.</summary>
    public string Name { get; private set; }

    /// <summary>The lengths of the dimensions, outermost first.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The distribution of the first values.</summary>
    public Initial Initial { get; }

    /// <summary>What draws from <see cref="Initial"/> are multiplied by.</summary>
    public float Scale { get; }

    /// <summary>All elements of the root model, as in its <see cref="ParameterSet{T}.Flat"/>: its parameters side by side and nothing else.</summary>
    /// <remarks>Begins at a line of the cache. Other memory after the model has become part of a bigger one.</remarks>
    public Memory<T> Buffer => Arena.Values.Memory;

    /// <summary>The index in <see cref="Buffer"/>, which is that in the flat parameters of the root model, of the first element.</summary>
    public int Offset
    {
        get
        {
            _ = Arena;
            return _offset;
        }
    }

    /// <summary>The elements, row-major.</summary>
    public Span<T> Span => Arena.Values.Span.Slice(_offset, Length);

    /// <summary>The elements as a tensor of shape <see cref="Shape"/>: a view, not a copy.</summary>
    public Tensor<T> Value => _value ?? CreateView();

    /// <summary>The name of the property, without the path to it.</summary>
    internal string LocalName { get; }

    /// <summary>Where the slot lives, or null for one whose values nobody has seen yet.</summary>
    internal ParameterArena<T>? ArenaOrNull => _arena;

    /// <summary>The same as <see cref="Offset"/> for a slot that is known to live somewhere.</summary>
    internal int BoundOffset => _offset;

    private ParameterArena<T> Arena
    {
        get
        {
            if (_arena is null)
                _declaring.Refresh();
            return _arena!;
        }
    }

    /// <summary>Creates the slot of a property on first use; for generated code.</summary>
    /// <param name="slot">The field that holds it. Of two threads that come at once, one wins and both see its slot.</param>
    /// <param name="declaring">The set of the model that declares the property.</param>
    /// <param name="name">The name of the property.</param>
    /// <param name="initial">The distribution of the first values.</param>
    /// <param name="scale">What draws are multiplied by.</param>
    /// <param name="shape">The lengths of the dimensions.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is not positive, or there are too many elements for an array.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ParameterSlot<T> Create(
        ref ParameterSlot<T>? slot, ParameterSet<T> declaring, string name, Initial initial, float scale, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(declaring);
        var created = new ParameterSlot<T>(declaring, name, initial, scale, shape);
        return Interlocked.CompareExchange(ref slot, created, null) ?? created;
    }

    /// <summary>The name, the shape and the place in the buffer.</summary>
    public override string ToString() => $"{Name} [{ShapeText}]";

    internal string ShapeText
        => string.Join(", ", Array.ConvertAll(_shape, static length => length.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A tensor of this slot's shape over other memory of the same layout.</summary>
    internal Tensor<T> CreateView(AlignedMemory<T> memory, int offset) => memory.View(offset, _lengths);

    /// <summary>Moves the slot, with its values where it has some, to <paramref name="arena"/>.</summary>
    internal void MoveTo(ParameterArena<T> arena, int offset, string name)
    {
        if (_arena is { } previous)
        {
            previous.Values.Span.Slice(_offset, Length).CopyTo(arena.Values.Span.Slice(offset, Length));
            previous.IsSuperseded = true;
        }

        _value = CreateView(arena.Values, offset);
        _offset = offset;
        Name = name;
        // Last, because readers without the lock take a non-null arena for a slot that is ready.
        Volatile.Write(ref _arena, arena);
    }

    private Tensor<T> CreateView()
    {
        _ = Arena;
        return _value!;
    }

    private static int CheckedLength(string name, ReadOnlySpan<int> shape)
    {
        long length = 1;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] <= 0)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(shape), shape[axis], $"Parameter {name}: the length of dimension {axis} must be positive.");
            }

            length *= shape[axis];
            if (length > Array.MaxLength)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(shape), length, $"Parameter {name}: more elements than the {Array.MaxLength} that an array can hold.");
            }
        }
        return (int)length;
    }
}
