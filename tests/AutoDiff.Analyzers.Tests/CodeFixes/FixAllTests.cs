using AutoDiff.CodeFixes.Declarations;
using AutoDiff.CodeFixes.Differentiability;
using AutoDiff.CodeFixes.Shapes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AutoDiff.Analyzers.Tests;

/// <summary>Every fix mends all its places in a file at once.</summary>
public class FixAllTests
{
    [Fact]
    public Task Operands() => Fixes(new TransposeOperand(), "DIFF2001",
        """
        static class M
        {
            static Tensor<float> F([Shape("n d")] Tensor<float> x) => MatMul(x, x);
            static Tensor<float> G([Shape("n d")] Tensor<float> x, [Shape("h d")] Tensor<float> w)
            {
                Tensor<float> y = MatMul(x, w);
                return MatMul(w, w) + Sum(y);
            }
        }
        """,
        """
        static class M
        {
            static Tensor<float> F([Shape("n d")] Tensor<float> x) => MatMul(x, x, transposeB: true);
            static Tensor<float> G([Shape("n d")] Tensor<float> x, [Shape("h d")] Tensor<float> w)
            {
                Tensor<float> y = MatMul(x, w, transposeB: true);
                return MatMul(w, w, transposeB: true) + Sum(y);
            }
        }
        """);

    [Fact]
    public Task Shapes() => Fixes(new AddShape(), "DIFF2102",
        """
        static partial class M
        {
            [Differentiable]
            public static Tensor<float> F([Shape("batch in")] Tensor<float> x, [Shape("in out")] Tensor<float> w) => MatMul(x, w);

            [Differentiable]
            public static Tensor<float> G(Tensor<float> x, [Shape("in out")] Tensor<float> w) => MatMul(x, w);
        }
        """,
        """
        static partial class M
        {
            [Differentiable]
            [return: Shape("batch out")]
            public static Tensor<float> F([Shape("batch in")] Tensor<float> x, [Shape("in out")] Tensor<float> w) => MatMul(x, w);

            [Differentiable]
            public static Tensor<float> G([Shape("... in")] Tensor<float> x, [Shape("in out")] Tensor<float> w) => MatMul(x, w);
        }
        """);

    [Fact]
    public Task Types() => Fixes(new MakePartial(), "DIFF0001",
        """
        static class Outer
        {
            static class Inner
            {
                [Differentiable]
                public static double F(double x) => x * x;

                [Differentiable]
                public static double G(double x) => x + x;
            }
        }

        struct Other
        {
            [Differentiable]
            public static double H(double x) => x * x;
        }
        """,
        """
        static partial class Outer
        {
            static partial class Inner
            {
                [Differentiable]
                public static double F(double x) => x * x;

                [Differentiable]
                public static double G(double x) => x + x;
            }
        }

        partial struct Other
        {
            [Differentiable]
            public static double H(double x) => x * x;
        }
        """);

    [Fact]
    public Task Models() => Fixes(new MakePartial(), "DIFF0101",
        """
        [Differentiable] public sealed class A { [Parameter("3")] public partial Tensor<float> W { get; } }
        [Differentiable] public sealed class B { [Parameter("3")] public partial Tensor<float> W { get; } }
        """,
        """
        [Differentiable] public sealed partial class A { [Parameter("3")] public partial Tensor<float> W { get; } }
        [Differentiable] public sealed partial class B { [Parameter("3")] public partial Tensor<float> W { get; } }
        """);

    [Fact]
    public Task ParametersThatAreNotUsed() => Fixes(new MarkNoGradient(), "DIFF2201",
        """
        static partial class M
        {
            [Differentiable] static double F(double x, double y, double z) => x * x;
            [Differentiable] static double G(double x, double y) => y;
        }
        """,
        """
        static partial class M
        {
            [Differentiable] static double F(double x, [NoGradient] double y, [NoGradient] double z) => x * x;
            [Differentiable] static double G([NoGradient] double x, double y) => y;
        }
        """);

    [Fact]
    public Task ParametersOfLostDerivatives() => Fixes(new MarkNoGradient(), "DIFF1101",
        """
        static partial class M
        {
            [Differentiable] static double F(double x, double y) => x * (int)y;
            [Differentiable] static double G(double x, double y) => y * (int)x;
        }
        """,
        """
        static partial class M
        {
            [Differentiable] static double F(double x, [NoGradient] double y) => x * (int)y;
            [Differentiable] static double G([NoGradient] double x, double y) => y * (int)x;
        }
        """);

    [Fact]
    public Task Conversions() => Fixes(new InsertDetach(), "DIFF1101",
        """
        static partial class M
        {
            [Differentiable] static double F(double x) => x * (int)(x + 1);
            [Differentiable] static double G(double x) => x * (long)x;
        }
        """,
        """
        static partial class M
        {
            [Differentiable] static double F(double x) => x * (int)Ad.Detach(x + 1);
            [Differentiable] static double G(double x) => x * (long)Ad.Detach(x);
        }
        """);

    [Fact]
    public Task Operators() => Fixes(new UseOps(), "DIFF2017",
        """
        static class M
        {
            static Tensor<float> F([Shape("n d")] Tensor<float> x) => x - Mean(x, 1, keepDims: true);
            static Tensor<float> G([Shape("n d")] Tensor<float> x) => x / Max(x, 1, keepDims: true);
        }
        """,
        """
        static class M
        {
            static Tensor<float> F([Shape("n d")] Tensor<float> x) => Subtract(x, Mean(x, 1, keepDims: true));
            static Tensor<float> G([Shape("n d")] Tensor<float> x) => Divide(x, Max(x, 1, keepDims: true));
        }
        """);

    [Fact]
    public Task Calls() => Fixes(new UseOps(), "DIFF1004",
        """
        static partial class M
        {
            [Differentiable] static Tensor<float> F([Shape("n")] Tensor<float> x) => Tensor.SoftMax<float>(x);
            [Differentiable] static Tensor<float> G([Shape("n")] Tensor<float> x) => Tensor.SoftMax<float>(x * 2f);
        }
        """,
        """
        static partial class M
        {
            [Differentiable] static Tensor<float> F([Shape("n")] Tensor<float> x) => Softmax(x);
            [Differentiable] static Tensor<float> G([Shape("n")] Tensor<float> x) => Softmax(x * 2f);
        }
        """);

    private static async Task Fixes(CodeFixProvider provider, string id, string source, string expected)
        => Assert.Equal(expected.ReplaceLineEndings("\n"), Short(await FixRun.All(provider, id, source)));

    /// <summary>Names are shortened by the editor's own clean-up, which may or may not be there.</summary>
    private static string? Short(string? text)
        => text?.Replace("global::AutoDiff.", "", StringComparison.Ordinal).Replace("Ops.", "", StringComparison.Ordinal);
}
