using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>
/// ln x and its relatives: x = m·2ᵉ with m in [√½, √2), f = m − 1, s = f / (2 + f), ln(1 + f) = f − f²/2 + s·(f²/2 + R(s²)).
/// </content>
internal static partial class VectorMath
{
    /// <summary>ln x.</summary>
    /// <remarks>At most 0.75 ulp (float) and 0.8 ulp (double).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Seldom is a lane not positive, normal and finite; then the same with what those need.
        V least = V.Constant(typeof(T) == typeof(float) ? SmallestNormalSingle : SmallestNormalDouble);
        V most = V.Constant(typeof(T) == typeof(float) ? float.MaxValue : double.MaxValue);
        if (!V.All(V.EqualTo(V.AtLeast(least, V.AtMost(most, x)), x))) return LogOfAny<V, T>(x);
        V m = V.Decompose(x, out V e);
        return LogOf<V, T>(m - V.One, e);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V LogOfAny<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V m = DecomposeAny<V, T>(x, out V e);
        return LogEdges<V, T>(x, x, LogOf<V, T>(m - V.One, e));
    }

    /// <summary>log₂ x = e + ln m / ln 2.</summary>
    /// <remarks>At most 1.3 ulp (float) and 1.25 ulp (double); exact at powers of two.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Log2<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V m = DecomposeAny<V, T>(x, out V e);
        V log = LogOf<V, T>(m - V.One, V.Zero);
        V scaled = typeof(T) == typeof(float)
            ? V.MultiplyAdd(log, V.Constant(1.44269502), V.MultiplyAdd(log, V.Constant(1.92596303e-08), e))
            : V.MultiplyAdd(log, V.Constant(1.4426950408889634), V.MultiplyAdd(log, V.Constant(2.0355273740931033e-17), e));
        return LogEdges<V, T>(x, x, scaled);
    }

    /// <summary>lg x = e·lg 2 + ln m · lg e.</summary>
    /// <remarks>At most 1.4 ulp (float) and 1.4 ulp (double).</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Log10<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V m = DecomposeAny<V, T>(x, out V e);
        V log = LogOf<V, T>(m - V.One, V.Zero);

        // The high part of lg 2 has so few bits that its product with e is exact.
        V high, low;
        if (typeof(T) == typeof(float))
        {
            high = e * V.Constant(0.301025390625);
            low = V.MultiplyAdd(e, V.Constant(4.60503898e-06), log * V.Constant(-1.010305e-08));
            return LogEdges<V, T>(x, x, V.MultiplyAdd(log, V.Constant(0.434294492), low) + high);
        }

        high = e * V.Constant(0.3010299956640665);
        low = V.MultiplyAdd(e, V.Constant(-8.532344317057107e-14), log * V.Constant(1.098319650216765e-17));
        return LogEdges<V, T>(x, x, V.MultiplyAdd(log, V.Constant(0.4342944819032518), low) + high);
    }

    private const float SmallestNormalSingle = 1.17549435e-38f;
    private const double SmallestNormalDouble = 2.2250738585072014e-308;

    /// <summary>Splits positive finite x = m · 2ᵉ with m in [√½, √2), subnormals included. Other inputs give unspecified bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V DecomposeAny<V, T>(V x, out V exponent)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V subnormal = V.LessThan(x, V.Constant(typeof(T) == typeof(float) ? SmallestNormalSingle : SmallestNormalDouble));
        x = V.Select(subnormal, x * V.Constant(typeof(T) == typeof(float) ? 33554432 : 18014398509481984), x);
        V m = V.Decompose(x, out exponent);
        exponent -= V.And(subnormal, V.Constant(typeof(T) == typeof(float) ? 25 : 54));
        return m;
    }

    /// <summary>ln((1 + f)·2ᵉ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOf<V, T>(V f, V e)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V s = f / (V.Constant(2) + f);
        V z = s * s;
        V halfSquare = V.Constant(0.5) * f * f;
        V rest = V.MultiplyAddEstimate(z, LogSeries<V, T>(z), halfSquare);

        // e·ln 2 in two parts; the high one has so few bits that its product with e is exact.
        V low = e * V.Constant(typeof(T) == typeof(float) ? 1.42860682e-06 : -4.2009150726810846e-11);
        V high = V.Constant(typeof(T) == typeof(float) ? 0.693145751953125 : 0.6931471806019545);
        return V.MultiplyAddEstimate(e, high, f - (halfSquare - V.MultiplyAdd(s, rest, low)));
    }

    /// <summary>The logarithm at 0, ∞, NaN and below 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogEdges<V, T>(V x, V argument, V log)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The framework's comparisons are false for NaN: what is neither positive nor zero is NaN.
        V infinity = V.Constant(double.PositiveInfinity);
        log = V.Select(V.GreaterThan(argument, V.Zero), log, V.Select(V.EqualTo(argument, V.Zero), -infinity, V.Constant(double.NaN)));
        return V.Select(V.EqualTo(x, infinity), infinity, log);
    }

    /// <summary>(ln((1 + s) / (1 − s)) / s − 2) / s², as a function of s².</summary>
    /// <remarks>Minimax (Remez) of degree 2 for float, relative error 8.103e-10; 6 for double, 1.236e-18.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogSeries<V, T>(V z)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            V p = V.MultiplyAdd(V.Constant(0.29872334), z, 0.399775207);
            return V.MultiplyAdd(p, z, 0.666667759);
        }
        else
        {
            // Pairs of terms in z²: half as many steps wait for one another.
            V square = z * z;
            V p = V.MultiplyAdd(V.Constant(0.15313986806003693), z, 0.1818356666750473);
            p = V.MultiplyAddEstimate(V.Constant(0.14796624275774092), square, p);
            p = V.MultiplyAddEstimate(p, square, V.MultiplyAdd(V.Constant(0.22222198531174744), z, 0.28571428742765553));
            return V.MultiplyAddEstimate(p, square, V.MultiplyAdd(V.Constant(0.39999999999413133), z, 0.6666666666666735));
        }
    }
}
