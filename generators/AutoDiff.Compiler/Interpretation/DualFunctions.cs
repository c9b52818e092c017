using AutoDiff.Compiler.IR;
using static System.Math;
using static AutoDiff.Compiler.Interpretation.SpecialFunctions;

namespace AutoDiff.Compiler.Interpretation;

/// <summary>
/// The floating scalar functions on dual numbers. This is forward mode coded by hand, on purpose apart from the rule table: the oracle
/// that the derivatives made from the table are compared with. Formulas are in the operands, never in the result.
/// </summary>
internal static partial class DualFunctions
{
    public static Number Evaluate(ScalarOp op, Number a, Number b, Number c)
    {
        double x = a.Real, y = b.Real;
        switch (op)
        {
            case ScalarOp.Add: return a + b;
            case ScalarOp.Subtract: return a - b;
            case ScalarOp.Multiply: return a * b;
            case ScalarOp.Divide: return a / b;
            case ScalarOp.Remainder: return Number.Dual(x % y, a, 1, b, -Truncate(x / y));
            case ScalarOp.Ieee754Remainder: return Number.Dual(IEEERemainder(x, y), a, 1, b, -Round(x / y));
            case ScalarOp.Negate: return -a;
            case ScalarOp.FusedMultiplyAdd: return (a * b + c) with { Real = FusedMultiplyAdd(x, y, c.Real) };
            case ScalarOp.Square: return a * a;
            case ScalarOp.Reciprocal: return Number.Of(1.0) / a;
            case ScalarOp.StrongProduct: return Number.Dual(x == 0 ? 0 : x * y, a, y, b, x);
            case ScalarOp.Abs: return Number.Dual(Abs(x), a, Sign(a));
            case ScalarOp.Sign: return Flat(double.IsNaN(x) ? x : Math.Sign(x));
            case ScalarOp.CopySign: return Number.Dual(IsNegative(y) ? -Abs(x) : Abs(x), a, Sign(a) * (IsNegative(y) ? -1 : 1), b, 0);
            case ScalarOp.Max: return Extremum(Max(x, y), x > y, x == y, a, b);
            case ScalarOp.Min: return Extremum(Min(x, y), x < y, x == y, a, b);
            case ScalarOp.Clamp: return Evaluate(ScalarOp.Min, Evaluate(ScalarOp.Max, a, b, default), c, default);
            case ScalarOp.Floor: return Flat(Floor(x));
            case ScalarOp.Ceiling: return Flat(Ceiling(x));
            case ScalarOp.Round: return Flat(Round(x));
            case ScalarOp.Truncate: return Flat(Truncate(x));
            case ScalarOp.BitIncrement: return Number.Dual(Next(x), a, 1);
            case ScalarOp.BitDecrement: return Number.Dual(-Next(-x), a, 1);
            case ScalarOp.ReciprocalEstimate: return Number.Of(1.0) / a;
            case ScalarOp.ReciprocalSqrtEstimate: return Number.Dual(1 / Sqrt(x), a, -0.5 / (x * Sqrt(x)));
            case ScalarOp.Detach: return Flat(x);
            case ScalarOp.Sqrt: return Number.Dual(Sqrt(x), a, 0.5 / Sqrt(x));
            case ScalarOp.Cbrt: return Number.Dual(Cbrt(x), a, 1 / (3 * Pow(Abs(x), 2.0 / 3)));
            case ScalarOp.Hypot: return Number.Dual(Hypot(x, y), a, Cos(Atan2(y, x)), b, Sin(Atan2(y, x)));
            case ScalarOp.Pow: return Power(a, b);
            case ScalarOp.Atan2: return Number.Dual(Atan2(x, y), a, y / (x * x + y * y), b, -x / (x * x + y * y));
            case ScalarOp.Atan2Pi: return Number.Dual(Atan2(x, y) / PI, a, y / (x * x + y * y) / PI, b, -x / (x * x + y * y) / PI);
            case ScalarOp.RootN: return Root(x, y, a);
            case ScalarOp.Beta: return Exponential(LogBeta(a, b));
            case ScalarOp.LogBeta: return LogBeta(a, b);
            case ScalarOp.BesselJ: return Number.Dual(BesselJ((int)x, y), b, (BesselJ((int)x - 1, y) - BesselJ((int)x + 1, y)) / 2, a, 0);
            case ScalarOp.PolyGamma: return Number.Dual(PolyGamma((int)x, y), b, PolyGamma((int)x + 1, y), a, 0);
            default: return Unary(op, a);
        }
    }

