using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Tests.Calls;

/// <summary>What is wrong with a method is said once, at its token; who calls it gets no members that would name what is not there, and says nothing more.</summary>
public class MissingMembersTests
{
    private const string Loop = "double s = 0; for (int i = 0; i < x.Length; i++)";

    [Theory]
    [InlineData("static double H(double x) => x * (int)x;", "(int)x")]
    [InlineData("[Differentiable] public static double H(double x) => x * (int)x;", "(int)x")]
    [InlineData("[Differentiable] public static double H(double x) { double s = 0; for (int i = 0; i < 4; i++) s += x * (int)x; return s; }", "(int)x")]
    public void A_lost_derivative(string callee, string at)
        => Says([$"DIFF1101: {at}"], $$"""
            public static partial class Functions
            {
                {{callee}}
                [Differentiable] public static double A(double x) => H(x);
                [Differentiable] public static double B(double x) => 2 * A(x);
            }
            """);

    [Fact]
    public void A_method_that_cannot_be_followed()
        => Says(["DIFF1004: x.ToString()"], $$"""
            public static partial class Functions
            {
                [Differentiable] public static double H(double[] x) { {{Loop}} s += x[i] * x.ToString()!.Length; return s; }
                [Differentiable] public static double A(double[] x) => H(x);
                [Differentiable] public static double B(double[] x) => 2 * A(x);
            }
            """);

    [Fact]
    public void A_container_that_is_not_partial()
        => Says(["DIFF0001: Library"], $$"""
            public static class Library { [Differentiable] public static double H(double[] x) { {{Loop}} s += x[i] * x[i]; return s; } }
            public static partial class Functions
            {
                [Differentiable] public static double A(double[] x) => Library.H(x);
            }
            """);

    [Theory]
    [InlineData("s += x[i] * x.ToString()!.Length", "DIFF1004: x.ToString()")]
    [InlineData("s += (int)x[i]", "DIFF1101: (int)x[i]")]
    public void A_virtual_method(string body, string expected)
        => Says([expected], $$"""
            public partial class Shape
            {
                [Differentiable] public virtual double H(double[] x) { {{Loop}} {{body}}; return s; }
            }

            public static partial class Functions
            {
                [Differentiable] public static double A(Shape shape, double[] x) => shape.H(x) * 2;
            }
            """);

    [Theory]
    [InlineData("(int)x", "DIFF1101: (int)x")]
    [InlineData("x.ToString().Length", "DIFF1002: x.ToString()")]
    public void Methods_that_call_each_other(string factor, string expected)
        => Says([expected], $$"""
            public static partial class Functions
            {
                [Differentiable] public static double A(double x, int n) => n == 0 ? x : B(x, n - 1) * 2;
                [Differentiable] public static double B(double x, int n) => n == 0 ? x : A(x, n - 1) * {{factor}};
                [Differentiable] public static double C(double x, int n) => A(x, n) + B(x, n);
            }
            """);

    [Fact]
    public void A_tensor_method_and_a_derivative_that_it_does_not_have()
        => Says(["DIFF0005: Differentiable(Derivatives.Jacobian)"], """
            public static partial class Functions
            {
                [Differentiable(Derivatives.Jacobian)]
                [return: Shape("n")] public static Tensor<double> F([Shape("n")] Tensor<double> x) => x;
                [Differentiable] public static double G([Shape("n")] Tensor<double> x) => Ops.Sum(F(x) * x);
                [Differentiable] public static double H([Shape("n")] Tensor<double> x) => 2 * G(x);
            }
            """);

    [Fact]
    public void A_caller_that_asks_for_more_waits_too()
        => Says(["DIFF0005: Differentiable(Derivatives.Hessian)"], $$"""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Hessian)] public static double H(double[] x, float y) { {{Loop}} s += x[i] * y; return s; }
                [Differentiable(Derivatives.Jvp)] public static double A(double[] x, float y) => H(x, y);
            }
            """);

    [Fact]
    public void A_call_without_a_derivative_asks_for_no_members()
    {
        GeneratorRun run = GeneratorHarness.Run($$"""
            public static partial class Functions
            {
                [Differentiable] public static double H(double[] x) { {{Loop}} s += (int)x[i]; return s; }
                [Differentiable] public static double A(double[] x) => Ad.Detach(H(x)) * x[0];
                [Differentiable] public static double B(double[] x) { {{Loop}} s += A(x); return s; }
            }
            """);
        Assert.Equal(["DIFF1101: (int)x[i]"], run.Reported);
        Assert.Equal(["Functions.A.Derivatives.g.cs", "Functions.B.Derivatives.g.cs"], run.GeneratedSources.Keys);
    }

    [Fact]
    public void A_derivative_that_is_called_and_that_cannot_be_written()
        => Assert.Equal(["DIFF1002: x.ToString()"], GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable] public static double Phi(double x) { double s = 0; for (int i = 0; i < 4; i++) s += x * x.ToString().Length; return s; }
                [Differentiable] public static double G(double x) => PhiGradient(x) * x;
            }
            """).Reported);

    [Fact]
    public void Another_assembly_that_was_built_without_the_generator()
    {
        MetadataReference library = GeneratorHarness.Run($$"""
            public static partial class Library { [Differentiable] public static double H(double[] x) { {{Loop}} s += x[i] * x[i]; return s; } }
            """).Input.ToMetadataReference();
        GeneratorRun run = GeneratorHarness.Run(["""
            public static partial class Functions
            {
                [Differentiable] public static double A(double[] x) => Library.H(x);
                [Differentiable] public static double B(double[] x) => A(x) * 2;
            }
            """], [library]);
        Assert.Equal(["DIFF1004: Library.H(x)"], run.Reported);
        Assert.Contains("has no derivatives of it; build that with the generator", run.Diagnostics[0].GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(run.GeneratedSources);
    }

    private static void Says(string[] expected, string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Equal(expected, run.Reported);
        Assert.Empty(run.GeneratedSources);
    }
}
