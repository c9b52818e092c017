using AutoDiff.Generators.Tests;

namespace AutoDiff.Conformance;

/// <summary>Parameters of primary constructors of objects that come from outside.</summary>
public class CapturedParameterFacts
{
    [Fact]
    public void Numbers_and_enumerations_are_read()
    {
        // 3 + 2t³ + ¼
        var curve = new CapturedCurve(3, 2, CapturedParameters.Form.Line, 3);
        (double value, double slope) = curve.AtGradient(0.5);
        Assert.Equal(3.5, value, 1e-14);
        Assert.Equal(1.5, slope, 1e-14);
        Assert.Equal(2 * 1.5, curve.AtJvp(0.5, 2).Tangent, 1e-14);
        Assert.Equal(6, curve.AtHvp(0.5, 1).DTDot, 1e-14);
        Assert.Equal((3.0, 0.0), new CapturedCurve(3, 2, CapturedParameters.Form.Constant, 3).AtGradient(0.5));

        // (b₀ + ¼)² − b₁²t⁶, times b₀
        Assert.Equal(-3 * 4 * 6 * Math.Pow(0.5, 5), curve.ProductGradient(0.5).DT, 1e-13);
    }

    [Fact]
    public void They_are_read_anew_where_a_method_changes_them()
    {
        var curve = new CapturedCurve(3, 2, CapturedParameters.Form.Line, 1);
        curve.Move(1);
        Assert.Equal((4 + 2 * 0.5 + 1.25, 2.0), curve.AtGradient(0.5));
    }

    [Fact]
    public void Helpers_and_other_types_read_them()
    {
        var curve = new CapturedCurve(3, 2, CapturedParameters.Form.Line, 3);
        Assert.Equal(2 * 27 * 3 * 0.25, curve.ChainedGradient(0.5).DT, 1e-13);
        Assert.Equal((2 * 0.25, 2.0), CapturedCallers.OfGradient(curve, 0.5));
    }

    [Theory]
    [InlineData("public class Curve(double b) { public double At(double x) => b * x; } partial class P { [Differentiable] double F(Curve c, double x) => c.At(x) * x; }", "DIFF1005: b")]
    [InlineData("public partial class Curve(double[] b) { [Differentiable] public double At(double x) { b[0] = x; return x; } }", "DIFF1005: b[0] = x")]
    [InlineData("public partial class Curve(double b) { [Differentiable] public double At(double x) { b = x; return b; } }", "DIFF1005: b")]
    [InlineData("public partial struct Curve(double b) { [Differentiable] public readonly double At(double x) => b * x; }", "DIFF1003: At")]
    public void What_generated_code_cannot_name_is_reported(string source, string expected)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Equal([expected], run.Reported.Distinct());
        Assert.Empty(run.GeneratedSources);
    }
}
