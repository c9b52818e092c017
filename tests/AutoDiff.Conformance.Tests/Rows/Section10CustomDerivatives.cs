namespace AutoDiff.Conformance;

/// <summary>Section 10: derivatives that are given by hand. Rows whose rule is not the slope of the body are kinks to the check of slopes.</summary>
public static partial class CustomDerivatives
{
    private static double Unary(double x) => 2 * x;

    [DerivativeOf(typeof(CustomDerivatives), nameof(Unary))]
    private static (double Value, double DX) UnaryRule(double x, double dResult) => (2 * x, dResult * x * 2);

    [Row("custom_vjp", 10, Value = [20], Gradient = [20], IsKink = true)]
    [Differentiable]
    public static double CustomVjp(double x) => Unary(x);

    [DerivativeOf(typeof(Math), nameof(Math.ScaleB))]
    private static (double Value, double DX) ScaleB(double x, int n, double dResult) => (Math.ScaleB(x, n), Math.ScaleB(dResult, n));

    [Row("custom_after_the_fact", 3, Value = [72], Gradient = [48])]
    [Differentiable]
    public static double CustomAfterTheFact(double x) => Math.ScaleB(x * x, 3);

    private static double Overloaded(double x) => x;

    private static double Overloaded(double x, double y) => x * y;

    [DerivativeOf(typeof(CustomDerivatives), nameof(Overloaded))]
    private static (double, double) OfOne(double x, double dResult) => (x, 3 * dResult);

    [DerivativeOf(typeof(CustomDerivatives), nameof(Overloaded))]
    private static (double, double, double) OfTwo(double x, double y, double dResult) => (x * y, 5 * dResult, 7 * dResult);

    [Row("overload_selects_rule", 2, 4, Value = [10], Gradient = [8, 7], IsKink = true)]
    [Differentiable]
    public static double OverloadSelectsRule(double x, double y) => Overloaded(x) + Overloaded(x, y);

    [Row("rule_and_differentiable", 3, Value = [9], Gradient = [100], IsKink = true)]
    [Differentiable]
    public static double RuleAndDifferentiable(double x) => x * x;

    [DerivativeOf(typeof(CustomDerivatives), nameof(RuleAndDifferentiable))]
    private static (double Value, double DX) RuleAndDifferentiableRule(double x, double dResult) => (x * x, 100 * dResult);

    private static double Original(double x) => x * x;

    [Differentiable]
    public static double Substitute(double x) => 2 * x * x;

    [DerivativeOf(typeof(CustomDerivatives), nameof(Original))]
    private static (double Value, double DX) OriginalRule(double x, double dResult) => (Original(x), SubstituteVjp(x, dResult).DX);

    [Row("primal_substitute", 3, Value = [9], Gradient = [12], IsKink = true)]
    [Differentiable]
    public static double PrimalSubstitute(double x) => Original(x);

    [NoGradient]
    private static double Table(double x) => Math.Floor(x) * 10;

    [Row("treat_as_const", 3, Value = [90], Gradient = [30], IsKink = true)]
    [Differentiable]
    public static double TreatAsConst(double x) => Table(x) * x;

    private static double Root(double x) => Math.Sqrt(x);

    [DerivativeOf(typeof(CustomDerivatives), nameof(Root))]
    private static (double Value, double Residual) RootRecord(double x) => (Math.Sqrt(x), Math.Sqrt(x));

    [DerivativeOf(typeof(CustomDerivatives), nameof(Root))]
    private static double RootPullback(double x, double residual, double dResult) => dResult / (2 * residual);

    [Row("residual_handoff", 2, 3)]
    [Differentiable]
    public static double ResidualHandoff(double x, double y)
    {
        double s = x;
        for (int i = 0; i < 3; i++) s = Root(s + y) * Root(s);
        return s;
    }

    private static double Hook(double x) => x;

    // A hook sees each of the three pieces, 16 at 4, and hands them on.
    [DerivativeOf(typeof(CustomDerivatives), nameof(Hook))]
    private static (double Value, double DX) HookRule(double x, double dResult) => (x, Math.Abs(dResult - 16) < 1e-12 || x != 4 ? dResult : double.NaN);

    [Row("grad_hook", 4, Value = [64], Gradient = [48])]
    [Differentiable]
    public static double GradHook(double x) => Hook(x) * Hook(x) * Hook(x);
}
