using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Simd;

namespace AutoDiff.Generated;

/// <content>
/// Elementary functions as calls, for places that run seldom and for methods in which the JIT would stop to inline: it does so at 512 locals. The same instructions as those of the vector itself.
/// </content>
public static partial class Lanes
{
    /// <summary>eˣ − 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Expm1<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Expm1(x);

    /// <summary>ln(1 + x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Log1p<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Log1p(x);

    /// <summary>sin x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Sin<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Sin(x);

    /// <summary>cos x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Cos<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Cos(x);

    /// <summary>tan x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Tan<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Tan(x);

    /// <summary>arcsin x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Asin<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Asin(x);

    /// <summary>arccos x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Acos<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Acos(x);

    /// <summary>arctan x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Atan<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Atan(x);

    /// <summary>sinh x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Sinh<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Sinh(x);

    /// <summary>cosh x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Cosh<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Cosh(x);

    /// <summary>tanh x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Tanh<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Tanh(x);

    /// <summary>erf x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Erf<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Erf(x);

    /// <summary>Φ(x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V NormalCdf<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.NormalCdf(x);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Sigmoid<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Sigmoid(x);

    /// <summary>ln(1 + eˣ).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Softplus<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Softplus(x);

    /// <summary>x·Φ(x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Gelu<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Gelu(x);

    /// <summary>Φ(x) + x·φ(x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V GeluSlope<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.GeluSlope(x);

    /// <summary>½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V GeluTanh<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.GeluTanh(x);

    /// <summary>x / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Silu<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Silu(x);

    /// <summary>x·Φ(x) and Φ(x) + x·φ(x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Gelu<V, T>(V x, out V slope)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Gelu(x, out slope);
}
