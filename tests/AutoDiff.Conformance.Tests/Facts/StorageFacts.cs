using AutoDiff.Generators.Tests;

namespace AutoDiff.Conformance;

public static partial class Unbounded
{
    [Differentiable]
    public static double Decay(double x, double rate)
    {
        double t = x;
        while (t > 1e-3) t -= rate * t;
        return t;
    }
}

/// <summary>Section 17, and of section 9 what is seen in the code: what is stored, how many bytes, and why; and what is not there.</summary>
public class StorageFacts
{
    [Fact(DisplayName = "no_storage_linear_loop")]
    public void A_linear_loop_stores_nothing()
        => AssertNothingStored(Gradient("double t = x; for (int i = 0; i < 5; i++) t = t * (i + 1); return t;"));

    [Fact(DisplayName = "counter_not_saved")]
    public void Affine_counters_are_not_stored()
    {
        string text = Gradient("double t = x; int k = 7; int i = 0; while (i < 5) { t += x * k * i; k += 3; i++; } return t;");
        AssertNothingStored(text);
    }

    [Fact(DisplayName = "only_needed_saved")]
    public void Only_what_the_squares_need_is_stored()
    {
        string text = Gradient("double t = x; for (int i = 0; i < 3; i++) t *= t; return t;");
        Assert.DoesNotContain("ResidualStack", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("stackalloc").Length);
        Assert.Contains("tSaved = stackalloc double[3]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_iterations_as_nobody_knows_are_stored_in_pooled_memory()
    {
        string text = Gradient("double t = x; for (int i = 0; i < (int)n; i++) t *= t; return t;", "[NoGradient] double n");
        Assert.Equal(2, text.Split("ResidualStack<double>").Length);
        Assert.DoesNotContain("ResidualStack<int>", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("tSaved = default").Length);
    }

    [Fact]
    public void Nobody_has_to_say_how_many_iterations_there_are()
    {
        foreach (double rate in (double[])[0.9, 0.1, 1e-3, 1e-5])
        {
            int n = 0;
            for (double t = 2; t > 1e-3; t -= rate * t) n++;
            (double value, double dx, double dRate) = Unbounded.DecayGradient(2, rate);
            Assert.Equal(Unbounded.Decay(2, rate), value);
            Assert.Equal(1, dx / (value / 2), 1e-9);
            Assert.Equal(1, dRate / (-n * value / (1 - rate)), 1e-9);
        }
    }

    [Fact]
    public void A_while_loop_over_neighbours_knows_its_counter()
    {
        string text = Gradient("double t = x; int i = 0; while (i + 1 < (int)n) { t += x * x * i; i++; } return t;", "[NoGradient] double n");
        AssertNothingStored(text);
    }

    [Fact]
    public void What_is_expensive_is_stored_where_something_is_stored_anyway()
    {
        string text = Gradient("double t = x; for (int i = 1; i < 9; i++) t += t * Math.Sin(t) * Math.Exp(1.0 / i); return t;");
        Assert.Equal(2, text.Split("Math.Exp(1 /").Length);
    }

    [Fact(DisplayName = "independent_iterations")]
    public void Independent_iterations_store_nothing()
        => AssertNothingStored(Gradient("double s = 0; for (int i = 0; i < 5; i++) { double u = x * i; s += Math.Sin(u) * Math.Exp(u); } return s;"));

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

    private static void AssertNothingStored(string text)
    {
        Assert.DoesNotContain("ResidualStack", text, StringComparison.Ordinal);
        Assert.DoesNotContain("stackalloc", text, StringComparison.Ordinal);
    }

    // The gradient member alone.
    private static string Gradient(string body, string more = "")
    {
        string parameters = more.Length == 0 ? "double x" : $"double x, {more}";
        GeneratorRun run = GeneratorHarness.Run($"public static partial class P {{ [Differentiable] public static double F({parameters}) {{ {body} }} }}");
        run.Compile();
        string text = run.Generated("F.Derivatives.g.cs");
        return text[..text.IndexOf("Vector-Jacobian product", StringComparison.Ordinal)];
    }
}
