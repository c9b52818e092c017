namespace AutoDiff.Conformance;

/// <summary>Parameters of primary constructors that methods read.</summary>
public static partial class CapturedParameters
{
    public enum Form { Constant, Line }

    /// <summary>Made in the method: the parameter is one of its numbers, with a derivative.</summary>
    public struct Filter(double b)
    {
        private double _z = 1;

        public double Next(double x)
        {
            double y = b * x + _z;
            _z = 0.5 * y;
            return y;
        }
    }

    // b·x + 1, and b·x² + (b·x + 1)/2
    [Row("captured_by_struct", 2, 3, Value = [7 + 21.5], Gradient = [3 + 9 + 1.5, 2 + 12 + 1])]
    [Differentiable]
    public static double Made(double b, double x)
    {
        var filter = new Filter(b);
        return filter.Next(x) + filter.Next(x * x);
    }

    public readonly struct Shifted(double by, double scale)
    {
        public double Scale { get; } = scale;

        public double Of(double x) => (x - by) * Scale;
    }

    [Row("captured_by_copies", 2, 3, Value = [27], Gradient = [3, 24])]
    [Differentiable]
    public static double Copied(double by, double x)
    {
        Shifted first = new(by, x), second = first;
        return first.Of(x) + second.Of(2 * x) * by;
    }
}

/// <summary>Comes from outside: its parameters are constants, as its fields are.</summary>
public partial class CapturedCurve(double b0, double b1, CapturedParameters.Form form, int degree)
{
    private double _extra = 0.25;

    [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
    public double At(double t) => form == CapturedParameters.Form.Line ? b0 + b1 * Power(t, degree) + _extra : b0;

    [Differentiable]
    public double Product(double t) => At(t) * b0 * At(-t);

    private static double Power(double t, int n)
    {
        double power = 1;
        for (int i = 0; i < n; i++) power *= t;
        return power;
    }

    private double Chain(double t, int n) => n == 0 ? b1 : b0 * t * Chain(t, n - 1);

    [Differentiable]
    public double Chained(double t) => Chain(t, degree);

    public void Move(double by) => (b0, _extra) = (b0 + by, _extra + by);

    public double Plain(double t) => b1 * t;
}

/// <summary>Methods of others that read it through its methods.</summary>
public static partial class CapturedCallers
{
    [Differentiable]
    public static double Of(CapturedCurve curve, double x) => curve.Plain(x) * x;
}
