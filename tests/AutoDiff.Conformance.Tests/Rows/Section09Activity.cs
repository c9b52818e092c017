#pragma warning disable DIFF1103 // Constant results: that their gradient is 0 is what some rows are about.
namespace AutoDiff.Conformance;

/// <summary>Section 9: what takes no part, and where derivatives are stopped.</summary>
public static partial class ActivityRows
{
    [Row("nodiff_param", 1.5, 2, Value = [6.25], Gradient = [3])]
    [Differentiable]
    public static double NodiffParam(double x, [NoGradient] double y) => x * x + y * y;

    [Row("detach", 3, Value = [3], Gradient = [0], IsKink = true)]
    [Differentiable]
    public static double Detached(double x) => Ad.Detach(x);

    // Not folded to 0.
    [Row("infinitesimal", 3, Value = [0], Gradient = [1], IsKink = true)]
    [Differentiable]
    public static double Infinitesimal(double x) => x - Ad.Detach(x);

    [Row("nodiff_call", 3, Value = [18], Gradient = [6], IsKink = true)]
    [Differentiable]
    public static double NodiffCall(double x) => Constant(x) + x * x;

    [NoGradient]
    private static double Constant(double x) => 3 * x;

    [Row("varied_not_useful", 3, Gradient = [6])]
    [Differentiable]
    public static double VariedNotUseful(double x)
    {
        double count = 0;
        for (int i = 0; i < 3; i++) count += Math.Sin(x * i);
        return count > 1000 ? x : x * x;
    }

    [Row("unused_partial", 2, 5, Gradient = [20])]
    [Differentiable]
    public static double UnusedPartial(double x, [NoGradient] double y) => x * x * y + Math.Exp(y);
}
