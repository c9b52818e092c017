namespace AutoDiff.Generators.Tests.Incremental;

/// <summary>What stands there twice while one types is generated once: the generator goes on, and the compiler says what is wrong.</summary>
public class TwiceDeclaredTests
{
    [Theory]
    [InlineData("public static partial class A { [Differentiable] public static double F(double a) => a; [Differentiable] public static double F(double a) => a * a; }", "CS0111")]
    [InlineData("public static partial class A { [Differentiable] public static partial double F(double a); [Differentiable] public static partial double F(double a) => a; }", "CS0579")]
    [InlineData("[Differentiable] public partial class M(int n) { [Parameter(\"n\")] public partial Tensor<float> W { get; } } [Differentiable] public partial class M;", "CS0579")]
    public void It_is_generated_once(string source, string error)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Single(run.GeneratedSources);
        Assert.Contains(run.Input.GetDiagnostics(), d => d.Id == error);
    }
}
