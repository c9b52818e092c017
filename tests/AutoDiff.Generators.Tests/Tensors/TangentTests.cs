using static AutoDiff.Generators.Tests.Tensors.TensorCase;

namespace AutoDiff.Generators.Tests.Tensors;

/// <summary>Jacobian-vector and Hessian-vector products of methods of tensors, with all lengths of tails.</summary>
public class TangentTests
{
    [Theory]
    [InlineData("Tanh(x)")]
    [InlineData("Gelu(x) * 2.0")]
    [InlineData("Softmax(x)")]
    [InlineData("LogSoftmax(x)")]
    [InlineData("Multiply(LogSumExp(x, -1, true), x)")]
    [InlineData("Multiply(x, Max(x, -1, true))")]
    [InlineData("Subtract(x, Mean(x, 0, true))")]
    [InlineData("RmsNorm(x, Exp(Mean(x, 0)), 1e-5)")]
    [InlineData("LayerNorm(x, Exp(Mean(x, 0)), Mean(x, 0), 1e-5)")]
    [InlineData("Concat(0, Slice(x, 0, 1, 2), Slice(x, 0, 0, 1))")]
    [InlineData("MatMul(MatMul(x, x, false, true), x)")]
    [InlineData("x")]
    public void Of_tensors(string body)
    {
        var test = new TangentCase($$"""
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
            [return: Shape("3 columns")]
            public static Tensor<double> M([Shape("3 columns")] Tensor<double> x) => {{body}};
            """);
        foreach (int columns in new[] { 1, 4, 7, 8, 9, 19 }) test.CheckJvp(Random(columns, 3, columns));
    }

    [Theory]
    [InlineData("Sum(Exp(x))")]
    [InlineData("Sum(Tanh(x) * Softmax(x))")]
    [InlineData("Sum(LogSoftmax(x) * x)")]
    [InlineData("Sum(LogSumExp(x, -1, true))")]
    [InlineData("Sum(Square(LayerNorm(x, Exp(Mean(x, 0)), Mean(x, 0), 1e-2)))")]
    [InlineData("Sum(Gelu(RmsNorm(x, Exp(Mean(x, 0)), 1e-2)))")]
    [InlineData("Sum(MatMul(MatMul(x, x, false, true), x) * x)")]
    [InlineData("Sum(Multiply(Square(x), Max(x, -1, true)))")]
    [InlineData("Sum(Exp(CausalMask(MatMul(x, x, false, true))))")]
    [InlineData("Sum(Exp(Transpose(x)) * Transpose(x * x))")]
    [InlineData("Sum(x)")]
    public void Of_numbers(string body)
    {
        var test = new TangentCase($$"""
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
            public static double M([Shape("3 columns")] Tensor<double> x) => {{body}};
            """);
        foreach (int columns in new[] { 1, 4, 7, 8, 9, 19 })
        {
            test.CheckJvp(Random(columns, 3, columns));
            test.CheckHvp(Random(columns, 3, columns));
        }
    }

    /// <summary>A network with a loss, as people write it: weights, a bias, a number, labels, a loop and a branch.</summary>
    [Fact]
    public void Of_a_network()
    {
        var test = new TangentCase("""
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
            public static double M(
                [NoGradient, Shape("batch inputs")] Tensor<double> x, [Shape("inputs width")] Tensor<double> w, [Shape("width width")] Tensor<double> u,
                [Shape("width")] Tensor<double> b, double decay, [Shape("batch")] int[] labels, int layers)
            {
                var h = Tanh(MatMul(x, w));
                for (int layer = 0; layer < layers; layer++)
                    h = layer % 2 == 0 ? Gelu(Add(MatMul(h, u), b)) : Silu(Add(h, b));
                return CrossEntropy(h, labels) + decay * decay * Sum(Square(w));
            }
            """);
        foreach (int layers in new[] { 0, 1, 3 })
        {
            object[] arguments =
                [new TangentCase.Inactive(Random(1, 5, 3)), Random(2, 3, 9), Random(3, 9, 9), Random(4, 9), 0.25, new[] { 0, 8, 3, 3, 1 }, layers];
            test.CheckJvp(arguments);
            test.CheckHvp(arguments);
        }
    }

