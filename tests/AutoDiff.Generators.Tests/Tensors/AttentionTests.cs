using AutoDiff.Generated;
using static AutoDiff.Generators.Tests.Tensors.TensorCase;

namespace AutoDiff.Generators.Tests.Tensors;

public class AttentionTests
{
    private const string Attention = """
        [Differentiable]
        [return: Shape("b t h*d")]
        public static Tensor<double> M([Shape("b t h*d")] Tensor<double> x, [Shape("h*d 3*h*d")] Tensor<double> w, [Shape("h*d h*d")] Tensor<double> o, int b, int t, int h, int d)
        {
            Tensor<double> qkv = MatMul(x, w);
            Tensor<double> q = Transpose(Reshape(Slice(qkv, 2, 0, h * d), b, t, h, d), 0, 2, 1, 3);
            Tensor<double> k = Transpose(Reshape(Slice(qkv, 2, h * d, h * d), b, t, h, d), 0, 2, 1, 3);
            Tensor<double> v = Transpose(Reshape(Slice(qkv, 2, 2 * h * d, h * d), b, t, h, d), 0, 2, 1, 3);
            Tensor<double> scores = MatMul(q, k, false, true) * (1 / Math.Sqrt(d));
            Tensor<double> weights = Softmax(CausalMask(scores));
            Tensor<double> mixed = Reshape(Transpose(MatMul(weights, v), 0, 2, 1, 3), b, t, h * d);
            return MatMul(mixed, o);
        }
        """;

    [Theory]
    [InlineData(1, 3, 1, 2)]
    [InlineData(2, 5, 3, 4)]
    [InlineData(2, 9, 2, 8)]
    public void Causal_self_attention(int b, int t, int h, int d)
        => new TensorCase(Attention).Check(Random(1, b, t, h * d), Random(2, h * d, 3 * h * d), Random(3, h * d, h * d), b, t, h, d);

    /// <summary>Several blocks of rows, the last one shorter; the scores kept for the backward part, and computed again.</summary>
    [Theory]
    [InlineData(21, false)]
    [InlineData(21, true)]
    [InlineData(70, false)]
    [InlineData(70, true)]
    [InlineData(129, true)]
    public void Blocks_of_rows(int t, bool again)
    {
        int most = RowBlocks.MostKept;
        try
        {
            if (again) RowBlocks.MostKept = 0;
            new TensorCase(Attention).Check(Random(1, 1, t, 4), Random(2, 4, 12), Random(3, 4, 4), 1, t, 2, 2);
        }
        finally
        {
            RowBlocks.MostKept = most;
        }
    }

    /// <summary>Scores that may not be taken for 0 beyond the diagonal, as a quotient or a logarithm of them is no number.</summary>
    [Fact]
    public void Logarithms_of_scores()
        => new TensorCase(Attention.Replace("CausalMask(scores)", "CausalMask(Log(Square(scores)))"))
            .Check(1e-3, Random(1, 1, 21, 4), Random(2, 4, 12), Random(3, 4, 4), 1, 21, 2, 2);

    /// <summary>Without a mask every row reaches all columns.</summary>
    [Fact]
    public void Attention_without_a_mask()
        => new TensorCase(Attention.Replace("CausalMask(scores)", "scores")).Check(Random(1, 1, 37, 4), Random(2, 4, 12), Random(3, 4, 4), 1, 37, 2, 2);
}
