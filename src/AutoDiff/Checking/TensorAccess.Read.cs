using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AutoDiff.Generated;

public static partial class TensorAccess
{
    /// <summary>The elements in row-major order: the tensor's memory where it is dense, else copied into the buffer.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="buffer">At least <see cref="BufferLength{T}(Tensor{T})"/> elements.</param>
    /// <exception cref="ArgumentException">The buffer is too short.</exception>
    public static ReadOnlySpan<T> Read<T>(Tensor<T> x, Span<T> buffer = default) => Read(x.AsReadOnlyTensorSpan(), buffer);

    /// <inheritdoc cref="Read{T}(Tensor{T}, Span{T})"/>
    public static ReadOnlySpan<T> Read<T>(scoped in TensorSpan<T> x, Span<T> buffer = default) => Read(x.AsReadOnlyTensorSpan(), buffer);

    /// <inheritdoc cref="Read{T}(Tensor{T}, Span{T})"/>
    public static ReadOnlySpan<T> Read<T>(scoped in ReadOnlyTensorSpan<T> x, Span<T> buffer = default)
    {
        int count = Count(x);
        if (count == 0)
            return [];
        // Not Tensor.GetPinnableReference: that of the base library (10.0.11) forgets where a slice starts.
        if (x.IsDense)
            return MemoryMarshal.CreateReadOnlySpan(in TensorMarshal.GetReference(x), count);
        Span<T> copy = Part(buffer, count);
        x.FlattenTo(copy);
        return copy;
    }

    private static Span<T> Part<T>(Span<T> buffer, int count)
    {
        if (buffer.Length < count)
            throw new ArgumentException(
                $"buffer: {buffer.Length} elements do not hold the {count} of a tensor that is not dense.", nameof(buffer));
        return buffer[..count];
    }
}
