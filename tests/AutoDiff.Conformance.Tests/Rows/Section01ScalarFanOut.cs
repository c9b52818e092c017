namespace AutoDiff.Conformance;

/// <summary>Section 1: scalars, and values that are used more than once.</summary>
public static partial class ScalarFanOut
{
    [Row("mul2", 3, 4, Value = [12], Gradient = [4, 3])]
    [Differentiable]
    public static double Mul2(double x, double y) => x * y;

    [Row("neg_mul", 3, 4, Value = [-12], Gradient = [-4, -3])]
    [Differentiable]
    public static double NegMul(double x, double y) => -x * y;

    // The two adjoints cancel to exactly 0.
    [Row("fan_cancel", 100, Value = [0], Gradient = [0])]
    [Differentiable]
    public static double FanCancel(double x) => x - x;

    [Row("fan_mix", 3, 2, Value = [12], Gradient = [4, 3])]
    [Differentiable]
    public static double FanMix(double x, double y) => x + x + x * y;

    [Row("repeat_call", 0, Value = [0], Gradient = [4])]
    [Differentiable]
    public static double RepeatCall(double x) => Twice(Twice(x));

    [Keep]
    [Differentiable]
    public static double Twice(double x) => 2 * x;

    [Row("div2", 4, 5, Value = [0.8], Gradient = [0.2, -0.16])]
    [Differentiable]
    public static double Div2(double x, double y) => x / y;

    [Row("capture_local", 0, Value = [0], Gradient = [10])]
    [Differentiable]
    public static double CaptureLocal(double x)
    {
        double z = 10;
        Func<double, double> scaled = t => z * t;
        return scaled(x);
    }

    // acos of something below −1 is NaN, and its slope too; nothing reads it.
    [Row("dead_domain", 5, 3, Value = [150], Gradient = [60, 50])]
    [Differentiable]
    public static double DeadDomain(double c, double a0)
    {
        double a = Math.Acos(-c / a0);
        a = 2 * c * c * a0;
        return a;
    }
}
