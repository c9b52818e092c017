using static AutoDiff.Generators.Tests.Tensors.TensorCase;

namespace AutoDiff.Generators.Tests.Tensors;

public class DenseTests
{
    private const string Dense = """
        [Differentiable]
        [return: Shape("batch out")]
        public static Tensor<double> M([Shape("batch in")] Tensor<double> x, [Shape("in out")] Tensor<double> w, [Shape("out")] Tensor<double> b)
            => Gelu(MatMul(x, w) + b);
        """;

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 7)]
    [InlineData(4, 8, 16)]
    [InlineData(9, 17, 33)]
    public void A_layer(int batch, int inputs, int outputs)
        => new TensorCase(Dense).Check(Random(1, batch, inputs), Random(2, inputs, outputs), Random(3, outputs));
}
