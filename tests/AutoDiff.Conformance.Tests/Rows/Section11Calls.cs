using System.Numerics;

namespace AutoDiff.Conformance;

/// <summary>Section 11: calls and dispatch.</summary>
public static partial class Calls
{
    [Row("generic_constraint", 4, 5, Value = [4], Gradient = [1, 0])]
    [Row("generic_constraint", -4, 5, Value = [5], Gradient = [0, 1])]
    [Differentiable]
    public static double GenericConstraint(double x, double y) => Choose(x, y);

    [Differentiable]
    public static T Choose<T>(T x, T y)
        where T : IFloatingPoint<T>
        => x > T.Zero ? x : y;

    [Row("static_abstract", 0.7)]
    [Differentiable]
    public static double StaticAbstractDouble(double x) => Waves(x);

    [Differentiable]
    public static T Waves<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        T s = x;
        for (int i = 0; i < 3; i++) s = T.Sin(s) * T.CreateChecked(1.5);
        return s;
    }

    [Row("lambda_capture", 2, Value = [12], Gradient = [12])]
    [Differentiable]
    public static double LambdaCapture(double x)
    {
        double c = 3;
        Func<double, double> f = t => t * t * c;
        return f(x);
    }

    // The captured variable is read where the call is.
    [Row("lambda_capture", 2, 5)]
    [Differentiable]
    public static double MutatedCapture(double x, double y)
    {
        double c = x;
        double Scaled(double t) => t * c;
        double first = Scaled(y);
        c = y * y;
        return first + Scaled(x);
    }

    [Row("lambda_capture", 2)]
    [Differentiable]
    public static double MethodGroup(double x)
    {
        Func<double, double> f = Math.Sin;
        return Twice(f, x);

        static double Twice(Func<double, double> g, double v) => g(g(v));
    }
}
