using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Tests.Scheduling;

public class LayoutTests
{
    private static readonly Dim B = Dim.Symbol("b"), T = Dim.Symbol("t"), H = Dim.Symbol("h"), C = Dim.Symbol("c");
    private static readonly Dim D = Dim.Divide(C, H)!;

    [Fact]
    public void Row_major_is_contiguous()
        => Assert.True(Layout.RowMajor(Shape.Of(B, T, C)).IsContiguous(Shape.Of(B, T, C)));

    [Fact]
    public void Heads_of_a_slice_are_a_view()
    {
        Shape part = Shape.Of(B, T, C), heads = Shape.Of(B, T, H, D);
        Layout slice = Layout.RowMajor(Shape.Of(B, T, Dim.Constant(3) * C)).Slice(2, C);
        Layout? view = slice.Reshape(part, heads);
        Assert.NotNull(view);
        Assert.Equal(C, view.Offset);
        Assert.Equal([Dim.Constant(3) * C * T, Dim.Constant(3) * C, D, Dim.One], view.Strides);
    }

    [Fact]
    public void Joining_permuted_axes_needs_a_copy()
    {
        Layout permuted = Layout.RowMajor(Shape.Of(B, H, T, D)).Permute([0, 2, 1, 3]);
        Assert.Null(permuted.Reshape(Shape.Of(B, T, H, D), Shape.Of(B, T, C)));
    }

    [Fact]
    public void Who_computes_permuted_axes_can_write_them_joined()
    {
        Layout joined = Layout.RowMajor(Shape.Of(B, T, C));
        Layout? split = joined.Reshape(Shape.Of(B, T, C), Shape.Of(B, T, H, D));
        Assert.NotNull(split);
        Assert.Equal([T * C, D, C, Dim.One], split.Unpermute([0, 2, 1, 3]).Strides);
    }

    [Fact]
    public void Axes_of_length_one_come_and_go()
        => Assert.NotNull(Layout.RowMajor(Shape.Of(B, C)).Permute([1, 0]).Reshape(Shape.Of(C, B), Shape.Of(C, Dim.One, B)));
}
