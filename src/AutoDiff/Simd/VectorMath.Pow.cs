using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>xʸ = exp(y · ln x), with the logarithm and the product in two parts each.</content>
internal static partial class VectorMath
{
    /// <summary>xʸ.</summary>
    /// <remarks>At most 0.85 ulp (float) and 1.05 ulp (double); special cases as <see cref="Math.Pow"/>.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Pow<V, T>(V x, V y)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V infinity = V.Constant(double.PositiveInfinity);
        V magnitude = V.Abs(x);
        V bound = V.Constant(typeof(T) == typeof(float) ? 1e12 : 1e20);
        V exponent = V.AtLeast(-bound, V.AtMost(bound, y));
        V high = LogInTwoParts<V, T>(magnitude, out V low);
        V product = exponent * high;
        V error = V.MultiplyAdd(exponent, high, -product) + exponent * low;
        V result = ExpOfTwoParts<V, T>(product, error);

        V falling = V.LessThan(y, V.Zero);
        result = V.Select(V.EqualTo(magnitude, V.Zero), V.Select(falling, infinity, V.Zero), result);
        result = V.Select(V.EqualTo(magnitude, infinity), V.Select(falling, V.Zero, infinity), result);

        // An integral y keeps the sign of x where it is odd; any other y has no real power of x < 0. Infinity is an even integer here.
        V integral = V.EqualTo(V.Round(y), y);
        V odd = V.AndNot(integral, V.EqualTo(V.Constant(2) * V.Floor(y * V.Constant(0.5)), y));
        result = V.Select(V.And(odd, V.LessThan(V.CopySign(V.One, x), V.Zero)), -result, result);
        V unreal = V.AndNot(V.And(V.LessThan(x, V.Zero), V.LessThan(magnitude, infinity)), integral);
        V undefined = V.Or(unreal, V.Or(V.NotEqualTo(x, x), V.NotEqualTo(y, y)));
        result = V.Select(undefined, V.Constant(double.NaN), result);
        return V.Select(V.Or(V.EqualTo(y, V.Zero), V.EqualTo(x, V.One)), V.One, result);
    }

    /// <summary>e^(high + low).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfTwoParts<V, T>(V high, V low)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V limit = V.Constant(typeof(T) == typeof(float) ? 110 : 750);
        V bounded = V.AtLeast(-limit, V.AtMost(limit, high));
        low = V.Select(V.EqualTo(bounded, high), low, V.Zero);
        V r = ReduceExp<V, T>(bounded, out V n, out V rest);
        rest += low;
        V sum = r + rest;
        return V.ScaleByPowerOfTwo(ExpMinusOne<V, T>(sum, (r - sum) + rest) + V.One, n);
    }

    /// <summary>ln x for positive finite x, as high + low; relative error below 2⁻³⁴ (float) and 2⁻⁶⁵ (double).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogInTwoParts<V, T>(V x, out V low)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V m = DecomposeAny<V, T>(x, out V e);

        // s = (m − 1) / (m + 1), the quotient's remainder in sLow; m − 1 is exact, m + 1 has its rounding error in rest.
        V numerator = m - V.One;
        V denominator = m + V.One;
        V one = denominator - m;
        V rest = (m - (denominator - one)) + (V.One - one);
        V s = numerator / denominator;
        V sLow = V.MultiplyAdd(-s, rest, V.MultiplyAdd(-s, denominator, numerator)) / denominator;

        // ln m = 2s + s³·c, c = ⅔ + s²·Q(s²); s², s³ and c in two parts.
        V z = s * s;
        V zLow = V.MultiplyAdd(s, s, -z) + (s + s) * sLow;
        V twoThirds = V.Constant(typeof(T) == typeof(float) ? 0.666666687 : 0.6666666666666666);
        V twoThirdsLow = V.Constant(typeof(T) == typeof(float) ? -1.98682149e-08 : 3.700743415417188e-17);
        V tail = z * PowSeries<V, T>(z);
        V c = twoThirds + tail;
        V cLow = (twoThirds - c) + tail + twoThirdsLow;
        V cube = s * z;
        V cubeLow = V.MultiplyAdd(s, z, -cube) + V.MultiplyAdd(s, zLow, sLow * z);
        V p = cube * c;
        V pLow = V.MultiplyAdd(cube, c, -p) + V.MultiplyAdd(cube, cLow, cubeLow * c);

        // e·ln 2 + 2s + p, each sum with its rounding error; the high part of ln 2 times e is exact.
        V scaled = e * V.Constant(typeof(T) == typeof(float) ? 0.693145751953125 : 0.6931471805601177);
        V scaledLow = e * V.Constant(typeof(T) == typeof(float) ? 1.42860682e-06 : -1.7239444525614835e-13);
        V sum = scaled + (s + s);
        V sumLow = (scaled - sum) + (s + s);
        V total = sum + p;
        V totalLow = (sum - total) + p;
        totalLow += sumLow + ((sLow + sLow) + (pLow + scaledLow));
        V high = total + totalLow;
        low = (total - high) + totalLow;
        return high;
    }

    /// <summary>((ln((1 + s) / (1 − s)) / s − 2) / s² − ⅔) / s², as a function of s².</summary>
    /// <remarks>Minimax (Remez) of degree 2 for float, relative error 8.505e-12; 7 for double, 7.263e-23.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowSeries<V, T>(V z)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            V p = V.MultiplyAdd(V.Constant(0.234189823), z, 0.285471201);
            return V.MultiplyAdd(p, z, 0.400001526);
        }
        else
        {
            V p = V.MultiplyAdd(V.Constant(0.119895386877079), z, 0.11674755524658356);
            p = V.MultiplyAdd(p, z, 0.1333632051604064);
            p = V.MultiplyAdd(p, z, 0.1538455679063848);
            p = V.MultiplyAdd(p, z, 0.18181818871490707);
            p = V.MultiplyAdd(p, z, 0.22222222217526894);
            p = V.MultiplyAdd(p, z, 0.2857142857144515);
            return V.MultiplyAdd(p, z, 0.3999999999999998);
        }
    }
}
