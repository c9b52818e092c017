namespace AutoDiff.Tests.Debugging;

/// <summary>A method whose derivative is stepped through.</summary>
public static partial class Stepped
{
    [Differentiable]
    public static double Pull(double x, double y)
    {
        double h = Math.Tanh(x * y);
        double s = Math.Exp(h) * x;
        return s * s + h;
    }
}
