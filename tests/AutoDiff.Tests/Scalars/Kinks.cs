namespace AutoDiff.Tests.Scalars;

/// <summary>Functions whose derivatives at their kinks and at the edges of their domains are conventions.</summary>
internal static partial class Kinks
{
    [Differentiable] public static double Abs(double x) => Math.Abs(x);
    [Differentiable] public static double Max(double x, double y) => Math.Max(x, y);
    [Differentiable] public static double Min(double x, double y) => Math.Min(x, y);
    [Differentiable] public static double MaxZero(double x) => Math.Max(x, 0);
    [Differentiable] public static double MinZero(double x) => Math.Min(0, x);
    [Differentiable] public static double BranchZero(double x) => x > 0 ? x : 0;
    [Differentiable] public static double ClampZero(double x) => Math.Clamp(x, 0, double.PositiveInfinity);
    [Differentiable] public static double Relu(double x) => Ops.Relu(x);
    [Differentiable] public static double Clamp(double x) => Math.Clamp(x, -1, 2);
    [Differentiable] public static double Sqrt(double x) => Math.Sqrt(x);
    [Differentiable] public static double Norm(double x, double y) => Math.Sqrt(x * x + y * y);
    [Differentiable] public static double ZeroTimesSqrt(double x, [NoGradient] double weight) => weight * Math.Sqrt(x);
    [Differentiable] public static double Pow(double x, double y) => Math.Pow(x, y);
    [Differentiable] public static double Power(double x, [NoGradient] double y) => Math.Pow(x, y);
    [Differentiable] public static double Remainder(double x, double y) => x % y;
#pragma warning disable DIFF1103 // That these gradients are 0 everywhere is what is tested.
    [Differentiable] public static double Floor(double x) => Math.Floor(x);
    [Differentiable] public static double Round(double x) => Math.Round(x);
#pragma warning restore DIFF1103
    [Differentiable] public static double CopySign(double x, double y) => Math.CopySign(x, y);
    [Differentiable] public static double Atan2(double y, double x) => Math.Atan2(y, x);
    [Differentiable] public static double Sigmoid(double x) => Ops.Sigmoid(x);
    [Differentiable] public static double Softplus(double x) => Ops.Softplus(x);

    [Differentiable]
    public static double Unreached(double x, double y)
    {
        double never = Math.Log(x - x) / (y - y);
        return x * y;
    }

    [Differentiable] public static double Untaken(double x) => x > 0 ? x * x : Math.Sqrt(x) + Math.Log(x);

    [Differentiable] public static double Detached(double x) => x - Ad.Detach(x);
}