    /// <summary>The smallest number above.</summary>
    private static double Next(double x)
        => double.IsNaN(x) || double.IsPositiveInfinity(x) ? x
            : x == 0 ? double.Epsilon
            : BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) + (x > 0 ? 1 : -1));

    private static Number Unary(ScalarOp op, Number a)
    {
        double x = a.Real;
        return op switch
        {
            ScalarOp.Exp => Number.Dual(Exp(x), a, Exp(x)),
            ScalarOp.Exp2 => Number.Dual(Pow(2, x), a, Pow(2, x) * Log(2)),
            ScalarOp.ExpM1 => Number.Dual(ExpM1(x), a, Exp(x)),
            ScalarOp.Log => Number.Dual(Log(x), a, 1 / x),
            ScalarOp.Log2 => Number.Dual(Log(x, 2), a, 1 / (x * Log(2))),
            ScalarOp.Log10 => Number.Dual(Log10(x), a, 1 / (x * Log(10))),
            ScalarOp.LogP1 => Number.Dual(LogP1(x), a, 1 / (1 + x)),
            ScalarOp.Sin => Number.Dual(Sin(x), a, Cos(x)),
            ScalarOp.Cos => Number.Dual(Cos(x), a, -Sin(x)),
            ScalarOp.Tan => Number.Dual(Tan(x), a, 1 / (Cos(x) * Cos(x))),
            ScalarOp.Asin => Number.Dual(Asin(x), a, 1 / Sqrt((1 - x) * (1 + x))),
            ScalarOp.Acos => Number.Dual(Acos(x), a, -1 / Sqrt((1 - x) * (1 + x))),
            ScalarOp.Atan => Number.Dual(Atan(x), a, 1 / (1 + x * x)),
            ScalarOp.Sinh => Number.Dual(Sinh(x), a, Cosh(x)),
            ScalarOp.Cosh => Number.Dual(Cosh(x), a, Sinh(x)),
            ScalarOp.Tanh => Number.Dual(Tanh(x), a, 1 / (Cosh(x) * Cosh(x))),
            ScalarOp.Asinh => Number.Dual(Asinh(x), a, 1 / Hypot(1, x)),
            ScalarOp.Acosh => Number.Dual(Acosh(x), a, 1 / (Sqrt(x - 1) * Sqrt(x + 1))),
            ScalarOp.Atanh => Number.Dual(Atanh(x), a, 1 / ((1 - x) * (1 + x))),
            ScalarOp.Erf => Number.Dual(Erf(x), a, 2 / Sqrt(PI) * Exp(-x * x)),
            ScalarOp.Erfc => Number.Dual(Erfc(x), a, -2 / Sqrt(PI) * Exp(-x * x)),
            ScalarOp.Gamma => Number.Dual(Gamma(x), a, Gamma(x) * Digamma(x)),
            ScalarOp.LogGamma => Number.Dual(LogGamma(x), a, Digamma(x)),
            ScalarOp.Digamma => Number.Dual(Digamma(x), a, Trigamma(x)),
            ScalarOp.NormalQuantile => Number.Dual(NormalQuantile(x), a, 1 / NormalDensity(NormalQuantile(x))),
            ScalarOp.NormalCdf => Number.Dual(NormalCdf(x), a, NormalDensity(x)),
            ScalarOp.Sigmoid => Number.Dual(Sigmoid(x), a, Sigmoid(x) * Sigmoid(-x)),
            ScalarOp.Softplus => Number.Dual(Softplus(x), a, Sigmoid(x)),
            ScalarOp.Relu => Number.Dual(x > 0 ? x : double.IsNaN(x) ? x : 0, a, x > 0 ? 1 : double.IsNaN(x) ? x : 0),
            ScalarOp.Gelu => a * Number.Dual(NormalCdf(x), a, NormalDensity(x)),
            ScalarOp.GeluSlope => Number.Dual(NormalCdf(x), a, NormalDensity(x)) + a * Number.Dual(NormalDensity(x), a, -x * NormalDensity(x)),
            ScalarOp.GeluTanh => GeluTanh(a),
            ScalarOp.Silu => a * Number.Dual(Sigmoid(x), a, Sigmoid(x) * Sigmoid(-x)),
            _ => Scaled(op, a),
        };
    }

    /// <summary>The root of whole degree; of negative numbers too where the degree is odd.</summary>
    private static Number Root(double x, double degree, Number a)
    {
        double root = x < 0 && degree % 2 != 0 ? -Pow(-x, 1 / degree) : Pow(x, 1 / degree);
        return Number.Dual(root, a, 1 / (degree * Pow(root, degree - 1)));
    }

    private static Number LogBeta(Number a, Number b)
        => Unary(ScalarOp.LogGamma, a) + Unary(ScalarOp.LogGamma, b) - Unary(ScalarOp.LogGamma, a + b);

    public static Number Exponential(Number a) => Number.Dual(Exp(a.Real), a, Exp(a.Real));

    public static Number Logarithm(Number a) => Number.Dual(Log(a.Real), a, 1 / a.Real);

    public static Number SquareRoot(Number a) => Number.Dual(Sqrt(a.Real), a, 0.5 / Sqrt(a.Real));

    /// <summary>½ x (1 + tanh(√(2/π) (x + 0.044715 x³))).</summary>
    private static Number GeluTanh(Number a)
    {
        Number inner = Number.Of(Sqrt(2 / PI)) * (a + Number.Of(0.044715) * a * a * a);
        return Number.Of(0.5) * a * (Number.Of(1.0) + Unary(ScalarOp.Tanh, inner));
    }

    /// <summary>
    /// Constant in an exponent that is not varied: no logarithm then. x = 0 with a positive exponent has ∂/∂y = 0, and y = 0 has ∂/∂x = 0.
    /// </summary>
    private static Number Power(Number a, Number b)
    {
        double x = a.Real, y = b.Real, value = Pow(x, y);
        double dx = y == 0 ? 0 : y * Pow(x, y - 1);
        double dy = !b.IsVaried || (x == 0 && y > 0) ? 0 : value * Log(x);
        return Number.Dual(value, a, dx, b, dy);
    }

    /// <summary>At a tie of two varied operands each has half; at a tie with a constant the derivative is 0.</summary>
    private static Number Extremum(double value, bool isFirst, bool isTie, Number a, Number b)
    {
        double share = a.IsVaried && b.IsVaried ? 0.5 : 0;
        return isTie ? Number.Dual(value, a, share, b, share) : Number.Dual(value, a, isFirst ? 1 : 0, b, isFirst ? 0 : 1);
    }

    private static Number Flat(double value) => Number.Of(value);

    private static double Sign(Number a) => a.Real > 0 ? 1 : a.Real < 0 ? -1 : a.Real == 0 ? 0 : double.NaN;

    private static bool IsNegative(double x) => BitConverter.DoubleToInt64Bits(x) < 0;
}
