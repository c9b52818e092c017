using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace AutoDiff.Generated;

public static partial class Guard
{
    /// <summary>Throws where a tensor has another number of axes than its <c>[Shape]</c>.</summary>
    /// <param name="lengths">The actual lengths.</param>
    /// <param name="rank">The number of axes of the shape.</param>
    /// <param name="shape">The text of the <c>[Shape]</c>.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">The rank differs.</exception>
    public static void Rank(ReadOnlySpan<nint> lengths, int rank, string shape, string name)
    {
        if (lengths.Length != rank)
            ThrowRank(lengths, rank.ToString(System.Globalization.CultureInfo.InvariantCulture), shape, name);
    }

    /// <summary>Throws where a tensor is null or has another number of axes than its <c>[Shape]</c>.</summary>
    /// <exception cref="ArgumentException">The rank differs.</exception>
    public static void Rank<T>(
        [NotNull] Tensor<T>? tensor, int rank, string shape, [CallerArgumentExpression(nameof(tensor))] string name = "tensor")
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        Rank(tensor.Lengths, rank, shape, name);
    }

    /// <summary>Throws where a tensor has fewer axes than its <c>[Shape]</c> names beside <c>...</c>.</summary>
    /// <exception cref="ArgumentException">The rank is less.</exception>
    public static void RankAtLeast(ReadOnlySpan<nint> lengths, int rank, string shape, string name)
    {
        if (lengths.Length < rank)
            ThrowRank(lengths, $"{rank} or more", shape, name);
    }

    /// <summary>Throws where a tensor is null or has fewer axes than its <c>[Shape]</c> names beside <c>...</c>.</summary>
    /// <exception cref="ArgumentException">The rank is less.</exception>
    public static void RankAtLeast<T>(
        [NotNull] Tensor<T>? tensor, int rank, string shape, [CallerArgumentExpression(nameof(tensor))] string name = "tensor")
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        RankAtLeast(tensor.Lengths, rank, shape, name);
    }

    /// <summary>Throws where an axis has another length than its dimension is bound to.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="shape">The text of the <c>[Shape]</c>.</param>
    /// <param name="lengths">The actual lengths.</param>
    /// <param name="axis">The axis, counted from the end where it is negative.</param>
    /// <param name="dimension">The dimension as the shape writes it.</param>
    /// <param name="expected">Its size.</param>
    /// <param name="boundFrom">Where the size comes from: a parameter, a field, a constant.</param>
    /// <exception cref="ArgumentException"><c>x: [32, 64] does not match "batch dim" (dim = 128, from W1)</c>.</exception>
    public static void Dimension(
        string name, string shape, ReadOnlySpan<nint> lengths, int axis, string dimension, nint expected, string? boundFrom = null)
    {
        if (lengths[axis < 0 ? axis + lengths.Length : axis] != expected)
            ThrowDimension(name, shape, lengths, dimension, expected, boundFrom);
    }

    /// <summary>Throws where a span or array has another length than its only dimension is bound to.</summary>
    /// <exception cref="ArgumentException"><c>labels: [31] does not match "batch" (batch = 32, from x)</c>.</exception>
    public static void Dimension(string name, string shape, int length, string dimension, nint expected, string? boundFrom = null)
    {
        if (length != expected)
            ThrowDimension(name, shape, [length], dimension, expected, boundFrom);
    }

    /// <summary>
    /// Throws where a length is not a multiple of the known factor of an expression such as <c>3*channels</c>, which binds a name by
    /// division.
    /// </summary>
    /// <exception cref="ArgumentException"><c>x: [2, 10] does not match "batch 3*channels" (10 is not a multiple of 3)</c>.</exception>
    public static void Multiple(string name, string shape, ReadOnlySpan<nint> lengths, int axis, nint factor)
    {
        nint length = lengths[axis < 0 ? axis + lengths.Length : axis];
        if (factor == 0 ? length != 0 : length % factor != 0)
            throw new ArgumentException(
                $"{name}: {Text(lengths)} does not match \"{shape}\" ({length} is not a multiple of {factor})", name);
    }

    /// <summary>Throws where a destination is null, has another shape than what it is the gradient of, or repeats elements.</summary>
    /// <exception cref="ArgumentException">The shapes differ, or two elements of the destination are one.</exception>
    public static void SameShape<T, U>(
        [NotNull] Tensor<T>? destination,
        Tensor<U> source,
        [CallerArgumentExpression(nameof(destination))] string? destinationName = null,
        [CallerArgumentExpression(nameof(source))] string? sourceName = null)
    {
        ArgumentNullException.ThrowIfNull(destination, destinationName);
        ArgumentNullException.ThrowIfNull(source, sourceName);
        Destination(destination, source.Lengths, destinationName!, sourceName);
    }

    /// <summary>Throws where a destination is null, has other lengths than expected, or repeats elements.</summary>
    /// <exception cref="ArgumentException"><c>dX: [32, 64] does not match x: [32, 128]</c>.</exception>
    public static void Destination<T>([NotNull] Tensor<T>? destination, ReadOnlySpan<nint> expected, string name, string? boundFrom = null)
    {
        ArgumentNullException.ThrowIfNull(destination, name);
        if (!destination.Lengths.SequenceEqual(expected))
        {
            throw new ArgumentException(
                $"{name}: {Text(destination.Lengths)} does not match {(boundFrom is null ? "" : boundFrom + ": ")}{Text(expected)}", name);
        }

        RequireDistinct(destination, name);
    }

    /// <summary>As above, with the leading axes of another tensor before the expected lengths.</summary>
    /// <exception cref="ArgumentException"><c>dY: [8, 10] does not match [10, 8]</c>.</exception>
    public static void Destination<T>([NotNull] Tensor<T>? destination, ReadOnlySpan<nint> leading, ReadOnlySpan<nint> expected, string name)
    {
        ArgumentNullException.ThrowIfNull(destination, name);
        ReadOnlySpan<nint> lengths = destination.Lengths;
        if (lengths.Length != leading.Length + expected.Length || !lengths.StartsWith(leading) || !lengths.EndsWith(expected))
            throw new ArgumentException($"{name}: {Text(lengths)} does not match {Text([.. leading, .. expected])}", name);
        RequireDistinct(destination, name);
    }

    /// <summary>What is written has each element once.</summary>
    private static void RequireDistinct<T>(Tensor<T> destination, string name)
    {
        if (destination.IsDense)
            return;
        for (int axis = 0; axis < destination.Rank; axis++)
        {
            if (destination.Strides[axis] == 0 && destination.Lengths[axis] > 1)
                throw new ArgumentException(
                    $"{name}: {Text(destination.Lengths)} is written, but repeats its elements along axis {axis}", name);
        }
    }

    [DoesNotReturn]
    private static void ThrowRank(ReadOnlySpan<nint> lengths, string expected, string shape, string name)
        => throw new ArgumentException($"{name}: {Text(lengths)} does not match \"{shape}\" (rank = {expected})", name);

    [DoesNotReturn]
    private static void ThrowDimension(
        string name, string shape, ReadOnlySpan<nint> lengths, string dimension, nint expected, string? boundFrom)
    {
        string from = boundFrom is null ? "" : $", from {boundFrom}";
        string bound = dimension == expected.ToString(System.Globalization.CultureInfo.InvariantCulture)
            ? $"expected {expected}" : $"{dimension} = {expected}";
        throw new ArgumentException($"{name}: {Text(lengths)} does not match \"{shape}\" ({bound}{from})", name);
    }
}
