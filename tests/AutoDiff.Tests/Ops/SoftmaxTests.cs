using System.Numerics.Tensors;
using static AutoDiff.Ops;
using static AutoDiff.Tests.Tensors;

namespace AutoDiff.Tests;

public class SoftmaxTests
{
    private const double Inf = double.PositiveInfinity;

    [Fact]
    public void Softmax_is_its_definition_along_each_axis()
    {
        Tensor<double> x = Sample(2, 3, 4);
        for (int axis = -3; axis < 3; axis++)
        {
            Tensor<double> e = Exp(x), sum = Sum(e, axis, keepDims: true);
            Near([2, 3, 4], Flat(Divide(e, sum)), Softmax(x, axis));
            Near([2, 3, 4], Flat(Subtract(x, Log(sum))), LogSoftmax(x, axis));
            Equal(Softmax(x, axis), Softmax(Strided(x), axis));
            Equal(LogSoftmax(x, axis), LogSoftmax(Strided(x), axis));
        }

        Equal(Softmax(x, 2), Softmax(x));
        Equal(LogSoftmax(x, 2), LogSoftmax(x));
        Equal(LogSumExp(x, 2), LogSumExp(x));
    }

    [Fact]
    public void Large_logits_neither_overflow_nor_lose_the_small_ones()
    {
        Tensor<double> x = Of([2, 3], 1e4, 1e4 - 1, -1e4, -1e4, -1e4 - 1, -1e4 - 2);
        double two = 1 + Math.Exp(-1), three = two + Math.Exp(-2);
        Near([2, 3], [1 / two, Math.Exp(-1) / two, 0, 1 / three, Math.Exp(-1) / three, Math.Exp(-2) / three], Softmax(x));
        double l2 = Math.Log(two), l3 = Math.Log(three);
        Near([2, 3], [-l2, -1 - l2, -2e4 - l2, -l3, -1 - l3, -2 - l3], LogSoftmax(x));
        Near([2], [1e4 + Math.Log(two), -1e4 + Math.Log(three)], LogSumExp(x));
        Equal([3], [0.7310586f, 0.26894143f, 0], Softmax(Of([3], 1000f, 999f, -5f)));
        Equal([2], [(Half)0.5, (Half)0.5], Softmax(Of([2], Half.MaxValue, Half.MaxValue)));
    }

    [Fact]
    public void Infinite_logits_follow_the_convention_that_equal_infinities_differ_by_zero()
    {
        Equal([2], [0.5, 0.5], Softmax(Of([2], -Inf, -Inf)));
        Equal([2], [-Math.Log(2), -Math.Log(2)], LogSoftmax(Of([2], -Inf, -Inf)));
        Equal([1], [-Inf], LogSumExp(Of([2], -Inf, -Inf)));
        Equal([3], [0.5, 0, 0.5], Softmax(Of([3], Inf, 7, Inf)));
        Equal([3], [-Math.Log(2), -Inf, -Math.Log(2)], LogSoftmax(Of([3], Inf, 7, Inf)));
        Equal([1], [Inf], LogSumExp(Of([3], Inf, 7, -Inf)));
        Equal([3], [1.0, 0, 0], Softmax(Of([3], 0, -Inf, -Inf)));
        Equal([3], [0, -Inf, -Inf], LogSoftmax(Of([3], 0, -Inf, -Inf)));
        Equal([1], [3.0], LogSumExp(Of([3], 3, -Inf, -Inf)));
    }

    [Fact]
    public void NaN_spreads_through_its_row_only()
    {
        Tensor<double> x = Of([2, 2], double.NaN, 1, 2, 2);
        Equal([2, 2], [double.NaN, double.NaN, 0.5, 0.5], Softmax(x));
        Equal([2], [double.NaN, 2 + Math.Log(2)], LogSumExp(x));
    }

