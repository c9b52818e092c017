using System.Numerics.Tensors;
using static AutoDiff.Generators.Tests.Tensors.TensorCase;

namespace AutoDiff.Generators.Tests.Tensors;

/// <summary>Each tensor operation, alone: forward against the eager method, reverse against central differences, with all lengths of tails.</summary>
public class OperationTests
{
    private static TensorCase Of(string parameters, string body, string result = "Tensor<double>", string shape = "")
        => new($$"""
            [Differentiable]
            {{(shape.Length == 0 ? "" : $"[return: Shape(\"{shape}\")]")}}
            public static {{result}} M({{parameters}}) => {{body}};
            """);

    [Theory]
    [InlineData("Exp(x)")]
    [InlineData("Log(x + 2.0)")]
    [InlineData("Sqrt(x + 2.0)")]
    [InlineData("Abs(x)")]
    [InlineData("Tanh(x)")]
    [InlineData("Sigmoid(x)")]
    [InlineData("Relu(x)")]
    [InlineData("Gelu(x)")]
    [InlineData("GeluTanh(x)")]
    [InlineData("Silu(x)")]
    [InlineData("Softplus(x)")]
    [InlineData("Sin(x)")]
    [InlineData("Cos(x)")]
    [InlineData("Square(x)")]
    [InlineData("-x")]
    [InlineData("x * x + 3.0")]
    [InlineData("1.0 / (x + 2.0)")]
    [InlineData("Clamp(x, -0.5, 0.5)")]
    [InlineData("Pow(x + 2.0, 1.5)")]
    [InlineData("Softmax(x)")]
    [InlineData("LogSoftmax(x)")]
    [InlineData("Softmax(x, 0)")]
    [InlineData("Multiply(LogSumExp(x, -1, true), x)")]
    [InlineData("Exp(CausalMask(x)) + x", 4)]
    [InlineData("Subtract(x, Mean(x, -1, true))")]
    [InlineData("Subtract(x, Sum(x, 0, true))")]
    [InlineData("Multiply(x, Max(x, -1, true))")]
    [InlineData("Multiply(x, Min(x, 0, true))")]
    [InlineData("RmsNorm(x, Exp(Mean(x, 0)), 1e-5)")]
    public void Elementwise_and_rows(string body, int rows = 3)
    {
        TensorCase test = Of("[Shape(\"rows columns\")] Tensor<double> x", body, shape: "rows columns");
        foreach (int columns in new[] { 1, 2, 4, 7, 8, 9, 16, 19 })
        {
            if (body.Contains("Causal", StringComparison.Ordinal) && columns != 4) continue;
            test.Check(1e-5, Random(columns, rows, columns));
        }
    }

    /// <summary>Calls of methods of tensors are no part of an expression, whatever reads their number.</summary>
    [Fact]
    public void Numbers_of_calls()
    {
        new TensorCase("""
            [Differentiable]
            public static double Penalty([Shape("rows columns")] Tensor<double> x, double scale) => scale * Sum(Square(x));

            [Differentiable]
            public static double M([Shape("rows columns")] Tensor<double> x, [Shape("columns")] Tensor<double> y) => Sum(Exp(x)) + Penalty(x, 0.25) * Penalty(Add(x, y), 0.5);
            """).Check(Random(1, 3, 7), Random(2, 7));
    }

    [Theory]
    [InlineData("x + y")]
    [InlineData("x * y")]
    [InlineData("x / (y + 3.0)")]
    [InlineData("Max(x, y)")]
    [InlineData("Min(x, y)")]
    [InlineData("Concat(1, x, y, x)")]
    [InlineData("Concat(0, x, y)")]
    public void Pairs(string body)
    {
        string shape = body.StartsWith("Concat(1", StringComparison.Ordinal) ? "rows 3*columns" : body.StartsWith("Concat(0", StringComparison.Ordinal) ? "2*rows columns" : "rows columns";
        TensorCase test = Of("[Shape(\"rows columns\")] Tensor<double> x, [Shape(\"rows columns\")] Tensor<double> y", body, shape: shape);
        foreach (int columns in new[] { 1, 5, 8, 17 }) test.Check(Random(1, 3, columns), Random(2, 3, columns));
    }

    [Theory]
    [InlineData("columns", "Add(x, y)")]
    [InlineData("columns", "Divide(x, Exp(y))")]
    [InlineData("rows 1", "Multiply(x, y)")]
    [InlineData("1 columns", "Multiply(x, y) + x")]
    [InlineData("rows 1", "Softmax(Multiply(y, x))")]
    public void Broadcasts(string shape, string body)
    {
        TensorCase test = Of($"[Shape(\"rows columns\")] Tensor<double> x, [Shape(\"{shape}\")] Tensor<double> y", body, shape: "rows columns");
        foreach (int columns in new[] { 1, 5, 8, 17 })
        {
            int[] lengths = [.. shape.Split(' ').Select(d => d switch { "rows" => 3, "columns" => columns, _ => 1 })];
            test.Check(Random(1, 3, columns), Random(2, lengths));
        }
    }

    [Theory]
    [InlineData("Sum(x)")]
    [InlineData("Mean(x)")]
    [InlineData("Max(x)")]
    [InlineData("Min(x)")]
    [InlineData("Mean(Square(Subtract(x, Mean(x, -1, true))))")]
    [InlineData("MeanSquaredError(x, Tanh(x))")]
    [InlineData("Sum(Max(x, 0)) + Sum(Min(x, 1))")]
    public void To_a_number(string body)
    {
        TensorCase test = Of("[Shape(\"rows columns\")] Tensor<double> x", body, result: "double");
        foreach (int columns in new[] { 1, 5, 8, 17 }) test.Check(Random(columns, 4, columns));
    }

