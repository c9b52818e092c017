using AutoDiff.CodeFixes.Declarations;
using AutoDiff.CodeFixes.Differentiability;
using AutoDiff.CodeFixes.Shapes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AutoDiff.Analyzers.Tests;

public class CodeFixTests
{
    [Fact]
    public Task TheProductTransposesItsOperand() => Fixes(new TransposeOperand(), "DIFF2001",
        "static class M { static Tensor<float> F([Shape(\"n d\")] Tensor<float> x) => MatMul(x, x); }",
        "static class M { static Tensor<float> F([Shape(\"n d\")] Tensor<float> x) => MatMul(x, x, transposeB: true); }");

    [Fact]
    public Task ATransposeTooManyIsTakenAway() => Fixes(new TransposeOperand(), "DIFF2001",
        "static class M { static Tensor<float> F([Shape(\"n d\")] Tensor<float> x, [Shape(\"d h\")] Tensor<float> w) => Ops.MatMul(x, w, transposeB: true); }",
        "static class M { static Tensor<float> F([Shape(\"n d\")] Tensor<float> x, [Shape(\"d h\")] Tensor<float> w) => Ops.MatMul(x, w); }");

    [Fact]
    public Task AllProductsAtOnce() => FixesAll(new TransposeOperand(), "DIFF2001",
        """
        static class M
        {
            static Tensor<float> F([Shape("n d")] Tensor<float> x) => MatMul(x, x);
            static Tensor<float> G([Shape("n d")] Tensor<float> x) => MatMul(x, x);
        }
        """,
        """
        static class M
        {
            static Tensor<float> F([Shape("n d")] Tensor<float> x) => MatMul(x, x, transposeB: true);
            static Tensor<float> G([Shape("n d")] Tensor<float> x) => MatMul(x, x, transposeB: true);
        }
        """);

    [Fact]
    public Task AnOperatorThatLosesNumbersBecomesAnOperation() => Fixes(new UseOps(), "DIFF2017",
        "static class M { static Tensor<float> F([Shape(\"n d\")] Tensor<float> x) => (x - Mean(x, 1, keepDims: true)) / 2f; }",
        "static class M { static Tensor<float> F([Shape(\"n d\")] Tensor<float> x) => (Subtract(x, Mean(x, 1, keepDims: true))) / 2f; }",
        simplified: true);

    [Fact]
    public Task ACallThatHasNoDerivativeBecomesAnOperation() => Fixes(new UseOps(), "DIFF1004",
        "static partial class M { [Differentiable] static Tensor<float> F([Shape(\"n\")] Tensor<float> x) => Tensor.SoftMax<float>(x); }",
        "static partial class M { [Differentiable] static Tensor<float> F([Shape(\"n\")] Tensor<float> x) => Softmax(x); }",
        simplified: true);

    [Fact]
    public Task TypesAroundAMethodBecomePartial() => Fixes(new MakePartial(), "DIFF0001",
        """
        // The outer one.
        static class Outer
        {
            public static class Inner
            {
                [Differentiable]
                public static double F(double x) => x * x;
            }
        }
        """,
        """
        // The outer one.
        static partial class Outer
        {
            public static partial class Inner
            {
                [Differentiable]
                public static double F(double x) => x * x;
            }
        }
        """);

    [Fact]
    public Task TypesWithoutModifiersKeepTheirComments() => Fixes(new MakePartial(), "DIFF0001",
        """
        /// <summary>Functions.</summary>
        class Functions
        {
            [Differentiable]
            public static double F(double x) => x * x;
        }
        """,
        """
        /// <summary>Functions.</summary>
        partial class Functions
        {
            [Differentiable]
            public static double F(double x) => x * x;
        }
        """);

    [Fact]
    public Task AllTypesBecomePartialOnce() => FixesAll(new MakePartial(), "DIFF0001",
        """
        static class Functions
        {
            [Differentiable]
            public static double F(double x) => x * x;

            [Differentiable]
            public static double G(double x) => x * x;
        }
        """,
        """
        static partial class Functions
        {
            [Differentiable]
            public static double F(double x) => x * x;

            [Differentiable]
            public static double G(double x) => x * x;
        }
        """);

    [Fact]
    public Task AModelBecomesPartial() => Fixes(new MakePartial(), "DIFF0101",
        "[Differentiable] public sealed class Scale { [Parameter(\"3\")] public partial Tensor<float> W { get; } }",
        "[Differentiable] public sealed partial class Scale { [Parameter(\"3\")] public partial Tensor<float> W { get; } }");

    [Fact]
    public Task AConversionIsDetached() => Fixes(new InsertDetach(), "DIFF1101",
        "static partial class M { [Differentiable] static double F(double x) => x * (int)(x + 1); }",
        "static partial class M { [Differentiable] static double F(double x) => x * (int)Ad.Detach(x + 1); }",
        simplified: true);

    [Fact]
    public Task TheParameterOfALostDerivativeTakesNone() => Fixes(new MarkNoGradient(), "DIFF1101",
        "static partial class M { [Differentiable] static double F(double x, double y) => x * (int)y; }",
        "static partial class M { [Differentiable] static double F(double x, [NoGradient] double y) => x * (int)y; }");

    [Fact]
    public Task AParameterThatIsNotUsedTakesNoGradient() => Fixes(new MarkNoGradient(), "DIFF2201",
        "static partial class M { [Differentiable] static double F(double x, double y) => x * x; }",
        "static partial class M { [Differentiable] static double F(double x, [NoGradient] double y) => x * x; }");

    [Fact]
    public Task TheResultGetsTheShapeThatWasInferred() => Fixes(new AddShape(), "DIFF2102",
        """
        static partial class M
        {
            [Differentiable]
            public static Tensor<float> F([Shape("batch in")] Tensor<float> x, [Shape("in out")] Tensor<float> w) => MatMul(x, w);
        }
        """,
        """
        static partial class M
        {
            [Differentiable]
            [return: Shape("batch out")]
            public static Tensor<float> F([Shape("batch in")] Tensor<float> x, [Shape("in out")] Tensor<float> w) => MatMul(x, w);
        }
        """);

    [Fact]
    public Task AParameterGetsTheShapeThatItsUseAsksFor() => Fixes(new AddShape(), "DIFF2102",
        """
        [Differentiable]
        public sealed partial class Net(int inputs)
        {
            [Parameter("inputs 1")] public partial Tensor<float> W { get; }
            [Differentiable] public float Loss(Tensor<float> x) => Sum(MatMul(x, W));
        }
        """,
        """
        [Differentiable]
        public sealed partial class Net(int inputs)
        {
            [Parameter("inputs 1")] public partial Tensor<float> W { get; }
            [Differentiable] public float Loss([Shape("... inputs")] Tensor<float> x) => Sum(MatMul(x, W));
        }
        """);

    private static async Task Fixes(CodeFixProvider provider, string id, string source, string expected, bool simplified = false)
        => Assert.Equal(expected.ReplaceLineEndings("\n"), Simple(await FixRun.One(provider, id, source), simplified));

    private static async Task FixesAll(CodeFixProvider provider, string id, string source, string expected)
        => Assert.Equal(expected.ReplaceLineEndings("\n"), await FixRun.All(provider, id, source));

    /// <summary>Names are shortened by the editor's own clean-up, which may or may not be there.</summary>
    private static string? Simple(string? text, bool simplified)
        => simplified ? text?.Replace("global::AutoDiff.", "", StringComparison.Ordinal).Replace("Ops.", "", StringComparison.Ordinal) : text;
}
