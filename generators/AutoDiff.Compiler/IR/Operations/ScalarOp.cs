namespace AutoDiff.Compiler.IR;

/// <summary>The scalar functions of the IR. Names are those of <c>System.Math</c> where it has them.</summary>
public enum ScalarOp
{
    // Arithmetic.
    Add, Subtract, Multiply, Divide, Remainder, Ieee754Remainder, Negate, FusedMultiplyAdd, Square, Reciprocal,

    /// <summary>a·b, and exactly 0 where a is 0, even if b is infinite or NaN: the strong zero of adjoint code.</summary>
    StrongProduct,

    // Kinked and stepwise.
    Abs, Sign, CopySign, Max, Min, Clamp, Floor, Ceiling, Round, Truncate,

    // Neighbours, and estimates that the machine makes.
    BitIncrement, BitDecrement, ReciprocalEstimate, ReciprocalSqrtEstimate,

    // Roots, powers, exponentials, logarithms.
    Sqrt, Cbrt, RootN, Hypot, Pow, Exp, Exp2, Exp10, ExpM1, Exp2M1, Exp10M1, Log, Log2, Log10, LogP1, Log2P1, Log10P1,

    // Trigonometric and hyperbolic.
    Sin, Cos, Tan, Asin, Acos, Atan, Atan2, Sinh, Cosh, Tanh, Asinh, Acosh, Atanh,

    // The same with angles in half turns.
    SinPi, CosPi, TanPi, AsinPi, AcosPi, AtanPi, Atan2Pi,

    // Special functions and activations.
    Erf, Erfc, Gamma, LogGamma, Digamma, Beta, LogBeta, BesselJ, PolyGamma, NormalCdf, NormalQuantile, Sigmoid, Softplus, Relu, Gelu, GeluTanh, Silu,

    /// <summary>The derivative of Gelu: Φ(x) + x·φ(x).</summary>
    GeluSlope,

    // Comparisons, whose result is a truth value.
    Less, LessOrEqual, Greater, GreaterOrEqual, Equal, NotEqual, IsNaN, IsInfinity, IsFinite,

    // Logic and bits.
    And, Or, Xor, Not, ShiftLeft, ShiftRight,

    /// <summary>Select(condition, whenTrue, whenFalse); all three are evaluated.</summary>
    Select,

    /// <summary>To the element kind of the result.</summary>
    Convert,

    /// <summary>The value of the operand, with derivative 0. Never folded.</summary>
    Detach,
}

public static class ScalarOps
{
    /// <summary>The name in the textual form: the enum name with a small first letter.</summary>
    public static string Text(this ScalarOp op)
    {
        string name = op.ToString();
        return char.ToLowerInvariant(name[0]) + name.Substring(1);
    }

    public static bool IsComparison(this ScalarOp op) => op is >= ScalarOp.Less and <= ScalarOp.IsFinite;

    public static int Arity(this ScalarOp op) => op switch
    {
        ScalarOp.FusedMultiplyAdd or ScalarOp.Clamp or ScalarOp.Select => 3,
        ScalarOp.Add or ScalarOp.Subtract or ScalarOp.Multiply or ScalarOp.Divide or ScalarOp.Remainder or ScalarOp.Ieee754Remainder
            or ScalarOp.StrongProduct
            or ScalarOp.CopySign or ScalarOp.Max or ScalarOp.Min or ScalarOp.Hypot or ScalarOp.Pow or ScalarOp.Atan2 or ScalarOp.Atan2Pi or ScalarOp.PolyGamma
            or ScalarOp.Beta or ScalarOp.LogBeta or ScalarOp.BesselJ or ScalarOp.RootN
            or (>= ScalarOp.Less and <= ScalarOp.NotEqual)
            or ScalarOp.And or ScalarOp.Or or ScalarOp.Xor or ScalarOp.ShiftLeft or ScalarOp.ShiftRight => 2,
        _ => 1,
    };
}
