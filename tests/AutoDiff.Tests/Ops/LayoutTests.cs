using System.Numerics.Tensors;
using static AutoDiff.Ops;
using static AutoDiff.Tests.Tensors;

namespace AutoDiff.Tests;

public class LayoutTests
{
    [Fact]
    public void Transpose_exchanges_the_last_two_axes_as_a_view()
    {
        Tensor<double> x = Sample(2, 3, 4);
        Tensor<double> turned = Transpose(x);
        Assert.Equal([2, 4, 3], turned.Lengths.ToArray());
        for (int i = 0; i < 24; i++)
            Assert.Equal(x[i / 12, i / 4 % 3, i % 4], turned[i / 12, i % 4, i / 4 % 3]);
        turned[1, 3, 2] = 77;
        Assert.Equal(77, x[1, 2, 3]);
        Equal(x, Transpose(Transpose(x)));
        Assert.StartsWith("x: [3] has fewer than the two axes", Assert.Throws<ArgumentException>("x", () => Transpose(Sample(3))).Message);
    }

    [Fact]
    public void Transpose_permutes_all_axes_in_the_order_given()
    {
        Tensor<double> x = Sample(2, 3, 4);
        Tensor<double>[] spellings = [Transpose(x, 2, 0, 1), Transpose(x, -1, 0, -2), Transpose(Strided(x), 2, 0, 1)];
        foreach (Tensor<double> turned in spellings)
        {
            Assert.Equal([4, 2, 3], turned.Lengths.ToArray());
            for (int i = 0; i < 24; i++)
                Assert.Equal(x[i / 12, i / 4 % 3, i % 4], turned[i % 4, i / 12, i / 4 % 3]);
        }

        Equal(Transpose(x, 0, 2, 1), Transpose(x));
        Equal([2, 1, 3], Flat(Sample(1, 2, 3)), Transpose(Sample(1, 2, 3), 1, 0, 2));
    }

