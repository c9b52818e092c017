using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The largest element; NaN where there is one. Elements that tie share the adjoint equally.</summary>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public static T Max<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Extreme(x, T.Max);

    /// <summary>
    /// The largest elements along an axis, which goes, or stays with length 1. NaN spreads; elements that tie share the adjoint.
    /// </summary>
    /// <exception cref="ArgumentException">The axis does not exist, or has length 0.</exception>
    public static Tensor<T> Max<T>(Tensor<T> x, int axis, bool keepDims = false)
        where T : IBinaryFloatingPointIeee754<T>
        => Extreme(x, axis, keepDims, T.Max);

    /// <summary>The smallest element; NaN where there is one. Elements that tie share the adjoint equally.</summary>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public static T Min<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Extreme(x, T.Min);

    /// <summary>
    /// The smallest elements along an axis, which goes, or stays with length 1. NaN spreads; elements that tie share the adjoint.
    /// </summary>
    /// <exception cref="ArgumentException">The axis does not exist, or has length 0.</exception>
    public static Tensor<T> Min<T>(Tensor<T> x, int axis, bool keepDims = false)
        where T : IBinaryFloatingPointIeee754<T>
        => Extreme(x, axis, keepDims, T.Min);

    /// <summary>
    /// The index of the first largest element along an axis, which goes; the first NaN where there is one. Takes no gradient.
    /// </summary>
    /// <exception cref="ArgumentException">The axis does not exist, or has length 0.</exception>
    [NoGradient]
    public static Tensor<int> ArgMax<T>(Tensor<T> x, int axis = -1)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> source = Dense.Read(x);
        axis = NonEmptyAxis(x, axis);
        var (outer, length, inner) = Shapes.Split(x.Lengths, axis);
        var result = new int[outer * inner];
        for (int i = 0; i < result.Length; i++)
        {
            int start = i / inner * length * inner + i % inner, best = 0;
            for (int k = 1; k < length; k++)
            {
                T candidate = source[start + k * inner], champion = source[start + best * inner];
                if (candidate > champion || (T.IsNaN(candidate) && !T.IsNaN(champion)))
                    best = k;
            }

            result[i] = best;
        }

        return Dense.Over(result, Shapes.Reduced(x.Lengths, axis, keepDims: false));
    }

    private static T Extreme<T>(Tensor<T> x, Func<T, T, T> better)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> source = Dense.Read(x);
        if (source.IsEmpty)
            throw new ArgumentException($"x: {Shapes.Text(x.Lengths)} has no element.", nameof(x));
        T best = source[0];
        foreach (T element in source)
            best = better(best, element);
        return best;
    }

    private static Tensor<T> Extreme<T>(Tensor<T> x, int axis, bool keepDims, Func<T, T, T> better)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> source = Dense.Read(x);
        axis = NonEmptyAxis(x, axis);
        var (outer, length, inner) = Shapes.Split(x.Lengths, axis);
        var result = new T[outer * inner];
        for (int i = 0; i < result.Length; i++)
        {
            int start = i / inner * length * inner + i % inner;
            T best = source[start];
            for (int k = 1; k < length; k++)
                best = better(best, source[start + k * inner]);
            result[i] = best;
        }

        return Dense.Over(result, Shapes.Reduced(x.Lengths, axis, keepDims));
    }

    private static int NonEmptyAxis<T>(Tensor<T> x, int axis)
    {
        axis = Shapes.Axis(axis, x.Lengths);
        if (x.Lengths[axis] == 0)
            throw new ArgumentException($"x: {Shapes.Text(x.Lengths)} has no element along axis {axis}.", nameof(x));
        return axis;
    }
}
