using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Generated;

// A destination that shares memory with an input or with another destination would be read after it is written. Two inputs may overlap.
public static partial class Guard
{
    /// <summary>Throws where a destination shares memory with an input or another destination.</summary>
    /// <exception cref="ArgumentException">They overlap; both are named.</exception>
    // An array converts to both kinds of spans.
    [OverloadResolutionPriority(1)]
    public static void NoOverlap<T, U>(
        ReadOnlySpan<T> destination,
        ReadOnlySpan<U> other,
        [CallerArgumentExpression(nameof(destination))] string? destinationName = null,
        [CallerArgumentExpression(nameof(other))] string? otherName = null)
    {
        if (Overlaps(destination, other))
            ThrowOverlap(destinationName, otherName);
    }

    /// <inheritdoc cref="NoOverlap{T, U}(ReadOnlySpan{T}, ReadOnlySpan{U}, string, string)"/>
    public static void NoOverlap<T, U>(
        Span<T> destination,
        ReadOnlySpan<U> other,
        [CallerArgumentExpression(nameof(destination))] string? destinationName = null,
        [CallerArgumentExpression(nameof(other))] string? otherName = null)
        => NoOverlap((ReadOnlySpan<T>)destination, other, destinationName, otherName);

    /// <inheritdoc cref="NoOverlap{T, U}(ReadOnlySpan{T}, ReadOnlySpan{U}, string, string)"/>
    public static void NoOverlap<T, U>(
        Span<T> destination,
        Span<U> other,
        [CallerArgumentExpression(nameof(destination))] string? destinationName = null,
        [CallerArgumentExpression(nameof(other))] string? otherName = null)
        => NoOverlap((ReadOnlySpan<T>)destination, (ReadOnlySpan<U>)other, destinationName, otherName);

    /// <inheritdoc cref="NoOverlap{T, U}(ReadOnlySpan{T}, ReadOnlySpan{U}, string, string)"/>
    public static void NoOverlap<T, U1, U2>(
        ReadOnlySpan<T> destination,
        ReadOnlySpan<U1> other1,
        ReadOnlySpan<U2> other2,
        [CallerArgumentExpression(nameof(destination))] string? destinationName = null,
        [CallerArgumentExpression(nameof(other1))] string? name1 = null,
        [CallerArgumentExpression(nameof(other2))] string? name2 = null)
    {
        NoOverlap(destination, other1, destinationName, name1);
        NoOverlap(destination, other2, destinationName, name2);
    }

    /// <inheritdoc cref="NoOverlap{T, U}(ReadOnlySpan{T}, ReadOnlySpan{U}, string, string)"/>
    public static void NoOverlap<T, U1, U2, U3>(
        ReadOnlySpan<T> destination,
        ReadOnlySpan<U1> other1,
        ReadOnlySpan<U2> other2,
        ReadOnlySpan<U3> other3,
        [CallerArgumentExpression(nameof(destination))] string? destinationName = null,
        [CallerArgumentExpression(nameof(other1))] string? name1 = null,
        [CallerArgumentExpression(nameof(other2))] string? name2 = null,
        [CallerArgumentExpression(nameof(other3))] string? name3 = null)
    {
        NoOverlap(destination, other1, other2, destinationName, name1, name2);
        NoOverlap(destination, other3, destinationName, name3);
    }

    /// <inheritdoc cref="NoOverlap{T, U}(ReadOnlySpan{T}, ReadOnlySpan{U}, string, string)"/>
    public static void NoOverlap<T, U1, U2, U3, U4>(
        ReadOnlySpan<T> destination,
        ReadOnlySpan<U1> other1,
        ReadOnlySpan<U2> other2,
        ReadOnlySpan<U3> other3,
        ReadOnlySpan<U4> other4,
        [CallerArgumentExpression(nameof(destination))] string? destinationName = null,
        [CallerArgumentExpression(nameof(other1))] string? name1 = null,
        [CallerArgumentExpression(nameof(other2))] string? name2 = null,
        [CallerArgumentExpression(nameof(other3))] string? name3 = null,
        [CallerArgumentExpression(nameof(other4))] string? name4 = null)
    {
        NoOverlap(destination, other1, other2, destinationName, name1, name2);
        NoOverlap(destination, other3, other4, destinationName, name3, name4);
    }

    /// <summary>
    /// Throws where the memory from the first to the last element of a destination meets that of another tensor: views that
    /// interleave without sharing an element are refused too.
    /// </summary>
    /// <exception cref="ArgumentException">They overlap; both are named.</exception>
    public static void NoOverlap<T, U>(
        Tensor<T> destination,
        Tensor<U> other,
        [CallerArgumentExpression(nameof(destination))] string? destinationName = null,
        [CallerArgumentExpression(nameof(other))] string? otherName = null)
        => NoOverlap(Extent(destination), Extent(other), destinationName, otherName);

    /// <inheritdoc cref="NoOverlap{T, U}(Tensor{T}, Tensor{U}, string, string)"/>
    public static void NoOverlap<T, U>(
        Tensor<T> destination,
        ReadOnlySpan<U> other,
        [CallerArgumentExpression(nameof(destination))] string? destinationName = null,
        [CallerArgumentExpression(nameof(other))] string? otherName = null)
        => NoOverlap(Extent(destination), other, destinationName, otherName);

    /// <inheritdoc cref="NoOverlap{T, U}(Tensor{T}, Tensor{U}, string, string)"/>
    public static void NoOverlap<T, U>(
        Span<T> destination,
        Tensor<U> other,
        [CallerArgumentExpression(nameof(destination))] string? destinationName = null,
        [CallerArgumentExpression(nameof(other))] string? otherName = null)
        => NoOverlap((ReadOnlySpan<T>)destination, Extent(other), destinationName, otherName);

    /// <summary>The memory from the first to the last element.</summary>
    internal static ReadOnlySpan<T> Extent<T>(Tensor<T> x)
    {
        if (x.IsEmpty)
            return [];
        nint last = 0;
        for (int axis = 0; axis < x.Rank; axis++)
            last += (x.Lengths[axis] - 1) * x.Strides[axis];
        return MemoryMarshal.CreateReadOnlySpan(in TensorMarshal.GetReference(x.AsReadOnlyTensorSpan()), checked((int)last + 1));
    }

    private static bool Overlaps<T, U>(ReadOnlySpan<T> a, ReadOnlySpan<U> b)
    {
        if (a.IsEmpty || b.IsEmpty)
            return false;
        nint offset = Unsafe.ByteOffset(
            ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(a)), ref Unsafe.As<U, byte>(ref MemoryMarshal.GetReference(b)));
        // b starts within a, or a within b.
        return offset >= 0
            ? (nuint)offset < (nuint)a.Length * (nuint)Unsafe.SizeOf<T>()
            : (nuint)(-offset) < (nuint)b.Length * (nuint)Unsafe.SizeOf<U>();
    }

    [DoesNotReturn]
    private static void ThrowOverlap(string? destination, string? other)
        => throw new ArgumentException(
            $"{destination} overlaps {other}: a destination shares no memory with an input or another destination.", destination);
}
