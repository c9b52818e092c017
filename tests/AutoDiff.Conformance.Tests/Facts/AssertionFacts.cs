using AutoDiff.Generators.Tests;

namespace AutoDiff.Conformance;

/// <summary>Assertions in differentiable methods: calls that the compiler leaves away are left away, and others run once.</summary>
public class AssertionFacts
{
    private const string Source = """
        using System.Diagnostics;
        public static partial class P
        {
            [Differentiable] public static double F(double x)
            {
                Debug.Assert(x > 0);
                Debug.Assert(x < 9, "small", "x is " + x);
                Watched(x);
                return x * x;
            }
            [Conditional("WATCHED")] private static void Watched(double x) => throw new System.InvalidOperationException();
        }
        """;

    [Theory]
    [InlineData("", false)]
    [InlineData("#define DEBUG\n", true)]
    [InlineData("#define DEBUG\n#undef DEBUG\n", false)]
    public void Asserts_are_there_where_their_symbol_is_defined(string head, bool isDefined)
    {
        GeneratorRun run = GeneratorHarness.Run(head + Source);
        Assert.Equal(isDefined, run.Generated("F.Derivatives.g.cs").Contains("global::System.Diagnostics.Debug.Assert(", StringComparison.Ordinal));
        dynamic? gradient = run.Load().Call("P", "FGradient", 3.0);
        Assert.Equal((9.0, 6.0), ((double, double))gradient!);
    }
}
