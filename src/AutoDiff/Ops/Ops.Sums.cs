using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The sum of all elements.</summary>
    public static T Sum<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => T.CreateTruncating(Total(Dense.Read(x)));

    /// <summary>Sums along an axis, which goes, or stays with length 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The axis does not exist.</exception>
    public static Tensor<T> Sum<T>(Tensor<T> x, int axis, bool keepDims = false)
        where T : IBinaryFloatingPointIeee754<T>
        => Accumulate(x, [axis], keepDims, mean: false);

    /// <summary>Sums along several axes, which go.</summary>
    /// <exception cref="ArgumentException">An axis does not exist, or is given twice.</exception>
    public static Tensor<T> Sum<T>(Tensor<T> x, params ReadOnlySpan<int> axes)
        where T : IBinaryFloatingPointIeee754<T>
        => Accumulate(x, axes, keepDims: false, mean: false);

    /// <summary>Sums along several axes, which go, or stay with length 1.</summary>
    /// <exception cref="ArgumentException">An axis does not exist, or is given twice.</exception>
    public static Tensor<T> Sum<T>(Tensor<T> x, ReadOnlySpan<int> axes, bool keepDims)
        where T : IBinaryFloatingPointIeee754<T>
        => Accumulate(x, axes, keepDims, mean: false);

    /// <summary>The mean of all elements: NaN where there is none.</summary>
    public static T Mean<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> source = Dense.Read(x);
        return T.CreateTruncating(Total(source) / source.Length);
    }

    /// <summary>Means along an axis, which goes, or stays with length 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The axis does not exist.</exception>
    public static Tensor<T> Mean<T>(Tensor<T> x, int axis, bool keepDims = false)
        where T : IBinaryFloatingPointIeee754<T>
        => Accumulate(x, [axis], keepDims, mean: true);

    /// <summary>Means along several axes, which go.</summary>
    /// <exception cref="ArgumentException">An axis does not exist, or is given twice.</exception>
    public static Tensor<T> Mean<T>(Tensor<T> x, params ReadOnlySpan<int> axes)
        where T : IBinaryFloatingPointIeee754<T>
        => Accumulate(x, axes, keepDims: false, mean: true);

    /// <summary>Means along several axes, which go, or stay with length 1.</summary>
    /// <exception cref="ArgumentException">An axis does not exist, or is given twice.</exception>
    public static Tensor<T> Mean<T>(Tensor<T> x, ReadOnlySpan<int> axes, bool keepDims)
        where T : IBinaryFloatingPointIeee754<T>
        => Accumulate(x, axes, keepDims, mean: true);

    private static double Total<T>(ReadOnlySpan<T> source)
        where T : IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T element in source)
            sum += double.CreateTruncating(element);
        return sum;
    }

    private static Tensor<T> Accumulate<T>(Tensor<T> x, ReadOnlySpan<int> axes, bool keepDims, bool mean)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> source = Dense.Read(x);
        nint[] kept = x.Lengths.ToArray();
        foreach (int given in axes)
        {
            int axis = Shapes.Axis(given, x.Lengths);
            // −1 marks an axis as reduced until all are read, so that one given twice is seen.
            if (kept[axis] < 0)
                throw new ArgumentException($"axes: {given} is given twice.", nameof(axes));
            kept[axis] = -1;
        }

        nint[] rest = Array.FindAll(kept, static length => length >= 0);
        nint[] ones = Array.ConvertAll(kept, static length => length < 0 ? 1 : length);
        var sums = new double[Shapes.Count(ones)];
        var walk = new Walk(x.Lengths.ToArray(), Shapes.BroadcastSteps(ones, ones));
        // A reduced axis has length 1 in the result and therefore step 0: its elements meet in one sum.
        for (int i = 0; i < source.Length; i++, walk.Next())
            sums[walk.Offset] += double.CreateTruncating(source[i]);
        double count = mean ? Reduction(x.Lengths, kept) : 1;
        T[] result = Array.ConvertAll(sums, sum => T.CreateTruncating(sum / count));
        return Dense.Over(result, keepDims ? ones : rest.Length == 0 ? [1] : rest);
    }

    /// <summary>How many elements meet in one element of the result.</summary>
    private static double Reduction(ReadOnlySpan<nint> lengths, nint[] kept)
    {
        double count = 1;
        for (int axis = 0; axis < kept.Length; axis++)
            count *= kept[axis] < 0 ? lengths[axis] : 1;
        return count;
    }
}
