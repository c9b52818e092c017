namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>What is wrong with a method is said at the place, and nothing is generated for it; other methods go on.</summary>
public class DiagnosticTests
{
    [Fact]
    public void A_container_that_is_not_partial_is_reported_at_its_name()
        => Reports("DIFF0001: Functions", """
            public static class Functions
            {
                [Differentiable] public static double F(double x) => x;
            }
            """);

    [Fact]
    public void An_outer_type_that_is_not_partial_is_reported_at_its_name()
        => Reports("DIFF0001: Outer", """
            public static class Outer
            {
                public static partial class Functions
                {
                    [Differentiable] public static double F(double x) => x;
                }
            }
            """);

    [Fact]
    public void A_type_local_to_a_file_is_reported()
        => Reports("DIFF0002: F", """
            file static partial class Functions
            {
                [Differentiable] public static double F(double x) => x;
            }
            """);

    [Fact]
    public void An_explicit_implementation_is_reported()
        => Reports("DIFF0003: F", """
            public interface IFunction { double F(double x); }
            public partial class Function : IFunction
            {
                [Differentiable] double IFunction.F(double x) => x;
            }
            """);

    [Fact]
    public void A_method_without_a_body_is_reported()
        => Reports("DIFF0004: F", """
            public static partial class Functions
            {
                [Differentiable, System.Runtime.InteropServices.DllImport("none")] public static extern double F(double x);
            }
            """);

    [Fact]
    public void A_derivative_of_a_kind_that_is_not_generated_is_reported_at_the_attribute()
        => Reports("DIFF0005: Differentiable(Derivatives.Hessian)", """
            public static partial class Functions
            {
                [Differentiable(Derivatives.Hessian)] public static Tensor<double> F(Tensor<double> x) => x;
            }
            """);

    [Fact]
    public void A_lost_derivative_is_reported_at_its_expression()
        => Reports("DIFF1101: (int)x", """
            public static partial class Functions
            {
                [Differentiable] public static double F(double x) => x * (int)x;
            }
            """);

    [Fact]
    public void A_pragma_silences_a_diagnostic()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            #pragma warning disable DIFF1101
            public static partial class Functions
            {
                [Differentiable] public static double F(double x) => x * (int)x;
            }
            """);
        Assert.Empty(run.Diagnostics.Where(static d => !d.IsSuppressed));
    }

    [Fact]
    public void A_method_with_an_error_leaves_its_neighbour_alone()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable] public static double Bad(double x) => x * (int)x;
                [Differentiable] public static double Good(double x) => x * x;
            }
            """);
        Assert.Equal(["DIFF1101: (int)x"], run.Reported);
        Assert.Equal(["Functions.Good.Derivatives.g.cs"], run.GeneratedSources.Keys);
    }

    private static void Reports(string expected, string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Equal([expected], run.Reported);
        Assert.Empty(run.GeneratedSources);
    }
}
