using System.Numerics.Tensors;
using AutoDiff.Generated;
using static AutoDiff.Tests.Tensors;

namespace AutoDiff.Tests;

public class GuardTests
{
    [Fact]
    public void Lengths_that_differ_name_both_arguments()
    {
        double[] w = new double[3], dw = new double[2];
        string message = "dw: length 2 does not match w: length 3.";
        Assert.StartsWith(message, Assert.Throws<ArgumentException>("dw", () =>
        {
            Span<double> target = dw;
            ReadOnlySpan<double> source = w;
            Guard.SameLength(target, source, "dw", "w");
        }).Message);
        Assert.StartsWith(message, Assert.Throws<ArgumentException>("dw", () => Guard.SameLength(dw, w)).Message);
        Assert.StartsWith(
            message, Assert.Throws<ArgumentException>("dw", () => Guard.SameLength(dw.AsSpan(), w.AsSpan(), "dw", "w")).Message);
        Guard.SameLength(dw, new float[2]);
        Guard.SameLength(Span<double>.Empty, ReadOnlySpan<double>.Empty);
        Assert.StartsWith(
            "jacobian: length 5 does not match 6 (2 outputs x 3 inputs).",
            Assert.Throws<ArgumentException>("jacobian", () => Guard.Length(5, 6, "jacobian", "2 outputs x 3 inputs")).Message);
        Guard.Length(6, 6, "jacobian");
    }

    [Fact]
    public void Null_is_named()
    {
        float[]? weights = null;
        Assert.Throws<ArgumentNullException>("weights", () => Guard.NotNull(weights));
        Guard.NotNull("something");
    }

    [Fact]
    public void Overlap_is_found_at_every_offset_and_names_both_arguments()
    {
        double[] memory = new double[10];
        for (int a = 0; a < 10; a++)
        {
            for (int b = 0; b < 10; b++)
            {
                bool overlaps = a < b + 3 && b < a + 3 && a < 8 && b < 8;
                if (a > 7 || b > 7)
                    continue;
                int first = a, second = b;
                Exception? error = Record.Exception(() =>
                {
                    Span<double> dw = memory.AsSpan(first, 3);
                    ReadOnlySpan<double> w = memory.AsSpan(second, 3);
                    Guard.NoOverlap(dw, w);
                });
                Assert.Equal(overlaps, error is ArgumentException);
                if (overlaps)
                {
                    Assert.StartsWith(
                        "dw overlaps w: a destination shares no memory with an input or another destination.", error!.Message);
                    Assert.Equal("dw", ((ArgumentException)error).ParamName);
                }
            }
        }
    }

    [Fact]
    public void Empty_spans_and_separate_arrays_never_overlap()
    {
        double[] memory = new double[4];
        Guard.NoOverlap(memory.AsSpan(2, 0), (ReadOnlySpan<double>)memory);
        Guard.NoOverlap(memory.AsSpan(), ReadOnlySpan<double>.Empty);
        Guard.NoOverlap(memory.AsSpan(), new double[4].AsSpan());
    }

    [Fact]
    public void Overlap_is_found_across_types_and_among_several_inputs()
    {
        byte[] bytes = new byte[64];
        Assert.Throws<ArgumentException>("dw", () =>
        {
            Span<float> dw = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
            Guard.NoOverlap(dw, (ReadOnlySpan<byte>)bytes.AsSpan(60));
        });
        double[] dx = new double[3], x = new double[3], y = new double[3], z = new double[3];
        foreach (int clash in (int[])[-1, 0, 1, 2, 3])
        {
            Exception? error = Record.Exception(() =>
            {
                Span<double> destination = dx;
                ReadOnlySpan<double> a = clash == 0 ? dx : x, b = clash == 1 ? dx : y, c = clash == 2 ? dx : z, d = clash == 3 ? dx : x;
                Guard.NoOverlap(destination, a, b, c, d);
                Guard.NoOverlap(destination, a, b, c);
                Guard.NoOverlap(destination, a, b);
            });
            if (clash < 0)
                Assert.Null(error);
            else
                Assert.StartsWith($"destination overlaps {"abcd"[clash]}:", Assert.IsType<ArgumentException>(error).Message);
        }

        Assert.StartsWith(
            "dw overlaps w:", Assert.Throws<ArgumentException>("dw", () => Guard.NoOverlap(dx.AsSpan(), dx.AsSpan(1), "dw", "w")).Message);
    }

    [Fact]
    public void Tensors_overlap_where_their_memory_does()
    {
        Tensor<double> x = Sample(4, 5);
        Tensor<double> rows = Ops.Slice(x, 0, 0, 2), below = Ops.Slice(x, 0, 2, 2), columns = Ops.Slice(x, 1, 3, 2);
        Guard.NoOverlap(rows, below);
        Guard.NoOverlap(below, rows);
        Guard.NoOverlap(x, Sample(4, 5));
        Guard.NoOverlap(Of<double>([0]), x);
        Assert.StartsWith("rows overlaps x:", Assert.Throws<ArgumentException>("rows", () => Guard.NoOverlap(rows, x)).Message);
        Assert.Throws<ArgumentException>("columns", () => Guard.NoOverlap(columns, below));
        Assert.Throws<ArgumentException>("columns", () => Guard.NoOverlap(columns, Ops.Transpose(below)));
        double[] array = new double[6];
        Tensor<double> tail = TensorAccess.Over(array, 3, 3);
        Guard.NoOverlap(tail, (ReadOnlySpan<double>)array.AsSpan(0, 3));
        Guard.NoOverlap(array.AsSpan(0, 3), tail);
        Assert.Throws<ArgumentException>("tail", () => Guard.NoOverlap(tail, (ReadOnlySpan<double>)array.AsSpan(0, 4)));
        Assert.Throws<ArgumentException>("d", () => Guard.NoOverlap(array.AsSpan(0, 4), tail, "d"));
    }

