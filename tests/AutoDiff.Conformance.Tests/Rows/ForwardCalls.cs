using System.Numerics;

namespace AutoDiff.Conformance;

/// <summary>Forward mode through calls that stay calls: recursion, rules, and generic methods that are put in place of their calls.</summary>
public static partial class ForwardCalls
{
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double Falling(double x, int n) => n == 0 ? 1 : x * Falling(x - 1, n - 1);

    [Row("forward_through_recursion", 2.5)]
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double Recursion(double x) => Falling(x, 3) * x;

    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double Horner(ReadOnlySpan<double> c, double x, int k) => k == c.Length ? 0 : c[k] + x * Horner(c, x, k + 1);

    [Row("forward_through_recursion", new double[] { 1, 2, 3 }, 0.5)]
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double RecursionOverASpan(ReadOnlySpan<double> c, double y)
    {
        double s = 0;
        for (int i = 0; i < 3; i++) s += Horner(c, y * s + 1, 0) * y;
        return s;
    }

    private static double Opaque(double x) => Math.BitIncrement(x * x);

    [DerivativeOf(typeof(ForwardCalls), nameof(Opaque))]
    private static (double Value, double DX) OpaqueVjp(double x, double dResult) => (Opaque(x), 2 * x * dResult);

    [DerivativeOf(typeof(ForwardCalls), nameof(Opaque))]
    private static (double Value, double Tangent) OpaqueJvp(double x, double xTangent) => (Opaque(x), 2 * x * xTangent);

    [Row("forward_through_a_rule", 3)]
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double Ruled(double x) => Opaque(x) * x;

    [Differentiable]
    public static T Long<T>(T x, T y)
        where T : IFloatingPointIeee754<T>
    {
        T s = x;
        for (int i = 0; i < 4; i++) s = T.Sin(s) * y + T.CreateChecked(0.5) * x;
        return s;
    }

    [Row("forward_through_a_generic_method", 0.8, 0.5)]
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double Generic(double x, double y) => Long(x, y) * Long(y, x * x);
}
