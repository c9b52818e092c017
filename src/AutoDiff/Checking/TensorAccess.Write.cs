using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Generated;

public static partial class TensorAccess
{
    /// <summary>Where to write the elements in row-major order: the tensor's memory where it is dense, else the buffer.</summary>
    /// <remarks>After the last write <see cref="WriteBack{T}(Tensor{T}, ReadOnlySpan{T})"/> carries a buffer over.</remarks>
    /// <param name="x">The tensor.</param>
    /// <param name="buffer">At least <see cref="BufferLength{T}(Tensor{T})"/> elements.</param>
    /// <param name="load">Whether the buffer starts with the tensor's present elements, for a destination that is added to.</param>
    /// <exception cref="ArgumentException">The buffer is too short.</exception>
    public static Span<T> Write<T>(Tensor<T> x, Span<T> buffer = default, bool load = false) => Write(x.AsTensorSpan(), buffer, load);

    /// <inheritdoc cref="Write{T}(Tensor{T}, Span{T}, bool)"/>
    public static Span<T> Write<T>(scoped in TensorSpan<T> x, Span<T> buffer = default, bool load = false)
    {
        int count = Count(x);
        if (count == 0)
            return [];
        if (x.IsDense)
            return MemoryMarshal.CreateSpan(ref TensorMarshal.GetReference(x), count);
        Span<T> copy = Part(buffer, count);
        if (load)
            x.FlattenTo(copy);
        return copy;
    }

    /// <summary>Copies elements in row-major order into a tensor that is not dense; a dense one was written in place.</summary>
    /// <exception cref="ArgumentException">There are too few elements.</exception>
    public static void WriteBack<T>(Tensor<T> x, ReadOnlySpan<T> elements) => WriteBack(x.AsTensorSpan(), elements);

    /// <inheritdoc cref="WriteBack{T}(Tensor{T}, ReadOnlySpan{T})"/>
    public static void WriteBack<T>(scoped in TensorSpan<T> x, ReadOnlySpan<T> elements)
    {
        int count = Count(x);
        if (count == 0 || x.IsDense)
            return;
        if (elements.Length < count)
            throw new ArgumentException($"elements: {elements.Length} do not fill a tensor of {count}.", nameof(elements));
        Scatter(ref TensorMarshal.GetReference(x), x.Lengths, x.Strides, elements);
    }

    // TensorSpan.CopyTo would do, but allocates from rank 6 on.
    private static void Scatter<T>(ref T first, ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides, ReadOnlySpan<T> elements)
    {
        int last = lengths.Length - 1;
        Span<nint> index = stackalloc nint[lengths.Length];
        index.Clear();
        nint row = 0;
        int position = 0;
        while (true)
        {
            for (nint k = 0; k < lengths[last]; k++)
                Unsafe.Add(ref first, row + k * strides[last]) = elements[position++];
            int axis = last - 1;
            for (; axis >= 0; axis--)
            {
                row += strides[axis];
                if (++index[axis] < lengths[axis])
                    break;
                row -= strides[axis] * index[axis];
                index[axis] = 0;
            }

            if (axis < 0)
                return;
        }
    }
}
