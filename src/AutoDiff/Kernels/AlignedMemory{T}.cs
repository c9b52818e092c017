using System.ComponentModel;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Kernels;

/// <summary>Memory that begins at a line of the cache, first all zero: whole vectors from its beginning on cross no line.</summary>
/// <remarks>A part of a slightly longer array, which is pinned so that the alignment lasts.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class AlignedMemory<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _values;
    private readonly int _start;

    /// <summary>Zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative length.</exception>
    public AlignedMemory(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        _values = [];
        if (length == 0)
            return;
        _values = GC.AllocateArray<T>(checked(length + Chunk.LineSize / sizeof(T) - 1), pinned: true);
        _start = (int)(-(nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_values)) & (Chunk.LineSize - 1)) / sizeof(T);
    }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>All elements.</summary>
    public Span<T> Span => _values.AsSpan(_start, Length);

    /// <summary>All elements, to keep.</summary>
    public Memory<T> Memory => new(_values, _start, Length);

    /// <summary>A tensor over the elements from <paramref name="offset"/> on: a view, not a copy.</summary>
    internal Tensor<T> View(int offset, ReadOnlySpan<nint> lengths) =>
        Tensor.Create(_values, _start + offset, lengths, []);
}
