using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>sinh, cosh and tanh by way of eˣ.</content>
internal static partial class VectorMath
{
    /// <summary>tanh x = e / (e + 2) with e = e²ˣ − 1; 1 − 2 / (e + 2) from e = 2 on.</summary>
    /// <remarks>At most 1.85 ulp (float) and 1.85 ulp (double); ±1 where it saturates, x itself where x is tiny.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Tanh<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V two = V.Constant(2), r = ReduceExp<V, T>(V.AtMost(V.Constant(40), V.Abs(x) * two), out V n, out V low);
        V rest = V.MultiplyAdd(r * r, ExpQuotient<V, T>(r), low), minusOne = r + rest;
        V half = V.ScaleByPowerOfTwo(V.One, n - V.One), isReduced = V.EqualTo(n, V.Zero);
        half = V.MultiplyAdd(half, minusOne, half - V.Constant(0.5));
        V e = V.Select(isReduced, minusOne, half + half), divisor = e + two, isSmall = V.LessThan(e, two);
        V quotient = V.Select(isSmall, e, -two) / divisor;

        // The rounding errors of e, where it is largest beside the result, and of the divisor, times 1 / divisor, about 0.45 there.
        V error = V.MultiplyAdd(quotient, (divisor - two) - e, V.Select(isReduced, rest - (minusOne - r), V.Zero));
        V small = V.MultiplyAdd(error, V.Constant(0.45), quotient);
        return V.CopySign(V.Select(isSmall, small, V.One + quotient), x);
    }

    /// <summary>sinh x: a series below 1, ½·eˣ − ½·e⁻ˣ above.</summary>
    /// <remarks>At most 1.45 ulp (float) and 1.55 ulp (double).</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Sinh<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V a = V.Abs(x);
        V z = a * a;
        V small = V.MultiplyAdd(a * z, SinhSeries<V, T>(z), a);
        V half = HalfExp<V, T>(a);
        V large = half - V.Constant(0.25) / half;
        return V.CopySign(V.Select(V.LessThan(a, V.One), small, large), x);
    }

    /// <summary>cosh x = ½·eˣ + ½·e⁻ˣ.</summary>
    /// <remarks>At most 1.25 ulp (float) and 1.3 ulp (double).</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Cosh<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V half = HalfExp<V, T>(V.Abs(x));
        return half + V.Constant(0.25) / half;
    }

    /// <summary>(sinh x / x − 1) / x², as a function of x².</summary>
    /// <remarks>Minimax (Remez) of degree 3 for float, relative error 5.947e-11; 6 for double, 1.017e-19.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinhSeries<V, T>(V z)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            V p = V.MultiplyAdd(V.Constant(2.81806251e-06), z, 0.000198359616);
            p = V.MultiplyAdd(p, z, 0.00833335146);
            return V.MultiplyAdd(p, z, 0.166666672);
        }
        else
        {
            V p = V.MultiplyAdd(V.Constant(7.760441567329696e-13), z, 1.6057203920386054e-10);
            p = V.MultiplyAdd(p, z, 2.5052123855084787e-08);
            p = V.MultiplyAdd(p, z, 2.755731915254143e-06);
            p = V.MultiplyAdd(p, z, 0.00019841269841446263);
            p = V.MultiplyAdd(p, z, 0.008333333333333127);
            return V.MultiplyAdd(p, z, 0.16666666666666669);
        }
    }
}
