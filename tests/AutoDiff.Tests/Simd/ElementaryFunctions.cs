using System.Numerics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using AutoDiff.Simd;

namespace AutoDiff.Tests.Simd;

/// <summary>The elementary functions by name: on lanes, on one number, and exact.</summary>
internal static class ElementaryFunctions
{
    public static readonly string[] Unary =
    [
        "Exp", "Expm1", "Log", "Log1p", "Log2", "Log10", "Cbrt", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Tanh",
        "Sigmoid", "Softplus", "Silu", "Erf", "NormalCdf", "Gelu", "GeluTanh", "GeluSlope",
    ];

    public static V OnLanes<V, T>(string name, V x, V y)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => name switch
        {
            "Exp" => V.Exp(x),
            "Expm1" => V.Expm1(x),
            "Log" => V.Log(x),
            "Log1p" => V.Log1p(x),
            "Log2" => V.Log2(x),
            "Log10" => V.Log10(x),
            "Cbrt" => V.Cbrt(x),
            "Sin" => V.Sin(x),
            "Cos" => V.Cos(x),
            "Tan" => V.Tan(x),
            "Asin" => V.Asin(x),
            "Acos" => V.Acos(x),
            "Atan" => V.Atan(x),
            "Sinh" => V.Sinh(x),
            "Cosh" => V.Cosh(x),
            "Tanh" => V.Tanh(x),
            "Sigmoid" => V.Sigmoid(x),
            "Softplus" => V.Softplus(x),
            "Silu" => V.Silu(x),
            "Erf" => V.Erf(x),
            "NormalCdf" => V.NormalCdf(x),
            "Gelu" => V.Gelu(x),
            "GeluTanh" => V.GeluTanh(x),
            "GeluSlope" => V.GeluSlope(x),
            "Pow" => V.Pow(x, y),
            "Atan2" => V.Atan2(x, y),
            _ => throw new ArgumentException(name),
        };

    public static DoubleDouble ExactValue(string name, double x, double y) => name switch
    {
        "Exp" => Exact.Exp(x),
        "Expm1" => Exact.Expm1(x),
        "Log" => Exact.Log(x),
        "Log1p" => Exact.Log1p(x),
        "Log2" => Exact.Log(x) / Exact.Ln2,
        "Log10" => Exact.Log(x) / Exact.Log(10),
        "Cbrt" => Math.Sign(x) * Exact.Exp(Exact.Log(Math.Abs(x)) / 3),
        "Sin" => Exact.Sin(x),
        "Cos" => Exact.Cos(x),
        "Tan" => Exact.Sin(x) / Exact.Cos(x),
        "Asin" => Exact.Asin(x),
        "Acos" => Exact.Acos(x),
        "Atan" => Exact.Atan(x),
        "Sinh" => Exact.Sinh(x),
        "Cosh" => Exact.Cosh(x),
        "Tanh" => Exact.Tanh(x),
        "Sigmoid" => x < 0 ? Exact.Exp(x) / (Exact.Exp(x) + 1) : 1 / (Exact.Exp(-x) + 1),
        "Softplus" => (x > 0 ? x : 0) + Exact.Log1p(Exact.Exp(-Math.Abs(x))),
        "Silu" => x * ExactValue("Sigmoid", x, 0),
        "Erf" => Exact.Erf(x),
        "NormalCdf" => Exact.Erfc(-x / DoubleDouble.Sqrt(2)) * 0.5,
        "Gelu" => x * ExactValue("NormalCdf", x, 0),
        "GeluTanh" =>
            Exact.Tanh(DoubleDouble.Sqrt(1 / Exact.HalfPi) * (x + (DoubleDouble)0.044715 * x * x * x)) * (0.5 * x) + 0.5 * x,
        "GeluSlope" => ExactValue("NormalCdf", x, 0) + Exact.Exp((DoubleDouble)x * x * -0.5) * x / DoubleDouble.Sqrt(4 * Exact.HalfPi),
        "Pow" => Exact.Exp(Exact.Log(x) * y),
        "Atan2" => Exact.Atan((DoubleDouble)x / y) + (y < 0 ? Exact.HalfPi * (x < 0 ? -2 : 2) : 0),
        _ => throw new ArgumentException(name),
    };

    /// <summary>The largest error that is promised, in ulp.</summary>
    public static double Bound(string name) => name switch
    {
        // Without fused multiply-adds the polynomials round once more, and the rounding errors of products are not known.
        "Tanh" or "Sigmoid" or "Silu" => !Fma.IsSupported && !AdvSimd.IsSupported ? 3 : 2,
        "NormalCdf" or "Gelu" => !Fma.IsSupported && !AdvSimd.IsSupported ? 5 : 4,
        _ => 2.0,
    };

    /// <summary>The interval where a function is finite, not constant, and its argument reduction is the library's own.</summary>
    public static (double Low, double High) Range(string name, bool single) => name switch
    {
        "Exp" or "Expm1" => single ? (-87, 88.7) : (-708, 709.7),
        "Sinh" or "Cosh" => single ? (-89.4, 89.4) : (-710.4, 710.4),
        "Sigmoid" or "Softplus" or "Silu" => single ? (-87, 100) : (-708, 800),
        "Log" or "Log2" or "Log10" => single ? (1e-44, 3e38) : (5e-324, 1e308),
        "Log1p" => single ? (-1 + 1e-6, 3e38) : (-1 + 1e-15, 1e308),
        "Asin" or "Acos" => (-1, 1),
        "Sin" or "Cos" or "Tan" => single ? (-32000, 32000) : (-1e8, 1e8),
        "NormalCdf" or "Gelu" => single ? (-13, 13) : (-37, 37),
        "GeluTanh" or "GeluSlope" => (-8, 8),
        "Erf" or "Tanh" => (-20, 20),
        _ => single ? (-3e38, 3e38) : (-8e307, 8e307),
    };
}
