using System.Numerics.Tensors;
using static AutoDiff.Ops;
using static AutoDiff.Tests.Tensors;

namespace AutoDiff.Tests;

public class NormalizationTests
{
    [Fact]
    public void LayerNorm_is_its_definition_over_the_last_axis()
    {
        Tensor<double> x = Sample(2, 3, 4), weight = Sample(2, [4]), bias = Sample(3, [4]);
        Tensor<double> centred = Subtract(x, Mean(x, -1, keepDims: true));
        Tensor<double> deviation = Sqrt(Mean(Square(centred), -1, keepDims: true) + 1e-3);
        Tensor<double> expected = Add(Multiply(Divide(centred, deviation), weight), bias);
        Near([2, 3, 4], Flat(expected), LayerNorm(x, weight, bias, 1e-3));
        Near([2, 3, 4], Flat(expected), LayerNorm(Strided(x), weight, bias, 1e-3));
        Equal(LayerNorm(x, weight, bias, 1e-5), LayerNorm(x, weight, bias));
        Near([2, 3, 4], Flat(Subtract(expected, bias)), LayerNorm(x, weight, 1e-3));
    }

    [Fact]
    public void LayerNorm_of_a_large_offset_does_not_cancel()
    {
        Tensor<float> ones = Of([4], 1f, 1, 1, 1), zeros = Of([4], 0f, 0, 0, 0);
        Tensor<float> near = LayerNorm(Of([1, 4], 0f, 1, 2, 3), ones, zeros, 0);
        Equal(near, LayerNorm(Of([1, 4], 1e6f, 1e6f + 1, 1e6f + 2, 1e6f + 3), ones, zeros, 0));
        Equal([1, 4], [0f, 0, 0, 0], LayerNorm(Of([1, 4], 7f, 7, 7, 7), ones, zeros));
    }

    [Fact]
    public void RmsNorm_is_its_definition_over_the_last_axis()
    {
        Tensor<double> x = Sample(2, 3, 4), weight = Sample(2, [4]);
        Tensor<double> expected = Multiply(Divide(x, Sqrt(Mean(Square(x), -1, keepDims: true) + 1e-3)), weight);
        Near([2, 3, 4], Flat(expected), RmsNorm(x, weight, 1e-3));
        Near([2, 3, 4], Flat(expected), RmsNorm(Strided(x), weight, 1e-3));
        Equal(RmsNorm(x, weight, 1e-5), RmsNorm(x, weight));
        // The square of the largest float overflows a float.
        Near(1, RmsNorm(Of([1, 2], 1e38f, -1e38f), Of([2], 1f, 1))[0, 0]);
    }

    [Fact]
    public void Weights_that_do_not_match_the_last_axis_are_named()
    {
        Tensor<double> x = Sample(2, 4), four = Sample(4);
        Assert.StartsWith(
            "weight: [3] does not match the last axis of x: [2, 4].",
            Assert.Throws<ArgumentException>("weight", () => LayerNorm(x, Sample(3), four)).Message);
        Assert.Throws<ArgumentException>("weight", () => RmsNorm(x, Sample(1, 4)));
        Assert.StartsWith(
            "bias: [4, 1] does not match the last axis of x: [2, 4].",
            Assert.Throws<ArgumentException>("bias", () => LayerNorm(x, four, Sample(4, 1))).Message);
        Assert.Throws<ArgumentNullException>("bias", () => LayerNorm(x, four, null!));
    }
}
