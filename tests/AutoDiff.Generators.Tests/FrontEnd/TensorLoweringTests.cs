using System.Numerics.Tensors;
using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Generators.Tests.FrontEnd;

/// <summary>Methods of tensors: the interpreted IR against the eager operations.</summary>
public class TensorLoweringTests
{
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData("batch time dim", "batch time dim", "x + y * 2 - x / (y + 3) - -x + 1 + 2 * y")]
    [InlineData("batch time dim", "dim", "x * y + y")]
    [InlineData("... dim", "dim", "LayerNorm(x, y, y, 1e-5) + RmsNorm(x, y)")]
    [InlineData("batch time dim", "dim out", "MatMul(x, y)")]
    [InlineData("... dim", "dim out", "Relu(MatMul(x, y))")]
    [InlineData("batch time dim", "out dim", "MatMul(x, y, transposeB: true)")]
    [InlineData("batch time dim", "batch time dim", "MatMul(x, y, transposeA: true)")]
    [InlineData("batch time dim", "batch time dim", "MatMul(x, Transpose(y))")]
    [InlineData("batch time dim", "dim", "Transpose(x, 2, 0, 1)")]
    [InlineData("batch time dim", "dim", "Exp(x) + Log(Square(x) + 1) + Sqrt(Abs(x)) + Tanh(x) + Sigmoid(y) + Relu(x) + Gelu(x) + GeluTanh(x) + Silu(x) + Softplus(x) + Sin(x) * Cos(y)")]
    [InlineData("batch time dim", "dim", "Max(x, y) + Min(x, 0.5) + Pow(Abs(x) + 1, 2) + Clamp(x, -1, 1)")]
    [InlineData("batch time dim", "dim", "Where(Tensor.GreaterThan(x, 0.0), x, 2 * x)")]
    [InlineData("batch time dim", "dim", "Sum(x, 0, 1) + Sum(x, -1, keepDims: true) * x")]
    [InlineData("batch time dim", "dim", "Mean(x, 1) - Max(x, -2) + Min(Transpose(x, 1, 0, 2), 0)")]
    [InlineData("batch time dim", "dim", "Softmax(x) + Softmax(x, 0) + LogSoftmax(x, 1)")]
    [InlineData("batch time dim", "dim", "LogSumExp(x, 1) * 2")]
    [InlineData("batch time dim", "dim", "LogSumExp(x, 0, keepDims: true) * 2")]
    [InlineData("batch time dim", "dim", "LogSumExp(x) - LogSumExp(x, -1)")]
    [InlineData("batch time dim", "dim", "Reshape(x, (int)x.Lengths[0] * (int)x.Lengths[1], -1)")]
    [InlineData("batch time dim", "dim", "Reshape(x, -1)")]
    [InlineData("batch time dim", "dim", "Reshape(Slice(x, 2, 1, 2), [(int)x.Lengths[1], 2, (int)x.Lengths[^3]])")]
    [InlineData("batch time dim", "dim", "Concat(1, x, Slice(x, 1, 0, 1), x * y)")]
    [InlineData("batch time dim", "dim", "Broadcast(y, (int)x.Lengths[0], 3, (int)y.Lengths[0]) + Broadcast(y, x.Lengths)")]
    [InlineData("batch time dim", "batch time dim", "CausalMask(MatMul(x, y, transposeB: true))")]
    [InlineData("batch time dim", "dim", "Map(x, v => v > 0 ? v * v : Math.Tanh(v) / 2) + Map(x, Half) + Map(x, x, (a, b) => a * b + 1)")]
    [InlineData("batch time dim", "dim", "Map(x, v => { double s = v; for (int i = 0; i < 3; i++) s = s * v + 1; return s; })")]
    [InlineData("batch time dim", "dim", "Dropout(x, 0.3, 7)")]
    [InlineData("_ time _", "dim", "x * 2")]
    public void Operations(string first, string second, string expression)
    {
        LoweringSource source = Source($"""
            public static Tensor<double> F([Shape("{first}")] Tensor<double> x, [Shape("{second}")] Tensor<double> y) => {expression};
            static double Half(double v) => 0.5 * v;
            """);
        Tensor<double> x = Filled(1, Sizes(first)), y = Filled(2, Sizes(second));
        Tensor<double> expected = source.Compiled<Func<Tensor<double>, Tensor<double>, Tensor<double>>>()(x, y);
        Function function = source.Function();
        var actual = (InterpretedTensor)new Interpreter().Run(function, [Interpreted(x), Interpreted(y)])[0];
        double[] reals = actual.Reals();
        Assert.Equal(Read(expected).Length, reals.Length);
        if (!first.Contains("...", StringComparison.Ordinal)) Assert.Equal(expected.Lengths.ToArray().Select(static l => (int)l), actual.Shape);
        Assert.All(Read(expected).Zip(reals), pair => Assert.True(pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) <= Tolerance * Math.Max(1, Math.Abs(pair.First)),
            $"{pair.First} is not {pair.Second}\n{IrPrinter.Print(function)}"));
    }

    [Theory]
    [InlineData("Sum(x) + Mean(x * x) - Max(x) + Min(x)")]
    [InlineData("MeanSquaredError(x, Tanh(x))")]
    [InlineData("CrossEntropy(x, t)")]
    [InlineData("CrossEntropy(Reshape(x, (int)x.Lengths[0], -1), Read(t), ignoreIndex: 1)", false)]
    [InlineData("Sum(Gather(x, t))")]
    [InlineData("Loop(x)")]
    [InlineData("Sum(Scaled(x, 3)) + Sum(Scaled(x, n))")]
    public void Scalars(string expression, bool isSupported = true)
    {
        LoweringSource source = Source($$"""
            public static double F([Shape("rows columns")] Tensor<double> x, [Shape("rows")] Tensor<int> t, int n) => {{expression}};
            static double Loop(Tensor<double> x)
            {
                double s = 0;
                for (int i = 0; i < 3; i++)
                {
                    x = Relu(x) + 0.5;
                    if (i == 1) s += Sum(x);
                }
                return s + Mean(x);
            }
            static Tensor<double> Scaled(Tensor<double> x, int k) { if (k > 2) return x * k; return x + k; }
            static ReadOnlySpan<int> Read(Tensor<int> t) => default;
            """);
        if (!isSupported)
        {
            Assert.NotEmpty(source.Lower().Diagnostics);
            return;
        }

        Tensor<double> x = Filled(1, 3, 4);
        Tensor<int> t = Tensor.Create<int>([2, 0, 1], [3]);
        double expected = source.Compiled<Func<Tensor<double>, Tensor<int>, int, double>>()(x, t, 2);
        var targets = new InterpretedTensor([3], [Number.Of(2L), Number.Of(0L), Number.Of(1L)]);
        var actual = (InterpretedScalar)new Interpreter().Run(source.Function(), [Interpreted(x), targets, new InterpretedScalar(2L)])[0];
        Assert.Equal(expected, actual.Number.Real, Tolerance);
    }

    [Fact]
    public void SizesOfReshapeAreExpressions()
    {
        Function function = Source("""
            public static double F([Shape("batch time 3*dim")] Tensor<double> x, int heads)
            {
                int batch = (int)x.Lengths[0], time = (int)x.Lengths[1], dim = (int)x.Lengths[2] / 3, size = dim / heads;
                var q = Transpose(Reshape(Slice(x, -1, dim, dim), batch, time, heads, size), 0, 2, 1, 3);
                return Sum(q);
            }
            """).Function();
        Apply transpose = function.Body.Body.OfType<Apply>().Single(static a => a.Operation is Permute);
        Assert.Equal("(batch, heads, time, dim/heads)", ((TensorType)transpose.Result.Type).Shape.ToString());
        Apply slice = function.Body.Body.OfType<Apply>().Single(static a => a.Operation is SliceAxis);
        Assert.Equal("dim", ((SliceAxis)slice.Operation).Start.ToString());
        Assert.Contains(function.Dimensions, static d => d is { Symbol: "dim", Expression: "(int)x.Lengths[2] / 3" });
        Assert.Contains(function.Dimensions, static d => d is { Symbol: "heads", Expression: "heads" });
        Assert.Equal(["batch", "time", "dim"], AutoDiff.Compiler.Analysis.Shapes.SignatureDimensions.Of(function));
    }

    [Fact]
    public void DifferentNamesOfOneSizeAreConstrained()
    {
        Function function = Source("public static double F([Shape(\"a b\")] Tensor<double> x, [Shape(\"c d\")] Tensor<double> y) => Sum(MatMul(x, y)) + Sum(MatMul(x, y));").Function();
        DimConstraint constraint = Assert.Single(function.Constraints);
        Assert.Equal(("b", "c"), (constraint.Left.ToString(), constraint.Right.ToString()));
    }

    [Fact]
    public void UnannotatedTensorsHaveOneRestDimensionEach()
    {
        Function function = Source("public static double F(Tensor<double> x, Tensor<double> y) => Sum(Tanh(x)) + Mean(y);").Function();
        Assert.Equal(["...x", "...y"], function.Dimensions.Select(static d => d.Symbol));
        Assert.All(function.Dimensions, static d => Assert.Equal(int.MinValue, d.Axis));
        Assert.Equal(["...x", "...y"], AutoDiff.Compiler.Analysis.Shapes.SignatureDimensions.Of(function));
    }

    private static LoweringSource Source(string members) => new($"using static AutoDiff.Ops; public static partial class C {{ {members} }}");

    private static int[] Sizes(string shape) => shape.Split(' ').SelectMany(static name => name switch
    {
        "..." => new[] { 2, 3 },
        "batch" => [2],
        "time" => [3],
        "dim" => [4],
        "out" => [5],
        _ => [4],
    }).ToArray();

    private static Tensor<double> Filled(int seed, params int[] sizes)
    {
        var random = new Random(seed);
        double[] values = Enumerable.Range(0, sizes.Aggregate(1, static (a, b) => a * b)).Select(_ => random.NextDouble() * 4 - 2).ToArray();
        return Tensor.Create(values, sizes.Select(static s => (nint)s).ToArray());
    }

    private static double[] Read(Tensor<double> tensor)
    {
        var values = new double[(int)tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return values;
    }

    private static InterpretedTensor Interpreted(Tensor<double> tensor) => new(tensor.Lengths.ToArray().Select(static l => (int)l).ToArray(), Read(tensor));
}
