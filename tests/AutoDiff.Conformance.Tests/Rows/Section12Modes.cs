namespace AutoDiff.Conformance;

/// <summary>Section 12: forward mode, higher derivatives, and derivatives of methods that call derivatives.</summary>
public static partial class ModeRows
{
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp | Derivatives.Hessian)]
    public static double Fourth(double x) => x * x * x * x;

    [Row("reverse_over_forward", 4, Value = [256], Gradient = [192])]
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double FirstByForward(double x) => FourthJvp(x, 1).Tangent;

    [Row("second_derivative_fwd", 4, Value = [192], Gradient = [96])]
    [Differentiable]
    public static double SecondByForward(double x) => FirstByForwardJvp(x, 1).Tangent;

    [Row("reverse_over_reverse", 4, Value = [256], Gradient = [192])]
    [Differentiable]
    public static double FirstByReverse(double x) => FourthGradient(x).DX;

    [Row("forward_over_reverse", 4, Value = [192], Gradient = [96])]
    [Differentiable]
    public static double SecondByProduct(double x) => FourthHvp(x, 1).DXDot;

    [Differentiable(Derivatives.Gradient | Derivatives.Hessian)]
    public static double Products(ReadOnlySpan<double> p, [NoGradient] double q) => p[0] * p[1] * p[2] + p[3] * q * q;

    [Differentiable(Derivatives.Gradient | Derivatives.Hvp)]
    public static double Sine(double x) => Math.Sin(x);

    [Row("sin_second", Math.PI / 2, Value = [-1])]
    [Differentiable]
    public static double SineSecond(double x) => SineHvp(x, 1).DXDot;

    [Differentiable(Derivatives.Gradient | Derivatives.Hvp | Derivatives.Jvp)]
    public static double Power(double x, int n)
    {
        double product = 1;
        for (int i = 0; i < n; i++) product *= x;
        return product;
    }

    [Row("through_loop_order2", 2, 5, Value = [160], Gradient = [240])]
    [Differentiable]
    public static double PowerSecond(double x, int n) => PowerHvp(x, n, 1).DXDot;

    [Row("through_loop_order2", 2, 5, Value = [80], Gradient = [160])]
    [Differentiable]
    public static double PowerFirst(double x, int n) => PowerGradient(x, n).DX;

    // Eleven inputs and twelve outputs: two passes of columns.
    [Differentiable(Derivatives.Jvp | Derivatives.Jacobian)]
    public static void Mixed(ReadOnlySpan<double> x, double y, Span<double> z)
    {
        for (int i = 0; i < z.Length; i++) z[i] = Math.Sin(x[i % x.Length] * y) + x[(i + 1) % x.Length] / (1 + y * y);
    }
}
