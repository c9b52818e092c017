using System.Numerics.Tensors;
using AutoDiff.Generated;
using static AutoDiff.Ops;
using static AutoDiff.Tests.Tensors;

namespace AutoDiff.Tests;

public class TensorAccessTests
{
    /// <summary>Views of every kind over one tensor, each with its elements by the definition of the view.</summary>
    public static IEnumerable<(Tensor<double> View, double[] Elements)> Views()
    {
        Tensor<double> x = Sample(2, 3, 4);
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        foreach (int[] order in orders)
        {
            Tensor<double> turned = Transpose(x, order);
            for (int axis = 0; axis < 3; axis++)
            {
                int length = (int)turned.Lengths[axis];
                for (int start = 0; start < length; start++)
                {
                    for (int count = 0; count <= length - start; count++)
                    {
                        Tensor<double> view = Slice(turned, axis, start, count);
                        var elements = new List<double>();
                        var index = new nint[3];
                        for (int i = 0; i < view.FlattenedLength; i++)
                        {
                            int rest = i;
                            for (int a = 2; a >= 0; a--)
                            {
                                index[order[a]] = rest % view.Lengths[a] + (a == axis ? start : 0);
                                rest /= (int)view.Lengths[a];
                            }

                            elements.Add(x[index]);
                        }

                        yield return (view, [.. elements]);
                    }
                }
            }
        }
    }

    [Fact]
    public void Read_gives_the_elements_of_every_view_in_row_major_order()
    {
        int views = 0;
        foreach (var (view, elements) in Views())
        {
            views++;
            var buffer = new double[TensorAccess.BufferLength(view)];
            Assert.Equal(elements.Length, TensorAccess.Count(view));
            Assert.Equal(elements, TensorAccess.Read(view, buffer));
            Assert.Equal(elements, TensorAccess.Read(view.AsTensorSpan(), buffer));
            Assert.Equal(elements, TensorAccess.Read(view.AsReadOnlyTensorSpan(), buffer));
            Assert.Equal(buffer.Length, TensorAccess.BufferLength(view.AsTensorSpan()));
            Assert.Equal(buffer.Length, TensorAccess.BufferLength(view.AsReadOnlyTensorSpan()));
        }

        Assert.True(views > 100);
    }

    [Fact]
    public void Write_and_WriteBack_fill_every_view_and_nothing_else()
    {
        foreach (var (view, elements) in Views())
        {
            // Views() makes each view over memory that the others share: one write adds 100 to its elements, the next takes it back.
            foreach (double change in (double[])[100, -100])
            {
                double[] before = Flat(view);
                var buffer = new double[TensorAccess.BufferLength(view)];
                Span<double> target = TensorAccess.Write(view, buffer, load: true);
                Assert.Equal(before, target);
                for (int i = 0; i < target.Length; i++)
                    target[i] += change;
                TensorAccess.WriteBack(view, target);
                Assert.Equal(before.Select(e => e + change), Flat(view));
            }

            Assert.Equal(elements.Length, TensorAccess.Write(view.AsTensorSpan(), new double[TensorAccess.BufferLength(view)]).Length);
        }

        Tensor<int> whole = Of([3, 4], new int[12]);
        Tensor<int> corner = Slice(Slice(whole, 0, 1, 2), 1, 1, 2);
        TensorAccess.WriteBack(corner, [1, 2, 3, 4]);
        Equal([3, 4], [0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0], whole);
    }

    [Fact]
    public void A_dense_tensor_is_its_own_memory()
    {
        Tensor<float> x = Of([2, 3], 1f, 2, 3, 4, 5, 6);
        TensorAccess.Write(Slice(x, 0, 1, 1))[0] = 44;
        Assert.Equal(44, TensorAccess.Read(x)[3]);
        Assert.Equal(0, TensorAccess.BufferLength(x));
        TensorAccess.WriteBack(x, []);
    }

