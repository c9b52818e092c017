using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>sinh, cosh and tanh by way of eˣ.</content>
internal static partial class VectorMath
{
    /// <summary>tanh x = x − x³·P(x²) / Q(x²) below 0.625, 1 − 2 / (e²ˣ + 1) above, with one division for both.</summary>
    /// <remarks>At most 1.4 ulp (float) and 1.4 ulp (double); ±1 where it saturates, x itself where x is tiny.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V a = V.Abs(x), isSmall = V.LessThan(a, V.Constant(0.625));
        V square = a * a, numerator = TanhNumerator<V, T>(square, out V denominator);
        V power = ExpInBounds<V, T>(V.AtMost(V.Constant(40), a + a));
        V quotient = V.Select(isSmall, a * square * numerator, V.Constant(-2)) / V.Select(isSmall, denominator, power + V.One);
        return V.CopySign(V.Select(isSmall, a, V.One) + quotient, x);
    }

    /// <summary>sinh x: a series below 1, ½·eˣ − ½·e⁻ˣ above.</summary>
    /// <remarks>At most 1.45 ulp (float) and 1.55 ulp (double).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cosh<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V half = HalfExp<V, T>(V.Abs(x));
        return half + V.Constant(0.25) / half;
    }

    /// <summary>(tanh x / x − 1) / x² as a quotient, as a function of x², 0 ≤ x ≤ 0.625.</summary>
    /// <remarks>Minimax of degrees 2 and 1 for float, relative error 5.29e-10; 2 and 3 for double, 1.7e-17.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V TanhNumerator<V, T>(V z, out V denominator)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            denominator = V.MultiplyAdd(V.Constant(0.405211986), z, 1.0);
            return V.MultiplyAdd(V.MultiplyAdd(V.Constant(6.02134694e-05), z, -0.00173734373), z, -0.333333333);
        }
        else
        {
            V q = V.MultiplyAdd(V.Constant(0.0002065391880300984), z, 0.023291485043112317);
            q = V.MultiplyAdd(q, z, 0.4614967438727316);
            denominator = V.MultiplyAdd(q, z, 1.0);
            return V.MultiplyAdd(V.MultiplyAdd(V.Constant(-0.0001991831328937908), z, -0.020498914624244953), z, -0.3333333333333333);
        }
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
