using System.Numerics.Tensors;

namespace AutoDiff;

/// <summary>Lengths and axes of the eager operations: one place for the arithmetic and for the words of its errors.</summary>
internal static class Shapes
{
    /// <summary>The text of a shape in every message: <c>[2, 3]</c>.</summary>
    internal static string Text(ReadOnlySpan<nint> lengths) => $"[{string.Join(", ", lengths.ToArray())}]";

    internal static int Count(ReadOnlySpan<nint> lengths)
    {
        nint count = 1;
        foreach (nint length in lengths)
            count = checked(count * length);
        return checked((int)count);
    }

    /// <summary><paramref name="axis"/> counted from the front.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The axis does not exist.</exception>
    internal static int Axis(int axis, ReadOnlySpan<nint> lengths, string argument = "axis", string tensor = "x")
    {
        int rank = lengths.Length;
        if (axis < -rank || axis >= rank)
        {
            throw new ArgumentOutOfRangeException(
                argument, axis, $"{argument}: {axis} is not an axis of {tensor}: {Text(lengths)}; it has {-rank} to {rank - 1}.");
        }

        return axis < 0 ? axis + rank : axis;
    }

    /// <summary>The common shape of two operands: aligned at the last axis, lengths equal or 1.</summary>
    internal static nint[] Broadcast(ReadOnlySpan<nint> x, ReadOnlySpan<nint> y, string xName = "x", string yName = "y")
    {
        var result = new nint[Math.Max(x.Length, y.Length)];
        for (int back = 1; back <= result.Length; back++)
        {
            nint a = back <= x.Length ? x[^back] : 1, b = back <= y.Length ? y[^back] : 1;
            if (a != b && a != 1 && b != 1)
                throw new ArgumentException($"{yName}: {Text(y)} does not broadcast with {xName}: {Text(x)}.", yName);
            result[^back] = a == 1 ? b : a;
        }

        return result;
    }

    /// <summary>
    /// Row-major steps through a dense tensor of lengths <paramref name="from"/> seen as <paramref name="to"/>: 0 along what is
    /// repeated.
    /// </summary>
    internal static int[] BroadcastSteps(ReadOnlySpan<nint> from, ReadOnlySpan<nint> to)
    {
        var steps = new int[to.Length];
        int step = 1;
        for (int back = 1; back <= from.Length; back++)
        {
            int length = checked((int)from[^back]);
            steps[^back] = length == 1 ? 0 : step;
            step *= length;
        }

        return steps;
    }

    /// <summary>
    /// The lengths before, at and after an axis: a dense tensor is <c>[Outer, Length, Inner]</c> to whoever works along it.
    /// </summary>
    internal static (int Outer, int Length, int Inner) Split(ReadOnlySpan<nint> lengths, int axis)
        => (Count(lengths[..axis]), checked((int)lengths[axis]), Count(lengths[(axis + 1)..]));

    /// <summary>Lengths after reducing one axis. There is no rank 0 in the base library: what would have it is <c>[1]</c>.</summary>
    internal static nint[] Reduced(ReadOnlySpan<nint> lengths, int axis, bool keepDims)
    {
        if (!keepDims && lengths.Length > 1)
            return [.. lengths[..axis], .. lengths[(axis + 1)..]];
        nint[] result = lengths.ToArray();
        result[axis] = 1;
        return result;
    }

    internal static nint[] From(ReadOnlySpan<int> lengths)
    {
        var result = new nint[lengths.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = lengths[i];
        return result;
    }

    internal static void Same<T, U>(Tensor<T> x, Tensor<U> y, string xName = "x", string yName = "y")
    {
        if (!x.Lengths.SequenceEqual(y.Lengths))
            throw new ArgumentException($"{yName}: {Text(y.Lengths)} does not match {xName}: {Text(x.Lengths)}.", yName);
    }
}
