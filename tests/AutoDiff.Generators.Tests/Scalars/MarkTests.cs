namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>The attribute on what gets no members of its own is not ignored silently.</summary>
public class MarkTests
{
    [Theory]
    [InlineData("public readonly partial record struct Pair(double X) { [Differentiable] public static Pair operator +(Pair a, Pair b) => new(a.X + b.X); }", "+")]
    [InlineData("public readonly partial record struct Pair(double X) { [Differentiable] public static explicit operator double(Pair a) => a.X; }", "operator")]
    [InlineData("public partial class C { private readonly double _x = 1; public double X { [Differentiable] get => _x * _x; } }", "get")]
    [InlineData("public partial class C { public static double F(double x) { return L(x); [Differentiable] static double L(double y) => y * y; } }", "L")]
    public void Nothing_is_generated(string source, string at)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Equal([$"DIFF0006: {at}"], run.Reported);
        Assert.Empty(run.GeneratedSources);
    }
}
