using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>eˣ − 1 = 2·(2ⁿ⁻¹·(eʳ − 1) + (2ⁿ⁻¹ − ½)).</content>
internal static partial class VectorMath
{
    /// <summary>eˣ − 1.</summary>
    /// <remarks>At most 1.25 ulp (float) and 1.35 ulp (double).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Expm1<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return Expm1Inline<V, T>(x);
    }

    /// <summary>eˣ − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Expm1Inline<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The upper bounds overflow to ∞ with r > 0; with r < 0 it would be ∞ − ∞.
        V bounded = typeof(T) == typeof(float)
            ? V.AtLeast(V.Constant(-40), V.AtMost(V.Constant(88.9), x))
            : V.AtLeast(V.Constant(-60), V.AtMost(V.Constant(709.9), x));
        V r = ReduceExp<V, T>(bounded, out V n, out V low);
        V minusOne = ExpMinusOne<V, T>(r, low);

        // Half of the result, as 2ⁿ itself overflows before eˣ does.
        V half = V.ScaleByPowerOfTwo(V.One, n - V.One);
        half = V.MultiplyAdd(half, minusOne, half - V.Constant(0.5));
        return V.CopySign(V.Select(V.EqualTo(n, V.Zero), minusOne, half + half), x);
    }
}