    [Fact]
    public void Leading_axes_and_spans()
    {
        var test = new TangentCase("""
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
            [return: Shape("... width")]
            public static Tensor<double> M([Shape("... width")] Tensor<double> x, [Shape("width")] Tensor<double> scale) => Softmax(Multiply(x, scale)) * x;
            """);
        test.CheckJvp(Random(1, 2, 3, 7), Random(2, 7));
        test.CheckJvp(Random(1, 7), Random(2, 7));
    }

    /// <summary>Methods that it calls are taken with it, in its own sizes.</summary>
    [Fact]
    public void Through_calls()
    {
        var test = new TangentCase("""
            [Differentiable]
            [return: Shape("batch outputs")]
            public static Tensor<double> Layer([Shape("batch inputs")] Tensor<double> x, [Shape("inputs outputs")] Tensor<double> w) => Tanh(MatMul(x, Normal(w)));

            [Differentiable]
            [return: Shape("rows columns")]
            public static Tensor<double> Normal([Shape("rows columns")] Tensor<double> x) => Subtract(x, Mean(x, 0, true));

            [Differentiable]
            public static double Penalty(Tensor<double> x, double scale) => scale * Sum(Square(x));

            [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
            public static double M([Shape("n 3")] Tensor<double> x, [Shape("3 m")] Tensor<double> w, [Shape("m 2")] Tensor<double> v, double decay)
            {
                var y = Layer(Layer(x, w), v);
                return Sum(y * y * y) + Penalty(w, decay) + Penalty(y, 0.5);
            }
            """);
        test.CheckJvp(Random(1, 5, 3), Random(2, 3, 9), Random(3, 9, 2), 0.3);
        test.CheckHvp(Random(1, 5, 3), Random(2, 3, 9), Random(3, 9, 2), 0.3);
    }

    [Fact]
    public void Attention_twice()
    {
        var test = new TangentCase("""
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
            public static double M([Shape("batch time 6")] Tensor<double> x, [Shape("6 18")] Tensor<double> w)
            {
                var qkv = MatMul(x, w);
                var q = Transpose(Reshape(Slice(qkv, 2, 0, 6), x.Lengths[0], x.Lengths[1], 2, 3), 0, 2, 1, 3);
                var k = Transpose(Reshape(Slice(qkv, 2, 6, 6), x.Lengths[0], x.Lengths[1], 2, 3), 0, 2, 1, 3);
                var v = Transpose(Reshape(Slice(qkv, 2, 12, 6), x.Lengths[0], x.Lengths[1], 2, 3), 0, 2, 1, 3);
                var weights = Softmax(CausalMask(MatMul(q, k, false, true) * 0.5));
                return Sum(Square(MatMul(weights, v)));
            }
            """);
        foreach (int time in new[] { 1, 5, 8 })
        {
            test.CheckJvp(Random(1, 2, time, 6), Random(2, 6, 18));
            test.CheckHvp(Random(1, 2, time, 6), Random(2, 6, 18));
        }
    }

    [Theory]
    [InlineData("Jacobian")]
    [InlineData("Hessian")]
    public void Matrices_are_refused_by_name(string kind)
    {
        GeneratorRun run = GeneratorHarness.Run($$"""
            public static partial class F
            {
                [Differentiable(Derivatives.Gradient | Derivatives.{{kind}})]
                public static double M(Tensor<double> x) => AutoDiff.Ops.Sum(x);
            }
            """);
        Assert.Contains($"Derivatives.{kind} of 'M' is not generated: it has tensors", Assert.Single(run.Diagnostics).GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void Directions_and_destinations_are_checked()
    {
        var test = new TensorCase("""
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
            public static double M([Shape("rows columns")] Tensor<double> x) => Sum(Exp(x));
            """);
        var x = Random(1, 2, 3);
        Assert.Contains("xDot", Assert.Throws<ArgumentException>(() => test.Call("Jvp", x, Random(2, 3, 2))).Message, StringComparison.Ordinal);
        var shared = Random(3, 2, 3);
        Assert.Throws<ArgumentException>(() => test.Call("Hvp", x, Random(2, 2, 3), shared, shared));
        Assert.Throws<ArgumentException>(() => test.Call("Hvp", x, shared, shared, Random(2, 2, 3)));
        Assert.Throws<ArgumentException>(() => test.Call("Hvp", x, shared, Random(2, 2, 3), Random(2, 3, 2)));
    }
}
