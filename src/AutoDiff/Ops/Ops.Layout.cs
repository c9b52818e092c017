using System.Buffers;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>A view with the last two axes exchanged.</summary>
    /// <exception cref="ArgumentException">There are fewer than two axes.</exception>
    public static Tensor<T> Transpose<T>(Tensor<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2)
            throw new ArgumentException($"x: {Shapes.Text(x.Lengths)} has fewer than the two axes that Transpose exchanges.", nameof(x));
        int[] axes = [.. Enumerable.Range(0, x.Rank - 2), x.Rank - 1, x.Rank - 2];
        return Tensor.PermuteDimensions(x, axes);
    }

    /// <summary>A view in which axis <c>i</c> is axis <c>axes[i]</c> of <paramref name="x"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="axes"/> is not a permutation of the axes.</exception>
    public static Tensor<T> Transpose<T>(Tensor<T> x, params ReadOnlySpan<int> axes)
    {
        ArgumentNullException.ThrowIfNull(x);
        var order = new int[axes.Length];
        var seen = new bool[x.Rank];
        for (int i = 0; i < axes.Length; i++)
        {
            order[i] = Shapes.Axis(axes[i], x.Lengths, nameof(axes));
            if (seen[order[i]])
                throw new ArgumentException($"axes: {axes[i]} is given twice.", nameof(axes));
            seen[order[i]] = true;
        }

        if (axes.Length != x.Rank)
            throw new ArgumentException(
                $"axes: {axes.Length} are given for the {x.Rank} axes of x: {Shapes.Text(x.Lengths)}.", nameof(axes));
        return Tensor.PermuteDimensions(x, order);
    }

    /// <summary>
    /// The elements in row-major order under other lengths; one of them may be −1: what remains. A view where x is dense.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of elements differ.</exception>
    public static Tensor<T> Reshape<T>(Tensor<T> x, params ReadOnlySpan<int> lengths)
        => Reshape(x, (ReadOnlySpan<nint>)Shapes.From(lengths));

    /// <inheritdoc cref="Reshape{T}(Tensor{T}, ReadOnlySpan{int})"/>
    public static Tensor<T> Reshape<T>(Tensor<T> x, params ReadOnlySpan<nint> lengths)
    {
        ArgumentNullException.ThrowIfNull(x);
        nint[] wanted = lengths.ToArray();
        int open = Array.IndexOf(wanted, -1);
        if (open >= 0)
        {
            wanted[open] = 1;
            int known = Array.Exists(wanted, static length => length < 0) ? 0 : Shapes.Count(wanted);
            wanted[open] = known == 0 ? -1 : x.FlattenedLength / known;
        }

        if (wanted.Length == 0 || Array.Exists(wanted, static length => length < 0) || Shapes.Count(wanted) != x.FlattenedLength)
            throw new ArgumentException(
                $"lengths: {Shapes.Text(lengths)} does not hold the elements of x: {Shapes.Text(x.Lengths)}.", nameof(lengths));
        if (x.FlattenedLength == 0)
            return Dense.Over(Array.Empty<T>(), wanted);
        if (!x.IsDense)
            return Dense.Over(Dense.Read(x).ToArray(), wanted);
        // The base library (10.0) refuses to reshape what has an axis of length 1 beside longer ones: those go first, still as a view.
        return Tensor.Reshape(x.FlattenedLength > 1 ? Tensor.Squeeze(x) : x, wanted);
    }

    /// <summary>A view of <paramref name="length"/> elements of an axis, from <paramref name="start"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The axis or the range does not exist.</exception>
    public static Tensor<T> Slice<T>(Tensor<T> x, int axis, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(x);
        axis = Shapes.Axis(axis, x.Lengths);
        if (start < 0 || start > x.Lengths[axis])
            throw new ArgumentOutOfRangeException(
                nameof(start), start, $"start: {start} is outside axis {axis} of x: {Shapes.Text(x.Lengths)}.");
        if (length < 0 || length > x.Lengths[axis] - start)
        {
            throw new ArgumentOutOfRangeException(
                nameof(length), length, $"length: {length} from {start} is outside axis {axis} of x: {Shapes.Text(x.Lengths)}.");
        }

        var ranges = new NRange[x.Rank];
        Array.Fill(ranges, NRange.All);
        ranges[axis] = new NRange(start, start + length);
        return x.Slice((ReadOnlySpan<NRange>)ranges);
    }

    /// <summary>The tensors one after the other along an axis; the other lengths are the same.</summary>
    /// <exception cref="ArgumentException">There is no tensor, the axis does not exist, or the other lengths differ.</exception>
    public static Tensor<T> Concat<T>(int axis, params ReadOnlySpan<Tensor<T>> tensors)
    {
        if (tensors.IsEmpty)
            throw new ArgumentException("tensors: there is none.", nameof(tensors));
        foreach (Tensor<T> tensor in tensors)
            ArgumentNullException.ThrowIfNull(tensor, nameof(tensors));
        Tensor<T> first = tensors[0];
        axis = Shapes.Axis(axis, first.Lengths, tensor: "tensors[0]");
        nint[] lengths = first.Lengths.ToArray();
        lengths[axis] = 0;
        for (int i = 0; i < tensors.Length; i++)
        {
            Tensor<T> next = tensors[i];
            if (next.Rank != lengths.Length || !next.Lengths[..axis].SequenceEqual(lengths.AsSpan(0, axis))
                || !next.Lengths[(axis + 1)..].SequenceEqual(lengths.AsSpan(axis + 1)))
            {
                throw new ArgumentException(
                    $"tensors[{i}]: {Shapes.Text(next.Lengths)} does not match tensors[0]: {Shapes.Text(first.Lengths)} "
                    + $"beside axis {axis}.",
                    nameof(tensors));
            }

            lengths[axis] += next.Lengths[axis];
        }

        var result = new T[Shapes.Count(lengths)];
        var (outer, _, inner) = Shapes.Split(lengths, axis);
        int row = checked((int)lengths[axis]) * inner, column = 0;
        foreach (Tensor<T> tensor in tensors)
        {
            ReadOnlySpan<T> source = Dense.Read(tensor);
            int width = checked((int)tensor.Lengths[axis]) * inner;
            for (int i = 0; i < outer; i++)
                source.Slice(i * width, width).CopyTo(result.AsSpan(i * row + column));
            column += width;
        }

        return Dense.Over(result, lengths);
    }

    /// <summary>x repeated to the given lengths: aligned at the last axis, each length of x is that length or 1.</summary>
    /// <exception cref="ArgumentException">x does not broadcast to the lengths.</exception>
    public static Tensor<T> Broadcast<T>(Tensor<T> x, params ReadOnlySpan<int> lengths)
        => Broadcast(x, (ReadOnlySpan<nint>)Shapes.From(lengths));

    /// <inheritdoc cref="Broadcast{T}(Tensor{T}, ReadOnlySpan{int})"/>
    public static Tensor<T> Broadcast<T>(Tensor<T> x, params ReadOnlySpan<nint> lengths)
    {
        ArgumentNullException.ThrowIfNull(x);
        bool fits = x.Rank <= lengths.Length;
        for (int back = 1; fits && back <= lengths.Length; back++)
            fits = lengths[^back] >= 0 && (back > x.Rank || x.Lengths[^back] == lengths[^back] || x.Lengths[^back] == 1);
        if (!fits)
            throw new ArgumentException(
                $"lengths: x: {Shapes.Text(x.Lengths)} does not broadcast to {Shapes.Text(lengths)}.", nameof(lengths));
        return x.Lengths.SequenceEqual(lengths) ? x : Dense.Over(Dense.Read(x, lengths).ToArray(), lengths);
    }
}