    [Theory]
    [InlineData(new[] { 0, 0, 1 }, "axes: 0 is given twice.")]
    [InlineData(new[] { 0, 1 }, "axes: 2 are given for the 3 axes of x: [2, 3, 4].")]
    [InlineData(new[] { 0, 1, 3 }, "axes: 3 is not an axis of x: [2, 3, 4]; it has -3 to 2.")]
    public void Axes_that_are_no_permutation_are_named(int[] axes, string message)
        => Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => Transpose(Sample(2, 3, 4), axes)).Message);

    [Fact]
    public void Reshape_keeps_the_row_major_order()
    {
        Tensor<double> x = Sample(2, 3, 4);
        Equal([6, 4], Flat(x), Reshape(x, 6, 4));
        Equal([24], Flat(x), Reshape(x, -1));
        Equal([4, 1, 6], Flat(x), Reshape(x, 4, 1, -1));
        Equal([6, 4], Flat(x), Reshape(x, 6, x.Lengths[2]));
        Equal([6, 4], Flat(x), Reshape(x, [6, 4]));
        Equal([8, 3], Flat(Transpose(x)), Reshape(Transpose(x), 8, 3));
        Equal([2, 3, 4], Flat(x), Reshape(Reshape(x, 4, 1, 6), x.Lengths));
    }

    [Fact]
    public void Reshape_of_a_dense_tensor_is_a_view_also_with_axes_of_length_one()
    {
        foreach (nint[] lengths in (nint[][])[[2, 6], [1, 12], [12, 1], [2, 1, 6], [1, 2, 1, 6, 1]])
        {
            Tensor<double> x = Sample(lengths), y = Reshape(x, 3, 4);
            y[2, 3] = 99;
            Assert.Equal(99, Flat(x)[11]);
            Tensor<double> row = Reshape(Slice(y, 0, 1, 1), 4);
            row[0] = 55;
            Assert.Equal(55, y[1, 0]);
        }

        Equal([1], [5.0], Reshape(Of([1, 1, 1], 5.0), 1));
        Equal([1, 1], [5.0], Reshape(Of([1], 5.0), 1, 1));
        Equal([0, 5], [], Reshape(Of<double>([2, 0]), 0, 5));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-1, 4)]
    [InlineData(-1, -1)]
    [InlineData(-1, 0)]
    [InlineData(-2, -3)]
    [InlineData]
    public void Lengths_that_do_not_hold_the_elements_are_named(params int[] lengths)
        => Assert.StartsWith(
            $"lengths: [{string.Join(", ", lengths)}] does not hold the elements of x: [2, 3].",
            Assert.Throws<ArgumentException>("lengths", () => Reshape(Sample(2, 3), (ReadOnlySpan<int>)lengths)).Message);

    [Fact]
    public void Slice_is_a_view_of_a_range_of_an_axis()
    {
        Tensor<double> x = Sample(4, 5);
        Tensor<double> middle = Slice(x, -1, 1, 3);
        Assert.Equal([4, 3], middle.Lengths.ToArray());
        for (int i = 0; i < 12; i++)
            Assert.Equal(x[i / 3, 1 + i % 3], middle[i / 3, i % 3]);
        middle[2, 0] = 44;
        Assert.Equal(44, x[2, 1]);
        Equal(Slice(Slice(x, 0, 1, 2), 1, 1, 3), Slice(Slice(Strided(x), 1, 1, 3), 0, 1, 2));
        Equal([4, 0], [], Slice(x, 1, 5, 0));
        Equal(x, Slice(x, 0, 0, 4));
    }

    [Fact]
    public void Slices_outside_an_axis_are_named()
    {
        Tensor<double> x = Sample(4, 5);
        Assert.StartsWith(
            "start: -1 is outside axis 1 of x: [4, 5].",
            Assert.Throws<ArgumentOutOfRangeException>("start", () => Slice(x, 1, -1, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("start", () => Slice(x, 1, 6, 0));
        Assert.StartsWith(
            "length: 3 from 3 is outside axis 1 of x: [4, 5].",
            Assert.Throws<ArgumentOutOfRangeException>("length", () => Slice(x, -1, 3, 3)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("length", () => Slice(x, 1, 3, -1));
        Assert.Throws<ArgumentOutOfRangeException>("axis", () => Slice(x, 2, 0, 1));
    }

    [Fact]
    public void Concat_is_undone_by_Slice_along_each_axis()
    {
        Tensor<double> x = Sample(2, 3, 4);
        for (int axis = -3; axis < 3; axis++)
        {
            int length = (int)x.Lengths[(axis + 3) % 3];
            Tensor<double> head = Slice(x, axis, 0, 1), tail = Slice(x, axis, 1, length - 1), none = Slice(x, axis, 0, 0);
            Equal(x, Concat(axis, head, none, tail));
            Equal(x, Concat(axis, x));
        }

        Assert.StartsWith(
            "tensors[1]: [2, 4] does not match tensors[0]: [2, 3] beside axis 0.",
            Assert.Throws<ArgumentException>("tensors", () => Concat(0, Sample(2, 3), Sample(2, 4))).Message);
        Assert.Throws<ArgumentException>("tensors", () => Concat(0, Sample(2, 3), Sample(6)));
        Assert.Throws<ArgumentException>("tensors", () => Concat<double>(0));
        Assert.Throws<ArgumentNullException>("tensors", () => Concat(0, Sample(2), null!));
        Assert.Throws<ArgumentOutOfRangeException>("axis", () => Concat(2, Sample(2, 3)));
    }

    [Fact]
    public void Broadcast_repeats_to_the_lengths()
    {
        Tensor<double> x = Sample(2, 1);
        nint[] lengths = [3, 2, 4];
        double[] expected = [.. Enumerable.Range(0, 24).Select(i => At(x, lengths, i))];
        Near(lengths, expected, Broadcast(x, 3, 2, 4), 0);
        Near(lengths, expected, Broadcast(x, lengths), 0);
        Equal(x, Broadcast(x, 2, 1));
        Equal([2, 0], [], Broadcast(x, 2, 0));
        foreach (nint[] wrong in (nint[][])[[2], [3, 1], [2, -1]])
        {
            Assert.StartsWith(
                $"lengths: x: [2, 1] does not broadcast to [{string.Join(", ", wrong)}].",
                Assert.Throws<ArgumentException>("lengths", () => Broadcast(x, wrong)).Message);
        }
    }

    [Fact]
    public void Gather_copies_rows_for_indices_of_any_rank()
    {
        Tensor<double> table = Sample(5, 2, 3);
        int[] indices = [4, 0, 4, 1];
        double[] flat = Flat(table);
        double[] expected = [.. indices.SelectMany(i => flat[(i * 6)..(i * 6 + 6)])];
        Equal([4, 2, 3], expected, Gather(table, indices));
        Equal([4, 2, 3], expected, Gather(table, [4, 0, 4, 1]));
        Equal([4, 2, 3], expected, Gather(table, (ReadOnlySpan<int>)indices));
        Equal([2, 2, 2, 3], expected, Gather(table, Of([2, 2], indices)));
        Equal([2, 2, 2, 3], expected, Gather(Strided(table), Strided(Of([2, 2], indices))));
        Equal([2], [7.0, 5.0], Gather(Of([3], 5.0, 6, 7), [2, 0]));
        Equal([0, 2, 3], [], Gather(table, ReadOnlySpan<int>.Empty));
        Assert.StartsWith(
            "indices: element 1 is 5; table: [5, 2, 3] has rows 0 to 4.",
            Assert.Throws<ArgumentOutOfRangeException>("indices", () => Gather(table, [0, 5])).Message);
        Assert.Throws<ArgumentOutOfRangeException>("indices", () => Gather(table, Of([1], -1)));
        Assert.Throws<ArgumentNullException>("indices", () => Gather(table, (int[])null!));
    }

    [Fact]
    public void CausalMask_hides_what_is_above_the_diagonal_of_the_last_two_axes()
    {
        Tensor<double> scores = Sample(2, 3, 4);
        scores[0, 0, 3] = double.NaN;
        foreach (Tensor<double> masked in (Tensor<double>[])[CausalMask(scores), CausalMask(Strided(scores))])
        {
            Assert.Equal([2, 3, 4], masked.Lengths.ToArray());
            for (int i = 0; i < 24; i++)
            {
                int row = i / 4 % 3, column = i % 4;
                Assert.Equal(column > row ? double.NegativeInfinity : scores[i / 12, row, column], masked[i / 12, row, column]);
            }
        }

        Equal([3, 1], [1f, 2, 3], CausalMask(Of([3, 1], 1f, 2, 3)));
        Assert.StartsWith(
            "scores: [3] has fewer than two axes.", Assert.Throws<ArgumentException>("scores", () => CausalMask(Sample(3))).Message);
    }
}
