using System.Numerics.Tensors;

namespace AutoDiff.Tests;

/// <summary>Tensors for tests, and how they are compared.</summary>
internal static class Tensors
{
    internal static Tensor<T> Of<T>(nint[] lengths, params T[] values) => Tensor.Create(values, lengths);

    /// <summary>Distinct elements of both signs, none 0, of magnitude at most about 2.</summary>
    internal static Tensor<double> Sample(params nint[] lengths) => Sample(1, lengths);

    internal static Tensor<double> Sample(int seed, nint[] lengths)
    {
        nint count = 1;
        foreach (nint length in lengths)
            count *= length;
        var values = new double[count];
        for (int i = 0; i < values.Length; i++)
            values[i] = 2 * Math.Sin(1.3 * i + 0.7 * seed + 0.1 * i * seed);
        return Tensor.Create(values, lengths);
    }

    /// <summary>
    /// The same elements in memory whose order is reversed by axes: a view that is not dense where two axes are longer than 1.
    /// </summary>
    internal static Tensor<T> Strided<T>(Tensor<T> x)
    {
        int[] reversed = [.. Enumerable.Range(0, x.Rank).Reverse()];
        var turned = Tensor.PermuteDimensions(x, reversed);
        var copy = new T[x.FlattenedLength];
        turned.FlattenTo(copy);
        return Tensor.PermuteDimensions(Tensor.Create(copy, turned.Lengths), reversed);
    }

    internal static T[] Flat<T>(Tensor<T> x)
    {
        var result = new T[x.FlattenedLength];
        x.FlattenTo(result);
        return result;
    }

    internal static void Equal<T>(nint[] lengths, T[] values, Tensor<T> actual)
    {
        Assert.Equal(lengths, actual.Lengths.ToArray());
        Assert.Equal(values, Flat(actual));
    }

    internal static void Equal<T>(Tensor<T> expected, Tensor<T> actual) => Equal(expected.Lengths.ToArray(), Flat(expected), actual);

    internal static void Near(nint[] lengths, double[] values, Tensor<double> actual, double tolerance = 1e-14)
    {
        Assert.Equal(lengths, actual.Lengths.ToArray());
        double[] flat = Flat(actual);
        for (int i = 0; i < values.Length; i++)
            Near(values[i], flat[i], tolerance);
    }

    internal static void Near(double expected, double actual, double tolerance = 1e-14)
    {
        if (!expected.Equals(actual))
        {
            Assert.True(
                Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)),
                FormattableString.Invariant($"expected {expected:G17}, was {actual:G17}"));
        }
    }

    /// <summary>
    /// The element at a multi-index of the tensor repeated to <paramref name="lengths"/>: broadcasting by its definition.
    /// </summary>
    internal static T At<T>(Tensor<T> x, nint[] lengths, int flat)
    {
        var index = new nint[x.Rank];
        for (int axis = lengths.Length - 1; axis >= 0; axis--)
        {
            int own = axis - (lengths.Length - x.Rank);
            if (own >= 0)
                index[own] = x.Lengths[own] == 1 ? 0 : flat % lengths[axis];
            flat /= (int)lengths[axis];
        }

        return x[index];
    }
}
