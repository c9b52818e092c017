using System.Numerics.Tensors;

namespace AutoDiff.Tests.Fused;

/// <summary>Fused softmax, log-softmax, log-sum-exp and cross-entropy at logits of ±1e4 and ±∞: as the eager reference has them, with exact gradients.</summary>
public sealed class ExtremeLogitsTests
{
    private const float Inf = float.PositiveInfinity;

    // 19 classes: a whole vector of 16 lanes and a tail.
    private static readonly float[][] Rows =
    [
        Row(1e4f, -1e4f, 0),
        Row(-1e4f, -1e4f, -1e4f),
        Row(1e4f, 1e4f, 1e4f),
        Row(-Inf, 2, 1),
        Row(0, -Inf, -Inf),
        Row(Inf, 0, 1),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Rows.Length)];

    [Theory, MemberData(nameof(Indices))]
    public void ForwardIsThatOfTheEagerOperations(int row)
    {
        Tensor<float> x = Tensor.Create(Rows[row], [1, 19]), y = Tensor.CreateFromShape<float>([1, 19]);
        ExtremeLogits.SoftForward(x, y);
        Near(Ops.Softmax(x), y);
        ExtremeLogits.LogSoftForward(x, y);
        Near(Ops.LogSoftmax(x), y);
        Assert.Equal(ExtremeLogits.TotalLogSumExp(x), ExtremeLogits.TotalLogSumExpForward(x));
        Assert.Equal(ExtremeLogits.Loss(x, [1]), ExtremeLogits.LossForward(x, [1]), 1e-5f);
    }

    [Theory, MemberData(nameof(Indices))]
    public void GradientsAreSoftmaxAndItsDifferenceToTheTarget(int row)
    {
        Tensor<float> x = Tensor.Create(Rows[row], [1, 19]), dx = Tensor.CreateFromShape<float>([1, 19]);
        Tensor<float> softmax = Ops.Softmax(x);
        ExtremeLogits.TotalLogSumExpGradient(x, dx);
        Near(softmax, dx);
        ExtremeLogits.LossGradient(x, [1], dx);
        for (int c = 0; c < 19; c++) Assert.Equal(softmax[0, c] - (c == 1 ? 1 : 0), dx[0, c], 1e-6f);
    }

    /// <summary>The first classes, and a value far below the larger of them for the others.</summary>
    private static float[] Row(float first, float second, float third)
    {
        float[] row = new float[19];
        Array.Fill(row, -1e4f);
        (row[0], row[1], row[2]) = (first, second, third);
        return row;
    }

    private static void Near(Tensor<float> expected, Tensor<float> actual)
    {
        for (int c = 0; c < 19; c++)
        {
            if (!float.IsFinite(expected[0, c])) Assert.Equal(expected[0, c], actual[0, c]);
            else Assert.Equal(expected[0, c], actual[0, c], 1e-6f * (1 + Math.Abs(expected[0, c])));
        }
    }
}
