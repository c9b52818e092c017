using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>eˣ and its pieces: x = n·ln 2 + r, eˣ = 2ⁿ·(1 + r + r²·q(r)).</content>
internal static partial class VectorMath
{
    /// <summary>eˣ.</summary>
    /// <remarks>At most 0.85 ulp (float) and 0.85 ulp (double); 0 and ∞ where it underflows and overflows, exactly 1 at 0.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = typeof(T) == typeof(float)
            ? V.AtLeast(V.Constant(-105), V.AtMost(V.Constant(90), x))
            : V.AtLeast(V.Constant(-746), V.AtMost(V.Constant(711), x));
        return ExpInBounds<V, T>(x);
    }

    /// <summary>eˣ for x ≤ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfNegative<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => ExpInBounds<V, T>(V.AtLeast(V.Constant(typeof(T) == typeof(float) ? -105 : -746), x));

    /// <summary>eˣ where the argument is known to be within −110 and 90 (float) or −760 and 711 (double).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpInBounds<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V mantissa = ExpMantissa<V, T>(x, out V n);
        return V.ScaleByPowerOfTwo(mantissa, n);
    }

    /// <summary>eˣ / 2ⁿ, between 0.7 and 1.42, and n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpMantissa<V, T>(V x, out V n)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        n = V.Round(x * V.Constant(1.4426950408889634));
        V r = V.MultiplyAdd(n, V.Constant(typeof(T) == typeof(float) ? -0.693147182 : -0.6931471805599453), x);
        r = V.MultiplyAdd(n, V.Constant(typeof(T) == typeof(float) ? 1.90465421e-09 : -2.3190468138462996e-17), r);
        V p = V.MultiplyAdd(ExpQuotient<V, T>(r), r, 1);
        return V.MultiplyAdd(p, r, 1);
    }

    /// <summary>½·eˣ for x ≥ 0, which overflows later than eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V HalfExp<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = typeof(T) == typeof(float) ? V.AtMost(V.Constant(91), x) : V.AtMost(V.Constant(712), x);
        V r = ReduceExp<V, T>(x, out V n, out V low);
        return V.ScaleByPowerOfTwo(ExpMinusOne<V, T>(r, low) + V.One, n - V.One);
    }

    /// <summary>
    /// r + low = x − n·ln 2, |r| ≤ ½·ln 2, with ln 2 in two parts: the first difference is exact, low is the rounding error of the second.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReduceExp<V, T>(V x, out V n, out V low)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        n = V.Round(x * V.Constant(1.4426950408889634));
        V high = V.MultiplyAdd(n, V.Constant(typeof(T) == typeof(float) ? -0.693147182 : -0.6931471805599453), x);
        V correction = n * V.Constant(typeof(T) == typeof(float) ? 1.90465421e-09 : -2.3190468138462996e-17);
        V r = high + correction;
        low = (high - r) + correction;
        return r;
    }

    /// <summary>eʳ⁺ˡᵒʷ − 1 = r + (r²·q(r) + low) for |r| ≤ ½·ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpMinusOne<V, T>(V r, V low)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return r + V.MultiplyAdd(r * r, ExpQuotient<V, T>(r), low);
    }

    /// <summary>q(r) = (eʳ − 1 − r) / r².</summary>
    /// <remarks>Minimax (Remez) of degree 4 for float, relative error 3.115e-9; 9 for double, 3.739e-18.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpQuotient<V, T>(V r)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            V p = V.MultiplyAdd(V.Constant(0.00138142239), r, 0.00836889911);
            p = V.MultiplyAdd(p, r, 0.0416684039);
            p = V.MultiplyAdd(p, r, 0.166665196);
            return V.MultiplyAdd(p, r, 0.49999994);
        }
        else
        {
            // Pairs of terms in r²: half as many steps wait for one another.
            V square = r * r;
            V p = V.MultiplyAdd(V.Constant(2.4999779629097406e-08), r, 2.7630621139946385e-07);
            p = V.MultiplyAddEstimate(p, square, V.MultiplyAdd(V.Constant(2.7557589172458254e-06), r, 2.48014921353186e-05));
            p = V.MultiplyAddEstimate(p, square, V.MultiplyAdd(V.Constant(0.00019841269501342718), r, 0.001388888894447014));
            p = V.MultiplyAddEstimate(p, square, V.MultiplyAdd(V.Constant(0.00833333333349782), r, 0.041666666666527366));
            return V.MultiplyAddEstimate(p, square, V.MultiplyAdd(V.Constant(0.16666666666666405), r, 0.5000000000000011));
        }
    }
}
