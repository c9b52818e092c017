using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AutoDiff.Generated;

/// <summary>
/// Spans over the elements of tensors, and copies where the strides leave no span. Nothing here allocates. Called by generated code.
/// </summary>
/// <remarks>
/// A dense tensor is its elements in row-major order without gaps; its span is its memory. Any other (transposed, sliced, broadcast) is
/// copied into a buffer of the caller, and a destination is copied back.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class TensorAccess
{
    /// <summary>The number of elements.</summary>
    /// <exception cref="OverflowException">There are more than a span holds.</exception>
    public static int Count<T>(Tensor<T> x) => checked((int)x.FlattenedLength);

    /// <inheritdoc cref="Count{T}(Tensor{T})"/>
    public static int Count<T>(scoped in TensorSpan<T> x) => checked((int)x.FlattenedLength);

    /// <inheritdoc cref="Count{T}(Tensor{T})"/>
    public static int Count<T>(scoped in ReadOnlyTensorSpan<T> x) => checked((int)x.FlattenedLength);

    /// <summary>The length of an axis, counted from the end where it is negative.</summary>
    /// <exception cref="IndexOutOfRangeException">The axis does not exist: the rank is checked before.</exception>
    public static int Length<T>(Tensor<T> x, int axis) => At(x.Lengths, axis);

    /// <inheritdoc cref="Length{T}(Tensor{T}, int)"/>
    public static int Length<T>(scoped in TensorSpan<T> x, int axis) => At(x.Lengths, axis);

    /// <inheritdoc cref="Length{T}(Tensor{T}, int)"/>
    public static int Length<T>(scoped in ReadOnlyTensorSpan<T> x, int axis) => At(x.Lengths, axis);

    /// <summary>The number of elements that <c>Read</c> and <c>Write</c> need a buffer for: 0 where the tensor is dense.</summary>
    public static int BufferLength<T>(Tensor<T> x) => x.IsDense ? 0 : Count(x);

    /// <inheritdoc cref="BufferLength{T}(Tensor{T})"/>
    public static int BufferLength<T>(scoped in TensorSpan<T> x) => x.IsDense ? 0 : Count(x);

    /// <inheritdoc cref="BufferLength{T}(Tensor{T})"/>
    public static int BufferLength<T>(scoped in ReadOnlyTensorSpan<T> x) => x.IsDense ? 0 : Count(x);

    /// <summary>A new tensor over part of an array, which it shares: row-major, without gaps.</summary>
    /// <exception cref="ArgumentException">The elements do not lie within the array.</exception>
    public static Tensor<T> Over<T>(T[] array, int start, params ReadOnlySpan<nint> lengths)
    {
        nint count = 1;
        foreach (nint length in lengths)
            count = checked(count * length);
        if (start < 0 || count > array.Length - start)
            throw new ArgumentException(
                $"array: {array.Length} elements do not hold {Guard.Text(lengths)} from element {start}.", nameof(array));
        // An empty tensor has no element to point at; the base library refuses a start at the end of the array.
        return count == 0 ? Tensor.Create(Array.Empty<T>(), lengths) : Tensor.Create(array, start, lengths, []);
    }

    private static int At(ReadOnlySpan<nint> lengths, int axis) => checked((int)lengths[axis < 0 ? axis + lengths.Length : axis]);
}
