namespace AutoDiff.Generators.Tests.Dispatch;

/// <summary>Methods that implement one another have members together or not at all: where one is wrong, that is all that is said.</summary>
public class FamilyTests
{
    private const string Abstract = "public abstract partial class Shape { [Differentiable] public abstract double Area(double s); }";
    private const string Interface = "public partial interface IShape { [Differentiable] double Area(double s); }";
    private const string Right = "public sealed partial class Circle : Shape { [Differentiable] public override double Area(double s) => s * s; }";
    private const string Caller = "public static partial class P { [Differentiable] public static double F(Shape shape, double x) => shape.Area(x) * x; }";

    [Theory]
    [InlineData("DIFF1101: (int)s", Abstract, Right, Caller, "public sealed partial class Square : Shape { [Differentiable] public override double Area(double s) => (int)s; }")]
    [InlineData("DIFF0024: Area", Abstract, Right, Caller, "public sealed partial class Square : Shape { public override double Area(double s) => s; }")]
    [InlineData("DIFF0001: Square", Abstract, Right, Caller, "public sealed class Square : Shape { [Differentiable] public override double Area(double s) => s; }")]
    [InlineData("DIFF1101: (int)s", Abstract, Caller, """
        public sealed partial class Square : Shape
        {
            [Differentiable] public override double Area(double s) => Cut(s);
            [Keep, Differentiable] public static double Cut(double s) => (int)s;
        }
        """)]
    [InlineData("DIFF1101: (int)s", "public partial class Shape { [Differentiable] public virtual double Area(double s) => (int)s; }", Right, Caller)]
    [InlineData("DIFF1101: (int)s", Interface, "public sealed partial class Square : IShape { [Differentiable] public double Area(double s) => (int)s; }")]
    [InlineData("DIFF0024: Area", Interface, "public sealed partial class Square : IShape { public double Area(double s) => s; }")]
    [InlineData("DIFF0003: Area", Interface, "public sealed partial class Square : IShape { [Differentiable] double IShape.Area(double s) => s; }")]
    [InlineData("DIFF1101: (int)s", Interface, "public partial class Base { [Differentiable] public double Area(double s) => (int)s; } public sealed partial class Square : Base, IShape;")]
    [InlineData("DIFF1101: (int)s", "public partial interface IShape { [Differentiable] static abstract double Area(double s); }",
        "public sealed partial class Square : IShape { [Differentiable] public static double Area(double s) => (int)s; }")]
    [InlineData("DIFF1003: Area", Interface, """
        [Differentiable]
        public sealed partial class Model(int n) : IShape
        {
            [Parameter("n")] public partial Tensor<double> W { get; }
            [Differentiable] public double Area(double s) => Ops.Sum(W) * s;
        }
        """)]
    public void One_that_is_wrong_leaves_the_others_without_members(string expected, params string[] sources)
    {
        GeneratorRun run = GeneratorHarness.Run(string.Join("\n", sources));
        Assert.Equal([expected], run.Reported);
        Assert.DoesNotContain(run.GeneratedSources.Keys, static name => name.Contains("Area", StringComparison.Ordinal));
        Assert.Empty(run.CompileErrors);
    }

    // Each is its own fault: the family says nothing more.
    [Fact]
    public void What_all_of_them_lack_is_said()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            public abstract partial class Shape { [Differentiable(Derivatives.Gradient | Derivatives.Hvp)] public abstract double Area(double s); }
            public partial class Square : Shape
            {
                [Differentiable] public override double Area(double s) => Power(s, 3);
                [Differentiable] public static double Power(double s, int n) => n == 0 ? s : s * Power(s, n - 1);
            }
            """);
        Assert.Contains("DIFF0005: Differentiable(Derivatives.Gradient | Derivatives.Hvp)", run.Reported);
        Assert.Empty(run.CompileErrors);
    }
}
