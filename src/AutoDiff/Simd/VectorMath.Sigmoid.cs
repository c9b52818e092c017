using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>The logistic function and what is built on it.</content>
internal static partial class VectorMath
{
    /// <summary>1 / (1 + e⁻ˣ), as eˣ / (1 + eˣ) below 0.</summary>
    /// <remarks>At most 2.0 ulp (float) and 1.9 ulp (double); subnormal results included.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return SigmoidInline<V, T>(x);
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SigmoidInline<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V e = ExpOfNegative<V, T>(-V.Abs(x)), divisor = V.One + e;
        V quotient = V.Select(V.LessThan(x, V.Zero), e, V.One) / divisor;

        // Less the rounding error of the divisor, whose inverse is nearly 1 where that matters.
        return V.MultiplyAdd(quotient, (divisor - V.One) - e, quotient);
    }

    /// <summary>x · sigmoid(x).</summary>
    /// <remarks>At most 1.95 ulp (float) and 1.8 ulp (double), subnormal powers of e included; −0 at −∞.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Silu<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // x·eˣ is 0 below the bound, which keeps −∞ from meeting a zero.
        V bound = V.Constant(typeof(T) == typeof(float) ? -110 : -760), bounded = V.AtLeast(bound, x), isNegative = V.LessThan(x, V.Zero);
        V mantissa = ExpMantissa<V, T>(V.AtLeast(bound, -V.Abs(x)), out V n), e = V.ScaleByPowerOfTwo(mantissa, n), divisor = V.One + e;

        // The power of two comes last, as eˣ is subnormal before x·eˣ is.
        V factor = V.Select(isNegative, mantissa, V.One), product = bounded * factor, quotient = product / divisor;

        // The rounding errors of product and divisor, times 1 / divisor, about (3 − divisor) / 2. The bound keeps ∞ from meeting a zero.
        V error = V.Select(isNegative, V.MultiplyAdd(bounded, factor, -product), V.Zero);
        error = V.MultiplyAdd(V.AtMost(V.Constant(1e30), quotient), (divisor - V.One) - e, error);
        V corrected = V.MultiplyAdd(error, V.MultiplyAdd(V.Constant(-0.5), divisor, 1.5), quotient);
        return V.CopySign(V.ScaleByPowerOfTwo(corrected, V.Select(isNegative, n, V.Zero)), x);
    }

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e⁻|ˣ|).</summary>
    /// <remarks>At most 1.6 ulp (float) and 1.45 ulp (double).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return V.AtLeast(V.Zero, x) + Log1pInline<V, T>(ExpOfNegative<V, T>(-V.Abs(x)));
    }

    /// <summary>½·x·(1 + tanh u) = x · sigmoid(2u), u = √(2/π)·(x + 0.044715·x³).</summary>
    /// <remarks>Absolute error at most 6e-7 (float) and 2e-15 (double) where |x| ≤ 8.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GeluTanh<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = V.AtLeast(V.Constant(-30), x);
        V twice = x * V.MultiplyAdd(x * x, V.Constant(2 * 0.7978845608028654 * 0.044715), 2 * 0.7978845608028654);
        return x * SigmoidInline<V, T>(twice);
    }
}
