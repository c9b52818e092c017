using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>arcsin, arccos, arctan and the angle of a point.</content>
internal static partial class VectorMath
{
    /// <summary>arctan x.</summary>
    /// <remarks>At most 1.65 ulp (float) and 1.25 ulp (double).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Atan<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return V.CopySign(AtanOfPositive<V, T>(V.Abs(x)), x);
    }

    /// <summary>The angle of (x, y): arctan of the smaller over the larger magnitude, reflected into the quadrant.</summary>
    /// <remarks>At most 3 ulp; (0, 0) as <see cref="Math.Atan2"/>.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Atan2<V, T>(V y, V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V a = V.Abs(y);
        V b = V.Abs(x);
        V greater = V.Max(a, b);
        V quotient = V.Min(a, b) / greater;
        quotient = V.Select(V.EqualTo(greater, V.Zero), V.Zero, V.Select(V.EqualTo(a, b), V.One, quotient));
        V angle = AtanOfPositive<V, T>(quotient);
        V halfPi = V.Constant(1.5707963267948966);
        V halfPiLow = V.Constant(typeof(T) == typeof(float) ? -4.37113883e-08 : 6.123233995736766e-17);
        angle = V.Select(V.GreaterThan(a, b), halfPi - (angle - halfPiLow), angle);
        V left = V.LessThan(V.CopySign(V.One, x), V.Zero);
        angle = V.Select(left, V.Constant(2) * halfPi - (angle - V.Constant(2) * halfPiLow), angle);
        return V.CopySign(angle, y);
    }

    /// <summary>arctan a for a ≥ 0: 0, π/4 or π/2 plus the arctangent of a, (a − 1)/(a + 1) or −1/a, at most √2 − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AtanOfPositive<V, T>(V a)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V steep = V.GreaterThan(a, V.Constant(2.414213562373095));
        V middle = V.GreaterThan(a, V.Constant(0.41421356237309503));
        V numerator = V.Select(steep, V.Constant(-1), V.Select(middle, a - V.One, a));
        V denominator = V.Select(steep, a, V.Select(middle, a + V.One, V.One));
        V halves = V.Select(steep, V.One, V.Select(middle, V.Constant(0.5), V.Zero));
        V t = numerator / denominator;
        V z = t * t;
        V halfPiLow = V.Constant(typeof(T) == typeof(float) ? -4.37113883e-08 : 6.123233995736766e-17);
        V low = V.MultiplyAdd(t * z, AtanSeries<V, T>(z), halves * halfPiLow);
        return V.MultiplyAdd(halves, V.Constant(1.5707963267948966), t + low);
    }

    /// <summary>arcsin x; above ½ it is π/2 − 2·arcsin √((1 − x)/2).</summary>
    /// <remarks>At most 1.5 ulp (float) and 1.5 ulp (double).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Asin<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V a = V.Abs(x);
        V s = AsinOf<V, T>(a, out V low);
        V large = V.MultiplyAdd(V.Constant(-2), s, V.Constant(1.5707963267948966))
            - (V.Constant(2) * low - V.Constant(typeof(T) == typeof(float) ? -4.37113883e-08 : 6.123233995736766e-17));
        return V.CopySign(V.Select(V.GreaterThan(a, V.Constant(0.5)), large, s + low), x);
    }

    /// <summary>arccos x = π/2 − arcsin x; above ½ it is 2·arcsin √((1 − x)/2).</summary>
    /// <remarks>At most 0.8 ulp (float) and 0.8 ulp (double).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Acos<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V s = AsinOf<V, T>(V.Abs(x), out V low);
        V halfPi = V.Constant(1.5707963267948966);
        V halfPiLow = V.Constant(typeof(T) == typeof(float) ? -4.37113883e-08 : 6.123233995736766e-17);
        V negative = V.LessThan(x, V.Zero);
        V near = V.Select(negative, halfPi + (s + (low + halfPiLow)), halfPi - (s + (low - halfPiLow)));
        V far = V.Constant(2) * (s + low);
        far = V.Select(negative, V.Constant(2) * (halfPi - (s + (low - halfPiLow))), far);
        return V.Select(V.GreaterThan(V.Abs(x), V.Constant(0.5)), far, near);
    }

    /// <summary>arcsin of a, or of √((1 − a)/2) above ½, as the sum of two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AsinOf<V, T>(V a, out V low)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V large = V.GreaterThan(a, V.Constant(0.5));
        V z = V.Select(large, V.Constant(0.5) - V.Constant(0.5) * a, a * a);
        V s = V.Select(large, V.Sqrt(z), a);

        // What the square root rounded off, to first order; 0 where there is no root (and where it is 0).
        V error = V.MultiplyAdd(-s, s, z) / (s + s);
        error = V.Select(V.And(large, V.GreaterThan(s, V.Zero)), error, V.Zero);
        low = V.MultiplyAdd(s * z, AsinSeries<V, T>(z), error);
        return s;
    }

    /// <summary>(arctan t / t − 1) / t², as a function of t².</summary>
    /// <remarks>Minimax (Remez) of degree 4 for float, relative error 6.618e-10; 10 for double, 1.255e-18.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AtanSeries<V, T>(V z)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            V p = V.MultiplyAdd(V.Constant(-0.0608152673), z, 0.105953164);
            p = V.MultiplyAdd(p, z, -0.142437682);
            p = V.MultiplyAdd(p, z, 0.199984863);
            return V.MultiplyAdd(p, z, -0.333333164);
        }
        else
        {
            V p = V.MultiplyAdd(V.Constant(-0.017908794461718665), z, 0.03806625256010141);
            p = V.MultiplyAdd(p, z, -0.050393807791896617);
            p = V.MultiplyAdd(p, z, 0.05847908214308223);
            p = V.MultiplyAdd(p, z, -0.06663106904771836);
            p = V.MultiplyAdd(p, z, 0.0769206048572641);
            p = V.MultiplyAdd(p, z, -0.09090897773837954);
            p = V.MultiplyAdd(p, z, 0.1111111078404194);
            p = V.MultiplyAdd(p, z, -0.14285714280208417);
            p = V.MultiplyAdd(p, z, 0.19999999999953705);
            return V.MultiplyAdd(p, z, -0.333333333333332);
        }
    }

    /// <summary>(arcsin s / s − 1) / s², as a function of s².</summary>
    /// <remarks>Minimax (Remez) of degree 4 for float, relative error 4.991e-9; 11 for double, 1.531e-17.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AsinSeries<V, T>(V z)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            V p = V.MultiplyAdd(V.Constant(0.0422295071), z, 0.0241418313);
            p = V.MultiplyAdd(p, z, 0.0454781167);
            p = V.MultiplyAdd(p, z, 0.0749523491);
            return V.MultiplyAdd(p, z, 0.166667536);
        }
        else
        {
            V p = V.MultiplyAdd(V.Constant(0.03198182206566418), z, -0.01632688561165888);
            p = V.MultiplyAdd(p, z, 0.019594463642173512);
            p = V.MultiplyAdd(p, z, 0.00650347551644298);
            p = V.MultiplyAdd(p, z, 0.012174952791662304);
            p = V.MultiplyAdd(p, z, 0.013884348777265168);
            p = V.MultiplyAdd(p, z, 0.01735979583058587);
            p = V.MultiplyAdd(p, z, 0.022371751923291338);
            p = V.MultiplyAdd(p, z, 0.03038195939618922);
            p = V.MultiplyAdd(p, z, 0.044642856821956144);
            p = V.MultiplyAdd(p, z, 0.07500000000344827);
            return V.MultiplyAdd(p, z, 0.16666666666665375);
        }
    }
}
