using System.Text.RegularExpressions;

namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>What a method is called on is evaluated once, whatever kind of call it turns out to be.</summary>
public class ReceiverTests
{
    [Fact]
    public void AnObjectOfOneCallIsMadeOnce()
    {
        GeneratorRun run = GeneratorHarness.Run(
            ["public static partial class P { [Differentiable(Derivatives.Gradient)] public static double F(double x) => x * new System.Random(3).NextDouble(); }"]);
        run.Compile();
        string[] members = run.Generated("F.Derivatives.g.cs").Split("public static ")[2..];
        Assert.Equal([1, 1, 0], members.Select(static member => Regex.Count(member, @"new global::System\.Random\(")));
    }
}
