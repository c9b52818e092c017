using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>ln(1 + x), with the rounding error of 1 + x added back.</content>
internal static partial class VectorMath
{
    /// <summary>ln(1 + x).</summary>
    /// <remarks>At most 1.25 ulp (float) and 0.75 ulp (double).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return Log1pInline<V, T>(x);
    }

    /// <summary>ln(1 + x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log1pInline<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V u = V.One + x;
        V m = V.Decompose(u, out V e);
        V rest = u - V.One;
        V error = (V.One - (u - rest)) + (x - rest);
        V f = (m - V.One) + error * V.ScaleByPowerOfTwo(V.One, V.AtMost(V.Constant(100), -e));
        return V.CopySign(LogEdges<V, T>(x, u, LogOf<V, T>(f, e)), V.Select(V.LessThan(x, V.Constant(-1)), V.One, x));
    }
}
