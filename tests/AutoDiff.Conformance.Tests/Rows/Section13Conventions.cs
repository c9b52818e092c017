#pragma warning disable DIFF1103 // Constant results: that their gradient is 0 is what some rows are about.
namespace AutoDiff.Conformance;

/// <summary>Section 13: numeric conventions. At kinks the derivative is what the semantics say, for every spelling.</summary>
public static partial class Conventions
{
    [Row("max_tie", 3, 3, Gradient = [0.5, 0.5], IsKink = true)]
    [Row("max_tie", 3, 2, Gradient = [1, 0])]
    [Differentiable]
    public static double Max(double x, double y) => Math.Max(x, y);

    [Row("max_tie", 3, 3, Gradient = [0.5, 0.5], IsKink = true)]
    [Differentiable]
    public static double Min(double x, double y) => Math.Min(x, y);

    [Row("abs_zero", 0, Value = [0], Gradient = [0], IsKink = true)]
    [Row("abs_zero", -2, Gradient = [-1])]
    [Differentiable]
    public static double Abs(double x) => Math.Abs(x);

    [Row("relu_forms_agree", 0, Gradient = [0], IsKink = true)]
    [Row("relu_forms_agree", 2, Gradient = [1])]
    [Row("relu_forms_agree", -2, Gradient = [0])]
    [Differentiable]
    public static double ReluAsMax(double x) => Math.Max(x, 0);

    [Row("relu_forms_agree", 0, Gradient = [0], IsKink = true)]
    [Row("relu_forms_agree", 2, Gradient = [1])]
    [Row("relu_forms_agree", -2, Gradient = [0])]
    [Differentiable]
    public static double ReluAsTernary(double x) => x > 0 ? x : 0;

    [Row("relu_forms_agree", 0, Gradient = [0], IsKink = true)]
    [Row("relu_forms_agree", 2, Gradient = [1])]
    [Row("relu_forms_agree", -2, Gradient = [0])]
    [Differentiable]
    public static double ReluAsClamp(double x) => Math.Clamp(x, 0, double.PositiveInfinity);

    [Row("sqrt_zero", 0, Value = [0], Gradient = [double.PositiveInfinity], IsKink = true)]
    [Row("sqrt_zero", 0, Seed = [0], Gradient = [0], IsKink = true)]
    [Row("sqrt_zero", 4, Gradient = [0.25])]
    [Differentiable]
    public static double Sqrt(double x) => Math.Sqrt(x);

    [Row("pow_zero_zero", 0, 0, Value = [1], Gradient = [0, 0], IsKink = true)]
    [Row("pow_zero_zero", 0, 2, Value = [0], Gradient = [0, 0], IsKink = true)]
    [Row("pow_zero_zero", 2, 0, Value = [1], Gradient = [0, 0.6931471805599453])]
    [Row("pow_zero_zero", 2, 3, Gradient = [12, 5.545177444479562])]
    [Differentiable]
    public static double Pow(double x, double y) => Math.Pow(x, y);

    [Row("pow_negative_base", -2, 2, Value = [4], Gradient = [-4])]
    [Differentiable]
    public static double PowNegativeBase(double x, [NoGradient] double y) => Math.Pow(x, y);

    [Row("clamp_edges", 0.5, -1, 1, Gradient = [1, 0, 0])]
    [Row("clamp_edges", -2, -1, 1, Gradient = [0, 1, 0])]
    [Row("clamp_edges", 2, -1, 1, Gradient = [0, 0, 1])]
    [Differentiable]
    public static double Clamp(double x, double low, double high) => Math.Clamp(x, low, high);

    [Row("fmod", -5.3, 2, Gradient = [1, 2])]
    [Row("fmod", 5.3, 2, Gradient = [1, -2])]
    [Differentiable]
    public static double Remainder(double x, double y) => x % y;

    [Row("floor_round", 2.4, Gradient = [0])]
    [Differentiable]
    public static double Steps(double x) => Math.Floor(x) + Math.Round(x) + Math.Ceiling(x) + Math.Truncate(x) + Math.Sign(Ad.Detach(x));

    [Row("floor_round", 2.5, Gradient = [0], IsKink = true)]
    [Differentiable]
    public static double Round(double x) => Math.Round(x);

    [Row("atan2_quadrants", 1, 2, Gradient = [0.4, -0.2])]
    [Row("atan2_quadrants", -1, -2, Gradient = [-0.4, 0.2])]
    [Row("atan2_quadrants", 1, -2, Gradient = [-0.4, -0.2])]
    [Row("atan2_quadrants", -1, 2, Gradient = [0.4, 0.2])]
    [Row("atan2_quadrants", 0, 0, Seed = [0], Gradient = [0, 0], IsKink = true)]
    [Differentiable]
    public static double Atan2(double y, double x) => Math.Atan2(y, x);

    [Row("copysign", 2, -3, Gradient = [-1, 0])]
    [Row("copysign", -2, -3, Gradient = [1, 0])]
    [Row("copysign", 0, 3, Gradient = [0, 0], IsKink = true)]
    [Differentiable]
    public static double CopySign(double x, double y) => Math.CopySign(x, y);

    [Row("float_double_cast", 0.5, Gradient = [0.75], SlopeTolerance = 1e-2)]
    [Differentiable]
    public static double FloatDoubleCast(double d)
    {
        float f = (float)d;
        return f * f * d;
    }

    // A sum of ones in Half stays at 2048.
    [Row("half_accumulate", 0.001, Gradient = [3000], IsKink = true)]
    [Differentiable]
    public static Half HalfSum(Half x)
    {
        Half s = (Half)0;
        for (int i = 0; i < 3000; i++) s += x;
        return s;
    }

    [Row("strong_zero", 0, 5, Value = [0], Gradient = [0, 0], IsKink = true)]
    [Differentiable]
    public static double StrongZero(double x, double y) => Math.Sqrt(x) * 0 * y;
}
