using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Simd;

namespace AutoDiff.Generated;

/// <content>Functions that <see cref="IVector{TSelf, T}"/> lacks. Rare ones go through the scalar function, lane by lane.</content>
public static partial class Lanes
{
    /// <summary>x².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Square<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => x * x;

    /// <summary>a · b, and exactly 0 where a is 0, even if b is infinite or NaN: the strong zero of adjoint code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V StrongProduct<V, T>(V a, V b)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => V.Select(V.EqualTo(a, V.Zero), V.Zero, a * b);

    /// <summary>Whether lanes are NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V IsNaN<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => V.NotEqualTo(x, x);

    /// <summary>The remainder of truncated division.</summary>
    public static V Remainder<V, T>(V x, V y)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, y, static (a, b) => a % b);

    /// <summary>√(x² + y²) without overflow.</summary>
    public static V Hypot<V, T>(V x, V y)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, y, T.Hypot);

    /// <summary>2ˣ.</summary>
    public static V Exp2<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, T.Exp2);

    /// <summary>The inverse of sinh.</summary>
    public static V Asinh<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, T.Asinh);

    /// <summary>The inverse of cosh.</summary>
    public static V Acosh<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, T.Acosh);

    /// <summary>The inverse of tanh.</summary>
    public static V Atanh<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, T.Atanh);

    /// <summary>The complementary error function.</summary>
    public static V Erfc<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, static a => T.CreateTruncating(Ad.Special.Erfc(double.CreateTruncating(a))));

    /// <summary>ln |Γ(x)|.</summary>
    public static V LogGamma<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, static a => T.CreateTruncating(Ad.Special.LogGamma(double.CreateTruncating(a))));

    /// <summary>The derivative of ln Γ(x).</summary>
    public static V Digamma<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Map<V, T>(x, static a => T.CreateTruncating(Ad.Special.Digamma(double.CreateTruncating(a))));
}
