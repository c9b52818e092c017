using System.Numerics.Tensors;
using static AutoDiff.Ops;
using static AutoDiff.Tests.Tensors;

namespace AutoDiff.Tests;

public class MatMulTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void The_product_is_its_definition_with_broadcast_leading_axes(bool transposeA, bool transposeB)
    {
        (nint[] A, nint[] B, nint[] Result)[] leading =
        [
            ([], [], []), ([2], [2], [2]), ([2], [], [2]), ([], [2], [2]), ([2, 1], [3], [2, 3]), ([4, 1, 2], [3, 1], [4, 3, 2]),
            ([0], [1], [0]),
        ];
        const int m = 3, k = 5, n = 4;
        foreach (var (la, lb, lead) in leading)
        {
            Tensor<double> a = Sample(1, [.. la, m, k]), b = Sample(2, [.. lb, k, n]);
            nint[] lengths = [.. lead, m, n], withA = [.. lead, m, k], withB = [.. lead, k, n];
            int products = (int)lead.Aggregate((nint)1, (x, y) => x * y);
            var expected = new double[products * m * n];
            for (int i = 0; i < expected.Length; i++)
            {
                int p = i / (m * n), row = i / n % m, column = i % n;
                for (int j = 0; j < k; j++)
                    expected[i] += At(a, withA, (p * m + row) * k + j) * At(b, withB, (p * k + j) * n + column);
            }

            Tensor<double> x = transposeA ? Transpose(a) : a, y = transposeB ? Transpose(b) : b;
            Near(lengths, expected, MatMul(x, y, transposeA, transposeB));
            Near(lengths, expected, MatMul(Copy(x), Copy(y), transposeA, transposeB));
        }
    }

    [Fact]
    public void Empty_inner_lengths_give_zeros()
    {
        Equal([2, 3], new double[6], MatMul(Of<double>([2, 0]), Of<double>([0, 3])));
        Equal([0, 3], [], MatMul(Of<double>([0, 2]), Sample(2, 3)));
    }

    [Fact]
    public void Narrow_types_are_accumulated_in_double()
    {
        const int k = 4096;
        var half = new Half[k];
        Array.Fill(half, (Half)1);
        Assert.Equal((Half)4096, MatMul(Of([1, k], half), Of([k, 1], half))[0, 0]);
        var single = new float[k];
        Array.Fill(single, 0.1f);
        Assert.Equal((float)(k * (double)0.1f * 0.1f), MatMul(Of([1, k], single), Of([k, 1], single))[0, 0]);
    }

    [Fact]
    public void Shapes_that_do_not_match_are_named()
    {
        Assert.StartsWith(
            "b: [4, 5] does not match a: [2, 3]: the inner lengths are 3 and 4.",
            Assert.Throws<ArgumentException>("b", () => MatMul(Sample(2, 3), Sample(4, 5))).Message);
        Assert.StartsWith(
            "b: [4, 5] transposed does not match a: [3, 2] transposed: the inner lengths are 3 and 5.",
            Assert.Throws<ArgumentException>("b", () => MatMul(Sample(3, 2), Sample(4, 5), true, true)).Message);
        Assert.StartsWith(
            "a: [3] has fewer than the two axes of a matrix.",
            Assert.Throws<ArgumentException>("a", () => MatMul(Sample(3), Sample(3, 2))).Message);
        Assert.StartsWith(
            "b: [3] has fewer than the two axes of a matrix.",
            Assert.Throws<ArgumentException>("b", () => MatMul(Sample(2, 3), Sample(3))).Message);
        Assert.StartsWith(
            "b: [3] does not broadcast with a: [2].",
            Assert.Throws<ArgumentException>("b", () => MatMul(Sample(2, 3, 4), Sample(3, 4, 5))).Message);
    }

    private static Tensor<double> Copy(Tensor<double> x) => Of(x.Lengths.ToArray(), Flat(x));
}