    [Fact]
    public void A_dimension_that_differs_is_described_with_its_origin()
    {
        Tensor<float> x = Of([32, 64], new float[32 * 64]);
        Assert.StartsWith(
            "x: [32, 64] does not match \"batch dim\" (dim = 128, from W1)",
            Assert.Throws<ArgumentException>("x", () => Guard.Dimension("x", "batch dim", x.Lengths, 1, "dim", 128, "W1")).Message);
        Assert.StartsWith(
            "x: [32, 64] does not match \"... 3*c\" (3*c = 96)",
            Assert.Throws<ArgumentException>("x", () => Guard.Dimension("x", "... 3*c", x.Lengths, -1, "3*c", 96)).Message);
        Assert.StartsWith(
            "x: [32, 64] does not match \"batch 128\" (expected 128)",
            Assert.Throws<ArgumentException>("x", () => Guard.Dimension("x", "batch 128", x.Lengths, 1, "128", 128)).Message);
        Assert.StartsWith(
            "labels: [31] does not match \"batch\" (batch = 32, from x)",
            Assert.Throws<ArgumentException>("labels", () => Guard.Dimension("labels", "batch", 31, "batch", 32, "x")).Message);
        Guard.Dimension("x", "batch dim", x.Lengths, 1, "dim", 64, "W1");
        Guard.Dimension("x", "batch dim", x.Lengths, -2, "batch", 32, "W1");
        Guard.Dimension("labels", "batch", 32, "batch", 32, "x");
    }

    [Fact]
    public void A_rank_that_differs_is_described()
    {
        Tensor<float> x = Of([2, 3], new float[6]);
        Assert.StartsWith(
            "x: [2, 3] does not match \"batch time dim\" (rank = 3)",
            Assert.Throws<ArgumentException>("x", () => Guard.Rank(x, 3, "batch time dim")).Message);
        Assert.StartsWith(
            "x: [2, 3] does not match \"... a b c\" (rank = 3 or more)",
            Assert.Throws<ArgumentException>("x", () => Guard.RankAtLeast(x, 3, "... a b c")).Message);
        Assert.Throws<ArgumentNullException>("y", () => Guard.Rank((Tensor<float>?)null, 1, "n", "y"));
        Assert.Throws<ArgumentNullException>("y", () => Guard.RankAtLeast((Tensor<float>?)null, 1, "n", "y"));
        Guard.Rank(x, 2, "a b");
        Guard.RankAtLeast(x, 1, "... a");
        Assert.StartsWith(
            "x: [2, 3] does not match \"a 2*b\" (3 is not a multiple of 2)",
            Assert.Throws<ArgumentException>("x", () => Guard.Multiple("x", "a 2*b", x.Lengths, 1, 2)).Message);
        Guard.Multiple("x", "a 3*b", x.Lengths, 1, 3);
    }

    [Fact]
    public void A_destination_has_the_shape_of_its_source_and_elements_of_its_own()
    {
        Tensor<double> x = Sample(2, 3);
        Tensor<double> dX = Sample(3, 2);
        Assert.StartsWith(
            "dX: [3, 2] does not match x: [2, 3]", Assert.Throws<ArgumentException>("dX", () => Guard.SameShape(dX, x)).Message);
        Assert.StartsWith(
            "dX: [3, 2] does not match [2, 2]", Assert.Throws<ArgumentException>("dX", () => Guard.Destination(dX, [2, 2], "dX")).Message);
        Guard.Destination(dX, [3], [2], "dX");
        Guard.Destination(dX, [], [3, 2], "dX");
        Assert.StartsWith(
            "dX: [3, 2] does not match [2, 3]", Assert.Throws<ArgumentException>("dX", () => Guard.Destination(dX, [2], [3], "dX")).Message);
        Assert.StartsWith(
            "dX: [3, 2] does not match [3, 1, 2]", Assert.Throws<ArgumentException>("dX", () => Guard.Destination(dX, [3, 1], [2], "dX")).Message);
        Assert.Throws<ArgumentNullException>("missing", () => Guard.SameShape((Tensor<double>?)null, x, "missing"));
        Guard.SameShape(Ops.Transpose(dX), x);
        Tensor<double> repeated = Tensor.Create([1.0, 2, 3], 0, [2, 3], [0, 1]);
        Assert.StartsWith(
            "repeated: [2, 3] is written, but repeats its elements along axis 0",
            Assert.Throws<ArgumentException>("repeated", () => Guard.SameShape(repeated, x)).Message);
    }
}