    [Fact]
    public void CrossEntropy_is_minus_the_log_softmax_at_the_targets()
    {
        Tensor<double> logits = Sample(2, 3, 4);
        int[] targets = [0, 3, 1, 2, 2, 0];
        double[] log = Flat(LogSoftmax(logits));
        double expected = -targets.Select((target, row) => log[row * 4 + target]).Average();
        Near(expected, CrossEntropy(logits, targets));
        Near(expected, CrossEntropy(logits, targets.AsSpan()));
        Near(expected, CrossEntropy(logits, (ReadOnlySpan<int>)targets));
        Near(expected, CrossEntropy(logits, Of([2, 3], targets)));
        Near(expected, CrossEntropy(Strided(logits), Strided(Of([2, 3], targets))));
        Near(-log[1], CrossEntropy(Reshape(Slice(Reshape(logits, 6, 4), 0, 0, 1), 4), Of([1], 1)));
    }

    [Fact]
    public void Ignored_targets_count_neither_in_the_sum_nor_in_the_mean()
    {
        Tensor<double> logits = Sample(3, 4);
        double[] log = Flat(LogSoftmax(logits));
        Near(-(log[1] + log[10]) / 2, CrossEntropy(logits, [1, -100, 2]));
        Near(-(log[1] + log[10]) / 2, CrossEntropy(logits, [1, 3, 2], ignoreIndex: 3));
        Assert.Equal(double.NaN, CrossEntropy(logits, [-100, -100, -100]));
    }

    [Fact]
    public void CrossEntropy_is_stable_for_extreme_logits()
    {
        Near(2e4, CrossEntropy(Of([1, 2], 1e4, -1e4), [1]));
        Near(0, CrossEntropy(Of([1, 2], 1e4, -1e4), [0]));
        Near(Math.Log(2), CrossEntropy(Of([1, 2], -Inf, -Inf), [0]));
        Near(Math.Log(2), CrossEntropy(Of([1, 3], Inf, 5, Inf), [2]));
        Assert.Equal(Inf, CrossEntropy(Of([1, 3], Inf, 5, Inf), [1]));
        Assert.Equal(Inf, CrossEntropy(Of([1, 2], -Inf, 0), [0]));
        Assert.Equal(20000f, CrossEntropy(Of([1, 2], 1e4f, -1e4f), [1]));
    }

    [Fact]
    public void CrossEntropy_names_what_does_not_fit()
    {
        Tensor<double> logits = Sample(2, 3, 4);
        Assert.StartsWith(
            "targets: [5] does not match logits: [2, 3, 4]: one target for each row.",
            Assert.Throws<ArgumentException>("targets", () => CrossEntropy(logits, new int[5])).Message);
        Assert.StartsWith(
            "targets: [3, 2] does not match logits: [2, 3, 4]: one target for each row.",
            Assert.Throws<ArgumentException>("targets", () => CrossEntropy(logits, Of([3, 2], new int[6]))).Message);
        Assert.StartsWith(
            "targets: element 1 is 4; logits: [2, 3, 4] has classes 0 to 3.",
            Assert.Throws<ArgumentOutOfRangeException>("targets", () => CrossEntropy(logits, [0, 4, 0, 0, 0, 0])).Message);
        Assert.Throws<ArgumentOutOfRangeException>("targets", () => CrossEntropy(logits, [0, -1, 0, 0, 0, 0]));
        Assert.Throws<ArgumentNullException>("logits", () => CrossEntropy((Tensor<double>)null!, new int[1]));
        Assert.Throws<ArgumentNullException>("targets", () => CrossEntropy(logits, (int[])null!));
    }

    [Fact]
    public void MeanSquaredError_is_a_mean_over_equal_shapes()
    {
        Near(14.0 / 3, MeanSquaredError(Of([3], 1.0, 2, 3), Of([3], 0.0, 0, 0)));
        Tensor<double> x = Sample(3, 4), y = Sample(2, [3, 4]);
        Near(Mean(Square(Subtract(x, y))), MeanSquaredError(Strided(x), y));
        Assert.StartsWith(
            "y: [3] does not match x: [2, 3].",
            Assert.Throws<ArgumentException>("y", () => MeanSquaredError(Sample(2, 3), Sample(3))).Message);
    }
}
