using System.Globalization;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Tests;

/// <summary>What is shown on request, and in strict mode.</summary>
public class ShowShapeTests
{
    [Fact]
    public void TheShapeIsShownInNamesAndNumbers()
        => Assert.Equal(["Shape: (batch, 2*out), from 'Concat(1, MatMul(x, w), MatMul(x, w))'"], Messages(
            "static class M { static void F([Shape(\"batch in\")] Tensor<float> x, [Shape(\"in out\")] Tensor<float> w) { Ad.ShowShape(Concat(1, MatMul(x, w), MatMul(x, w))); } }", "DIFF2050"));

    [Fact]
    public void TheShapeIsThatOfTheSizesOfAModel()
        => Assert.Equal(["Shape: (32, 10), from 'new Linear(784, 10).Forward(x)'"], Messages(
            "static class M { static void F() { var x = Tensor.CreateFromShape<float>([32, 784]); var y = new Linear(784, 10).Forward(x); Ad.ShowShape(y); } }", "DIFF2050"));

    [Fact]
    public void WhatIsNotKnownIsNotShown()
        => Assert.Empty(Messages("static class M { static void F(Tensor<float> x) { Ad.ShowShape(x); } }", "DIFF2050"));

    [Fact]
    public void StrictModeSaysWhatIsNotShown()
    {
        const string Source = "static class M { static void F([Shape(\"batch in\")] Tensor<float> x) { MatMul(x, Tensor.CreateFromShape<float>([784, 10])); } }";
        Assert.Empty(Messages(Source, "DIFF2051"));
        string message = Assert.Single(Messages(Source, "DIFF2051", new Dictionary<string,
            string> { ["autodiff_strict_shapes"] = "true" }));
        Assert.Contains("needs in to be 784", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMessageSaysBothShapesTheirOriginsAndTheFix()
    {
        string message = Assert.Single(Messages(
            "static class M { static void F([Shape(\"batch in\")] Tensor<float> x) { var w = Tensor.CreateFromShape<float>([10, 20]); var v = Reshape(w, 20, 10); MatMul(w, w); } }", "DIFF2001"));
        Assert.Contains("(10, 20)", message, StringComparison.Ordinal);
        Assert.Contains("from 'Tensor.CreateFromShape<float>([10, 20])'", message, StringComparison.Ordinal);
        Assert.Contains("write 'transposeB: true'", message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Messages(string source, string id, IReadOnlyDictionary<string, string>? options = null)
        => TestCompilation.Analyze(TestCompilation.Create(source), options)
            .Where(d => d.Id == id).Select(static (Diagnostic d) => d.GetMessage(CultureInfo.InvariantCulture));
}
