using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>
/// The normal distribution: with a = |x|, Φ(−a) = e⁻ᵃ²ᐟ²·R(a), where Mills' ratio R = Q / (√2π·a·Q + P). Nothing cancels, as no
/// coefficient of Q and P is negative, and their rounding errors fade where a is large. The division does not wait for the exponential.
/// </content>
internal static partial class VectorMath
{
    /// <summary>Φ(x).</summary>
    /// <remarks>At most 3.5 ulp (float) and 3.8 ulp (double), in the lower tail too.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalCdf<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V bell = Bell<V, T>(x, out V a, out V n), ratio = MillsNumerator<V, T>(a);
        ratio *= MillsFactor<V, T>(a, a * ratio);
        V tail = V.ScaleByPowerOfTwo(V.MultiplyAdd(bell, ratio, ratio), n);
        return V.Select(V.LessThan(x, V.Zero), tail, V.One - tail);
    }

    /// <summary>x·Φ(x) = max(x, 0) − a·Φ(−a).</summary>
    /// <remarks>At most 3.8 ulp (float) and 3.7 ulp (double), in the lower tail too.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gelu<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V bell = Bell<V, T>(x, out V a, out V n), product = a * MillsNumerator<V, T>(a);
        return GeluOf<V, T>(x, bell, product * MillsFactor<V, T>(a, product), n);
    }

    /// <summary>x·Φ(x) and Φ(x) + x·φ(x), which share the exponential.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gelu<V, T>(V x, out V slope)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V bell = Bell<V, T>(x, out V a, out V n), ratio = MillsNumerator<V, T>(a), product = a * ratio;
        V factor = MillsFactor<V, T>(a, product);
        slope = GeluSlopeOf<V, T>(x, a, bell, ratio * factor, n);
        return GeluOf<V, T>(x, bell, product * factor, n);
    }

    /// <summary>Φ(x) + x·φ(x), the derivative of x·Φ(x).</summary>
    /// <remarks>Within 2.5 · 10⁻⁷ (float) and 5 · 10⁻¹⁶ (double).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GeluSlope<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V bell = Bell<V, T>(x, out V a, out V n), ratio = MillsNumerator<V, T>(a);
        return GeluSlopeOf<V, T>(x, a, bell, ratio * MillsFactor<V, T>(a, a * ratio), n);
    }

    /// <summary>max(x, 0) − a·Φ(−a), with a·R(a).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V GeluOf<V, T>(V x, V bell, V ratio, V n)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The power of two comes last, as Φ(−a) is subnormal before a·Φ(−a) is. The bound −0 leaves results their sign.
        return V.AtLeast(V.Constant(-0.0), x) - V.ScaleByPowerOfTwo(V.MultiplyAdd(bell, ratio, ratio), n);
    }

    /// <summary>Φ(−a) − a·φ(a) below 0, and 1 less that above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V GeluSlopeOf<V, T>(V x, V a, V bell, V ratio, V n)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V difference = V.MultiplyAdd(V.Constant(-0.3989422804014327), a, ratio);
        V below = V.ScaleByPowerOfTwo(V.MultiplyAdd(bell, difference, difference), n);
        return V.Select(V.LessThan(x, V.Zero), V.Zero + below, V.One - below);
    }

    /// <summary>e⁻ᵃ²ᐟ² / 2ⁿ − 1, with a = |x| as far as Φ(−a) is not 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Bell<V, T>(V x, out V a, out V n)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        a = V.AtMost(typeof(T) == typeof(float) ? V.Constant(14.6) : V.Constant(38.8), V.Abs(x));

        // −a²/2 − n·ln 2 in one rounding: the first part of ln 2 has so few bits that its product with n is exact.
        V half = a * V.Constant(-0.5);
        n = V.Round(a * V.Constant(-0.7213475204444817) * a);
        V r = typeof(T) == typeof(float)
            ? V.MultiplyAdd(n, V.Constant(-1.42860682e-06), V.MultiplyAdd(half, a, n * V.Constant(-0.693145751953125)))
            : V.MultiplyAdd(n, V.Constant(4.2009150726810846e-11), V.MultiplyAdd(half, a, n * V.Constant(-0.6931471806019545)));
        return r * V.MultiplyAdd(ExpQuotient<V, T>(r), r, 1);
    }

    /// <summary>1 / (√2π·a·Q(a) + P(a)), from a·Q(a).</summary>
    /// <remarks>With Q minimax: the relative error of Mills' ratio is at most 7.6e-9 (float) and 3.98e-18 (double).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MillsFactor<V, T>(V a, V product)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => V.One / V.MultiplyAdd(V.Constant(2.5066282746310002), product, MillsRest<V, T>(a));

    /// <summary>Q(a) for 0 ≤ a ≤ 14.6 (float) or 38.8 (double).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MillsNumerator<V, T>(V a)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            V p = V.MultiplyAdd(V.Constant(0.00187519041), a, 0.0224116426);
            p = V.MultiplyAdd(p, a, 0.128164038);
            p = V.MultiplyAdd(p, a, 0.424391478);
            p = V.MultiplyAdd(p, a, 0.813577414);
            return V.MultiplyAdd(p, a, 0.74891001);
        }
        else
        {
            V p = V.MultiplyAdd(V.Constant(5.250464861685644e-07), a, 1.574357629557494e-05);
            p = V.MultiplyAdd(p, a, 0.00023310893942389283);
            p = V.MultiplyAdd(p, a, 0.0022123206324676345);
            p = V.MultiplyAdd(p, a, 0.014782699984003769);
            p = V.MultiplyAdd(p, a, 0.07234140095332652);
            p = V.MultiplyAdd(p, a, 0.26210370610730266);
            p = V.MultiplyAdd(p, a, 0.6948567106137223);
            p = V.MultiplyAdd(p, a, 1.2951486875189355);
            p = V.MultiplyAdd(p, a, 1.5457805642164826);
            return V.MultiplyAdd(p, a, 0.9125);
        }
    }

    /// <summary>P(a).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MillsRest<V, T>(V a)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            V p = V.MultiplyAdd(V.Constant(0.00470086001), a, 0.0561547391);
            p = V.MultiplyAdd(p, a, 0.312361449);
            p = V.MultiplyAdd(p, a, 0.945003271);
            return V.MultiplyAdd(p, a, 1.49782002);
        }
        else
        {
            V p = V.MultiplyAdd(V.Constant(1.3160963676201158e-06), a, 3.946329350638029e-05);
            p = V.MultiplyAdd(p, a, 0.0005816852641710971);
            p = V.MultiplyAdd(p, a, 0.005466538952066467);
            p = V.MultiplyAdd(p, a, 0.03589925666029958);
            p = V.MultiplyAdd(p, a, 0.1706367837820634);
            p = V.MultiplyAdd(p, a, 0.588631297962975);
            p = V.MultiplyAdd(p, a, 1.4316400841235026);
            p = V.MultiplyAdd(p, a, 2.2604021512974084);
            return V.MultiplyAdd(p, a, 1.825);
        }
    }
}
