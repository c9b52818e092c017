using System.Numerics;
using AutoDiff.Simd;

namespace AutoDiff.Generated;

/// <content>Functions that are seldom enough to go through the scalar function, lane by lane.</content>
public static partial class Lanes
{
    /// <summary>sin πx.</summary>
    public static V SinPi<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, T.SinPi);

    /// <summary>cos πx.</summary>
    public static V CosPi<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, T.CosPi);

    /// <summary>tan πx.</summary>
    public static V TanPi<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, T.TanPi);

    /// <summary>The inverse of sinPi.</summary>
    public static V AsinPi<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, T.AsinPi);

    /// <summary>The inverse of cosPi.</summary>
    public static V AcosPi<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, T.AcosPi);

    /// <summary>The inverse of tanPi.</summary>
    public static V AtanPi<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, T.AtanPi);

    /// <summary>10ˣ.</summary>
    public static V Exp10<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, T.Exp10);

    /// <summary>2ˣ − 1.</summary>
    public static V Exp2M1<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, T.Exp2M1);

    /// <summary>10ˣ − 1.</summary>
    public static V Exp10M1<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, T.Exp10M1);

    /// <summary>log₂(1 + x).</summary>
    public static V Log2P1<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, T.Log2P1);

    /// <summary>log₁₀(1 + x).</summary>
    public static V Log10P1<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, T.Log10P1);

    /// <summary>The angle of (x, y) in half turns.</summary>
    public static V Atan2Pi<V, T>(V y, V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(y, x, T.Atan2Pi);

    /// <summary>x − y · round(x / y).</summary>
    public static V Ieee754Remainder<V, T>(V x, V y)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, y, T.Ieee754Remainder);

    /// <summary>Γ(x).</summary>
    public static V Gamma<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, static a => T.CreateTruncating(Ad.Special.Gamma(double.CreateTruncating(a))));

    /// <summary>The root of degree n.</summary>
    public static V RootN<V, T>(V x, V n)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, n, static (a, k) => T.RootN(a, int.CreateTruncating(k)));

    /// <summary>B(x, y).</summary>
    public static V Beta<V, T>(V x, V y)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, y, static (a, b) => T.CreateTruncating(Ad.Special.Beta(double.CreateTruncating(a), double.CreateTruncating(b))));

    /// <summary>log B(x, y).</summary>
    public static V LogBeta<V, T>(V x, V y)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, y, static (a, b) => T.CreateTruncating(Ad.Special.LogBeta(double.CreateTruncating(a), double.CreateTruncating(b))));

    /// <summary>Jₙ(x).</summary>
    public static V BesselJ<V, T>(V n, V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(n, x, static (k, a) => T.CreateTruncating(Ad.Special.BesselJ(int.CreateTruncating(k), double.CreateTruncating(a))));

    /// <summary>ψ⁽ⁿ⁾(x).</summary>
    public static V PolyGamma<V, T>(V n, V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(n, x, static (k, a) => T.CreateTruncating(Ad.Special.PolyGamma(int.CreateTruncating(k), double.CreateTruncating(a))));

    /// <summary>The inverse of the standard normal distribution function.</summary>
    public static V NormalQuantile<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, static a => T.CreateTruncating(Ad.Special.NormalQuantile(double.CreateTruncating(a))));
}
