using AutoDiff.Generators.Tests;

namespace AutoDiff.Conformance;

/// <summary>Section 17, and of section 9 what is seen in the code: what is stored, how many bytes, and why; and what is not there.</summary>
public class StorageFacts
{
    [Fact(DisplayName = "no_storage_linear_loop")]
    public void A_linear_loop_stores_nothing()
        => Assert.DoesNotContain("ResidualStack", Gradient("double t = x; for (int i = 0; i < 5; i++) t = t * (i + 1); return t;"), StringComparison.Ordinal);

    [Fact(DisplayName = "counter_not_saved")]
    public void Affine_counters_are_not_stored()
    {
        string text = Gradient("double t = x; int k = 7; int i = 0; while (i < 5) { t += x * k * i; k += 3; i++; } return t;");
        Assert.DoesNotContain("ResidualStack", text, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "only_needed_saved")]
    public void Only_what_the_squares_need_is_stored()
    {
        string text = Gradient("double t = x; for (int i = 0; i < 3; i++) t *= t; return t;");
        Assert.Equal(2, text.Split("ResidualStack<double>").Length);
        Assert.DoesNotContain("ResidualStack<int>", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("tSaved = default").Length);
    }

    [Fact(DisplayName = "independent_iterations")]
    public void Independent_iterations_store_nothing()
        => Assert.DoesNotContain(
            "ResidualStack", Gradient("double s = 0; for (int i = 0; i < 5; i++) { double u = x * i; s += Math.Sin(u) * Math.Exp(u); } return s;"), StringComparison.Ordinal);

    [Fact(DisplayName = "exact_bytes_report")]
    public void The_card_lists_every_stored_value()
        => Assert.Contains(
            "8 bytes for each iteration, on a stack: a state that the loop carries.",
            Gradient("double t = x; for (int i = 0; i < 3; i++) t *= t; return t;"), StringComparison.Ordinal);

    [Fact(DisplayName = "varied_not_useful")]
    public void What_does_not_reach_the_result_has_no_adjoint()
        => Assert.DoesNotContain(
            "Cos(", Gradient("double c = 0; for (int i = 0; i < 3; i++) c += Math.Sin(x * i); return c > 1000 ? x : x * x;"), StringComparison.Ordinal);

    [Fact(DisplayName = "unused_partial")]
    public void What_has_no_gradient_has_no_adjoint()
    {
        GeneratorRun run = GeneratorHarness.Run(
            "public static partial class P { [Differentiable] public static double F(double x, [NoGradient] double y) => x * x * Math.Sin(y); }");
        run.Compile();
        Assert.DoesNotContain("Cos(", run.Generated("F.Derivatives.g.cs"), StringComparison.Ordinal);
    }

    // The gradient member alone.
    private static string Gradient(string body)
    {
        GeneratorRun run = GeneratorHarness.Run($"public static partial class P {{ [Differentiable] public static double F(double x) {{ {body} }} }}");
        run.Compile();
        string text = run.Generated("F.Derivatives.g.cs");
        return text[..text.IndexOf("Vector-Jacobian product", StringComparison.Ordinal)];
    }
}