    [Theory]
    [InlineData("Transpose(x)", "columns rows")]
    [InlineData("Exp(Transpose(x)) * 2.0", "columns rows")]
    [InlineData("Sum(x, 0)", "columns")]
    [InlineData("Sum(x, 1)", "rows")]
    [InlineData("Mean(x, -1)", "rows")]
    [InlineData("Sum(x, \"r c -> c\")", "columns")]
    [InlineData("Max(x, \"r c -> r\")", "rows")]
    [InlineData("Mean(x, \"r c -> r 1\")", "rows 1")]
    [InlineData("MatMul(Transpose(x), x)", "columns columns")]
    [InlineData("Transpose(x) + MatMul(Transpose(x), MatMul(x, Transpose(x)))", "columns rows")]
    [InlineData("MatMul(x, x, false, true)", "rows rows")]
    [InlineData("MatMul(x, x, true, false)", "columns columns")]
    public void Changed_shapes(string body, string shape)
    {
        TensorCase test = Of("[Shape(\"rows columns\")] Tensor<double> x", body, shape: shape);
        foreach (int columns in new[] { 1, 5, 8, 17 }) test.Check(Random(columns, 3, columns));
    }

    [Theory]
    [InlineData("Transpose(x, 0, 2, 1, 3)", "a c b d")]
    [InlineData("Sum(x, 1)", "a c d")]
    [InlineData("Sum(Transpose(x, 3, 1, 0, 2), 2)", "d b c")]
    [InlineData("MatMul(x, x, false, true)", "a b c c")]
    [InlineData("MatMul(Transpose(x, 0, 2, 1, 3), Transpose(x, 0, 2, 1, 3), false, true)", "a c b b")]
    [InlineData("Softmax(x, 1)", "a b c d")]
    [InlineData("Slice(x, 2, 1, 2) * 3.0", "a b 2 d")]
    public void Four_axes(string body, string shape)
    {
        TensorCase test = Of("[Shape(\"a b c d\")] Tensor<double> x", body, shape: shape);
        test.Check(Random(1, 2, 3, 4, 5));
        test.Check(Random(2, 1, 2, 3, 9));
    }

    [Fact]
    public void Choice_by_a_condition()
    {
        TensorCase test = Of("[Shape(\"rows columns\")] Tensor<bool> c, [Shape(\"rows columns\")] Tensor<double> x, [Shape(\"columns\")] Tensor<double> y", "Where(c, x * x, y)", shape: "rows columns");
        foreach (int columns in new[] { 1, 5, 8, 17 })
        {
            bool[] condition = [.. Enumerable.Range(0, 3 * columns).Select(static i => i % 3 == 1)];
            test.Check(Tensor.Create(condition, [3, columns]), Random(1, 3, columns), Random(2, columns));
        }
    }

    [Theory]
    [InlineData("int[]")]
    [InlineData("Tensor<int>")]
    public void Rows_by_index(string type)
    {
        TensorCase test = Of($"[Shape(\"table width\")] Tensor<double> x, [Shape(\"count\")] {type} indices", "Square(Gather(x, indices))", shape: "count width");
        int[] indices = [2, 0, 2, 3];
        foreach (int width in new[] { 1, 5, 8, 17 })
            test.Check(Random(1, 4, width), type == "int[]" ? (object)indices : Tensor.Create(indices, [4]));
    }

    [Fact]
    public void An_index_beyond_the_table()
    {
        TensorCase test = Of("[Shape(\"table width\")] Tensor<double> x, [Shape(\"count\")] int[] indices", "Gather(x, indices)", shape: "count width");
        Assert.Throws<ArgumentOutOfRangeException>(() => test.Call("Forward", Random(1, 4, 3), new[] { 4 }, Random(2, 1, 3)));
    }

    [Theory]
    [InlineData("CrossEntropy(x, targets)")]
    [InlineData("CrossEntropy(x * 2.0, targets, 1)")]
    public void Cross_entropy(string body)
    {
        TensorCase test = Of("[Shape(\"rows classes\")] Tensor<double> x, [Shape(\"rows\")] int[] targets", body, result: "double");
        foreach (int classes in new[] { 3, 5, 8, 17 }) test.Check(Random(1, 4, classes), new[] { 2, 0, 1, 2 });
    }

    [Fact]
    public void A_target_beyond_the_classes()
    {
        TensorCase test = Of("[Shape(\"rows classes\")] Tensor<double> x, [Shape(\"rows\")] int[] targets", "CrossEntropy(x, targets)", result: "double");
        Assert.Throws<ArgumentOutOfRangeException>(() => test.Call("Forward", Random(1, 2, 3), new[] { 0, 3 }));
    }

    [Fact]
    public void Normalisations()
    {
        TensorCase layer = Of("[Shape(\"rows n\")] Tensor<double> x, [Shape(\"n\")] Tensor<double> w, [Shape(\"n\")] Tensor<double> b", "LayerNorm(x, w, b, 1e-5)", shape: "rows n");
        TensorCase root = Of("[Shape(\"rows n\")] Tensor<double> x, [Shape(\"n\")] Tensor<double> w", "RmsNorm(x, w, 1e-5)", shape: "rows n");
        foreach (int n in new[] { 3, 5, 8, 17 })
        {
            layer.Check(1e-5, Random(1, 40, n), Random(2, n), Random(3, n));
            root.Check(1e-5, Random(1, 40, n), Random(2, n));
        }
    }

    [Fact]
    public void Dropping_out()
    {
        TensorCase test = Of("[Shape(\"rows n\")] Tensor<double> x, double rate, long seed", "Dropout(Tanh(x), 0.4, seed)", shape: "rows n");
        test.Check(Random(1, 5, 19), 0.4, 7L);
    }
}