    [Fact]
    public void Repeated_elements_are_read_once_for_each_place()
    {
        Tensor<double> rows = Tensor.Create([1.0, 2, 3], 0, [2, 3], [0, 1]);
        Assert.Equal([1.0, 2, 3, 1, 2, 3], TensorAccess.Read(rows, new double[6]));
    }

    [Fact]
    public void Lengths_count_axes_from_both_ends()
    {
        Tensor<float> x = Of([2, 3, 4], new float[24]);
        Assert.Equal(2, TensorAccess.Length(x, 0));
        Assert.Equal(4, TensorAccess.Length(x, -1));
        Assert.Equal(3, TensorAccess.Length(x.AsTensorSpan(), -2));
        Assert.Equal(3, TensorAccess.Length(x.AsReadOnlyTensorSpan(), 1));
        Assert.Equal(24, TensorAccess.Count(x.AsTensorSpan()));
        Assert.Equal(24, TensorAccess.Count(x.AsReadOnlyTensorSpan()));
        Assert.Throws<IndexOutOfRangeException>(() => TensorAccess.Length(x, 3));
    }

    [Fact]
    public void Over_views_a_slice_of_an_array()
    {
        float[] array = [0, 1, 2, 3, 4, 5, 6, 7];
        Tensor<float> x = TensorAccess.Over(array, 2, 2, 3);
        Equal([2, 3], [2f, 3, 4, 5, 6, 7], x);
        Assert.True(x.IsDense);
        TensorAccess.Write(x)[0] = 99;
        Assert.Equal(99, array[2]);
        Equal([1, 1, 2], [6f, 7], TensorAccess.Over(array, 6, 1, 1, 2));
        Equal([0, 3], [], TensorAccess.Over(array, 8, 0, 3));
        var error = Assert.Throws<ArgumentException>("array", () => TensorAccess.Over(array, 3, 2, 3));
        Assert.StartsWith("array: 8 elements do not hold [2, 3] from element 3.", error.Message);
        Assert.Throws<ArgumentException>("array", () => TensorAccess.Over(array, -1, 2));
    }

    [Fact]
    public void Short_buffers_are_named()
    {
        Tensor<double> view = Transpose(Sample(2, 3));
        Assert.StartsWith(
            "buffer: 5 elements do not hold the 6 of a tensor that is not dense.",
            Assert.Throws<ArgumentException>("buffer", () => TensorAccess.Read(view, new double[5])[0]).Message);
        Assert.Throws<ArgumentException>("buffer", () => TensorAccess.Write(view, new double[5])[0]);
        Assert.Throws<ArgumentException>("elements", () => TensorAccess.WriteBack(view, new double[5]));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Nothing_allocates_whatever_the_rank(int rank)
    {
        var lengths = new nint[rank];
        Array.Fill(lengths, 2);
        Tensor<double> dense = Sample(lengths), view = Strided(dense);
        var buffer = new double[dense.FlattenedLength];
        double sum = 0;
        long allocated = 0;
        // The first round compiles; the second is measured.
        for (int round = 0; round < 2; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            sum += TensorAccess.Read(dense)[0] + TensorAccess.Read(view, buffer)[0];
            sum += TensorAccess.Read(view.AsReadOnlyTensorSpan(), buffer)[0] + TensorAccess.Read(view.AsTensorSpan(), buffer)[0];
            TensorAccess.Write(dense)[0] += 1;
            Span<double> target = TensorAccess.Write(view, buffer, load: true);
            target[0] += 1;
            TensorAccess.WriteBack(view, target);
            sum += TensorAccess.Length(view, -1) + TensorAccess.Count(view) + TensorAccess.BufferLength(view);
            Guard.Rank(view, rank, "shape");
            Guard.Dimension("view", "shape", view.Lengths, -1, "n", 2, "x");
            Guard.SameShape(view, dense);
            Guard.NoOverlap(view, dense);
            Guard.NoOverlap(view, (ReadOnlySpan<double>)buffer);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.NotEqual(0, sum);
        Assert.Equal(0, allocated);
    }
}
