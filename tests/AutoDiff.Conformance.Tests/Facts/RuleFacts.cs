using AutoDiff.Generators.Tests;

namespace AutoDiff.Conformance;

public static partial class Hints
{
    private static int s_runs;

    public static int Runs => s_runs;

    [Differentiable, Recompute]
    public static double Recomputed(double x, double y)
    {
        double s = x;
        for (int i = 0; i < 5; i++) s = Math.Sin(s) * y;
        return s;
    }

    [Differentiable, Keep]
    public static double Kept(double x, double y)
    {
        double s = x;
        for (int i = 0; i < 5; i++) s = Math.Sin(s) * Counted(y);
        return s;
    }

    [Differentiable]
    public static double ThroughRecomputed(double x, double y) => Recomputed(x, y) * Recomputed(y, x);

    [Differentiable]
    public static double ThroughKept(double x, double y) => Kept(x, y) * Kept(y, x);

    [NoGradient]
    private static double One()
    {
        s_runs++;
        return 1;
    }

    private static double Counted(double y) => y * One();
}

/// <summary>Of section 10 what is not a number, and the hints of section 17: what runs again, and what does not.</summary>
public class RuleFacts
{
    [Fact(DisplayName = "signature_mismatch")]
    public void A_rule_of_the_wrong_signature_is_told_the_right_one()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            public static partial class P
            {
                static double G(double x) => x;

                [DerivativeOf(typeof(P), nameof(G))] static (double, double) GVjp(double x, float dResult) => (x, dResult);
            }
            """);
        Assert.Equal(["DIFF0020: dResult"], run.Reported);
        Assert.Contains("static (double Value, double DX) GVjp(double x, double dResult)", run.Diagnostics[0].GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("dResult", run.Diagnostics[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "recompute_hint")]
    public void What_is_recomputed_stores_nothing_in_its_caller()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            public static partial class P
            {
                [Differentiable, Recompute]
                public static double G(double x, double y) { double s = x; for (int i = 0; i < 5; i++) s = Math.Sin(s) * y; return s; }

                [Differentiable] public static double F(double x, double y) => G(x, y) * G(y, x);
            }
            """);
        run.Compile();
        string text = run.Generated("F.Derivatives.g.cs");
        Assert.DoesNotContain("ResidualStack", text[..text.IndexOf("Vector-Jacobian product", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Equal(Slopes(Hints.ThroughRecomputed, 0.7, 1.3), Gradient(Hints.ThroughRecomputedGradient(0.7, 1.3)), Within(1e-8));
        Assert.Equal(Gradient(Hints.ThroughKeptGradient(0.7, 1.3)), Gradient(Hints.ThroughRecomputedGradient(0.7, 1.3)), Within(1e-14));
    }

    [Fact(DisplayName = "keep_hint")]
    public void What_is_kept_does_not_run_again()
    {
        int before = Hints.Runs;
        Hints.ThroughKept(0.7, 1.3);
        int once = Hints.Runs - before;
        Assert.Equal(10, once);
        (double, double, double) gradient = Hints.ThroughKeptGradient(0.7, 1.3);
        Assert.Equal(2 * once, Hints.Runs - before);
        Assert.Equal(Slopes(Hints.ThroughKept, 0.7, 1.3), Gradient(gradient), Within(1e-8));
    }

    private static double[] Gradient((double Value, double DX, double DY) result) => [result.DX, result.DY];

    private static double[] Slopes(Func<double, double, double> f, double x, double y)
        => [(f(x + 1e-6, y) - f(x - 1e-6, y)) / 2e-6, (f(x, y + 1e-6) - f(x, y - 1e-6)) / 2e-6];

    private static Comparison Within(double tolerance) => new(tolerance);

    private sealed class Comparison(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double a, double b) => Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Abs(a));

        public int GetHashCode(double value) => 0;
    }
}
