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
    [InlineData("LogSumExp(x, -1, true) * x")]
    [InlineData("CausalMask(x) * 0.5 + x", 4)]
    [InlineData("x - Mean(x, -1, true)")]
    [InlineData("x - Sum(x, 0, true)")]
    [InlineData("x * Max(x, -1, true)")]
    [InlineData("x * Min(x, 0, true)")]
    [InlineData("RmsNorm(x, Exp(Mean(x, 0)), 1e-5)")]
    public void Elementwise_and_rows(string body, int rows = 3)
    {
        TensorCase test = Of("[Shape(\"rows columns\")] Tensor<double> x", body, shape: "rows columns");
        foreach (int columns in new[] { 1, 2, 4, 7, 8, 9, 16, 19 })
        {
            if (body.StartsWith("Causal", StringComparison.Ordinal) && columns != 4) continue;
            test.Check(1e-5, Random(columns, rows, columns));
        }
    }

    [Theory]
    [InlineData("x + y")]
    [InlineData("x * y")]
    [InlineData("x / (y + 3.0)")]
    [InlineData("Max(x, y)")]
    [InlineData("Min(x, y)")]
    [InlineData("Where(Greater(x, y), x * y, x - y)")]
    [InlineData("Concat(1, x, y, x)")]
    [InlineData("Concat(0, x, y)")]
    public void Pairs(string body)
    {
        string shape = body.StartsWith("Concat(1", StringComparison.Ordinal) ? "rows 3*columns" : body.StartsWith("Concat(0", StringComparison.Ordinal) ? "2*rows columns" : "rows columns";
        TensorCase test = Of("[Shape(\"rows columns\")] Tensor<double> x, [Shape(\"rows columns\")] Tensor<double> y", body, shape: shape);
        foreach (int columns in new[] { 1, 5, 8, 17 }) test.Check(Random(1, 3, columns), Random(2, 3, columns));
    }

    [Theory]
    [InlineData("columns", "x + y")]
    [InlineData("columns", "x * Exp(y)")]
    [InlineData("rows 1", "x * y")]
    [InlineData("1 columns", "x * y + x")]
    [InlineData("rows 1", "Softmax(x * y)")]
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
    [InlineData("Mean(Square(x - Mean(x, -1, true)))")]
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
    [InlineData("MatMul(Transpose(x), x)", "columns columns")]
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
}
