using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Tests.Calls;

/// <summary>Helpers without the attribute that call themselves have hidden members; where they cannot, the call says why.</summary>
public class RecursiveHelperTests
{
    [Theory]
    [InlineData("static class Other { public static double H(double x, int n) => n == 0 ? x : x * H(x, n - 1); }", "Other.H(x, 3)", "make 'Other' and the types around it partial")]
    [InlineData("static partial class Other { private static double G(double x, int n) => n == 0 ? x : x * G(x, n - 1); public static double H(double x) => «G(x, 3)»; }", "Other.H(x)", "is private to 'Other'; make it internal")]
    [InlineData("static partial class Other { public static double[] H(double[] x) => x.Length == 1 ? x : «H(x[1..])»; }", "Other.H([x, x])[0]", "return a number, a tuple or a struct of numbers, or write to a span")]
    [InlineData("static partial class Other { public static double H(double[][] x, int n) => n == 0 ? x[0][0] : H(x, n - 1); }", "Other.H([[x]], 2)", "only a body in place of the call sees the rows")]
    public void What_cannot_be_called(string other, string call, string message)
    {
        bool isInOther = other.Contains('«', StringComparison.Ordinal);
        string marked = isInOther ? other[(other.IndexOf('«', StringComparison.Ordinal) + 1)..other.IndexOf('»', StringComparison.Ordinal)]
            : call.EndsWith("[0]", StringComparison.Ordinal) ? call[..^3] : call;
        other = other.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
        GeneratorRun run = GeneratorHarness.Run($$"""
            {{other}}
            public static partial class Functions { [Differentiable] public static double F(double x) => {{call}}; }
            """);
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Contains(message, diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(marked, diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Empty(run.GeneratedSources);
    }

    [Theory]
    [InlineData("if (n == 0) return (int)x;", "(int)x")]
    [InlineData("if (n == 0) return x.ToString().Length;", "x.ToString()")]
    public void What_is_wrong_with_a_helper_is_said_once(string body, string at)
    {
        GeneratorRun run = GeneratorHarness.Run($$"""
            public static partial class Functions
            {
                static double H(double x, int n) { {{body}} return x * H(x, n - 1); }
                [Differentiable] public static double A(double x) => H(x, 2);
                [Differentiable] public static double B(double x) => 2 * H(x, 3);
            }
            """);
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(at, diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Empty(run.GeneratedSources);
    }

    [Fact]
    public void What_several_methods_ask_for_is_written_once()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            public static partial class Functions
            {
                static double H(double x, int n) => n == 0 ? x : x * H(x, n - 1);
                [Differentiable] public static double A(double x) => H(x, 2);
                [Differentiable(Derivatives.Jvp)] public static double B(double x) => A(x) * H(x, 3);
                public static double Tangent(double x) => BJvp(x, 1).Tangent;
            }
            """);
        Assert.Equal(3, run.GeneratedSources.Count);
        Assert.Equal(7 * Math.Pow(1.5, 6), (double)run.Load().Call("Functions", "Tangent", 1.5)!, 1e-12);
    }
}
