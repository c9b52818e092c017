using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>Sums along the axes that the right side of a pattern leaves out: <c>Sum(x, "batch time width -> batch width")</c>.</summary>
    /// <param name="x">A tensor with as many axes as the left side names.</param>
    /// <param name="axes">
    /// The names of all axes, <c>-></c>, and the names of those that stay, in the same order; <c>1</c> in place of a name keeps a reduced axis with length 1.
    /// </param>
    /// <exception cref="ArgumentException">The pattern does not parse, or does not fit the tensor.</exception>
    public static Tensor<T> Sum<T>(Tensor<T> x, string axes)
        where T : IBinaryFloatingPointIeee754<T>
    {
        (int[] reduced, bool keepDims) = NamedAxes.Reduced(axes, x.Lengths);
        return Accumulate(x, reduced, keepDims, mean: false);
    }

    /// <summary>Means along the axes that the right side of a pattern leaves out, as <see cref="Sum{T}(Tensor{T}, string)"/>.</summary>
    /// <exception cref="ArgumentException">The pattern does not parse, or does not fit the tensor.</exception>
    public static Tensor<T> Mean<T>(Tensor<T> x, string axes)
        where T : IBinaryFloatingPointIeee754<T>
    {
        (int[] reduced, bool keepDims) = NamedAxes.Reduced(axes, x.Lengths);
        return Accumulate(x, reduced, keepDims, mean: true);
    }

    /// <summary>The largest elements along the axes that the right side of a pattern leaves out, as <see cref="Sum{T}(Tensor{T}, string)"/>.</summary>
    /// <exception cref="ArgumentException">The pattern does not parse, or does not fit the tensor; or such an axis has length 0.</exception>
    public static Tensor<T> Max<T>(Tensor<T> x, string axes)
        where T : IBinaryFloatingPointIeee754<T>
    {
        (int[] reduced, bool keepDims) = NamedAxes.Reduced(axes, x.Lengths);
        for (int k = reduced.Length - 1; k >= 0; k--) x = Max(x, reduced[k], keepDims);
        return x;
    }
}
