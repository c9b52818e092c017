using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Tests.Analysis.Shapes;

public class ShapeTextTests
{
    [Theory]
    [InlineData("batch in", "(batch, in)")]
    [InlineData("  batch\t3*channels ", "(batch, 3*channels)")]
    [InlineData("... channels", "(..., channels)")]
    [InlineData("_ time _", "(_x0, time, _x2)")]
    [InlineData("a+b a-b (a+b)*c a/b/2", "(a + b, a - b, a*c + b*c, a/b/2)")]
    [InlineData("options.Width 12", "(options.Width, 12)")]
    [InlineData("", "()")]
    [InlineData("2*3+4 a*a _a", "(10, a*a, _a)")]
    public void Shapes(string text, string expected)
    {
        ShapeText? shape = ShapeText.Parse(text, out ShapeTextError? error);
        Assert.Null(error);
        Assert.Equal(expected, shape!.ToShape("x", static _ => null).ToString());
    }

    [Theory]
    [InlineData("a (b", 4, 0, "a ')' is missing")]
    [InlineData("a b)", 3, 1, "')' is unexpected")]
    [InlineData("a ...", 2, 3, "'...' stands for leading axes and must be first")]
    [InlineData("a *b", 2, 1, "'*' is unexpected")]
    [InlineData("a*", 2, 0, "a size is missing at the end")]
    [InlineData("a/(b+c)", 2, 5, "a divisor must be a product of names and numbers")]
    [InlineData("a/0", 2, 1, "a size is divided by zero")]
    [InlineData("1-3", 0, 3, "'1-3' is negative")]
    [InlineData("a a.", 2, 2, "'a.' is not a name")]
    [InlineData("99999999999", 0, 11, "'99999999999' is too large")]
    [InlineData("a, b", 1, 1, "',' is unexpected")]
    public void Errors(string text, int position, int length, string reason)
    {
        Assert.Null(ShapeText.Parse(text, out ShapeTextError? error));
        Assert.Equal(new ShapeTextError(position, length, reason), error);
    }

    [Fact]
    public void ResolvedNamesAreReplaced()
    {
        ShapeText shape = ShapeText.Parse("... heads*size Context", out _)!;
        Shape resolved = shape.ToShape("x", static name => name switch
        {
            "Context" => Dim.Constant(64),
            "size" => Dim.Symbol("width"),
            _ => null,
        });
        Assert.Equal("(..., heads*width, 64)", resolved.ToString());
        Assert.Equal(["heads", "size", "Context"], shape.Names);
    }

    [Fact]
    public void NamesOfAPairComeInTheOrderOfTheText()
    {
        ShapedParameter[] parameters =
        [
            new("x", ShapeText.Parse("time batch 3*width", out _), IsSpan: false),
            new("y", null, IsSpan: false),
            new("z", ShapeText.Parse("... b*a _ Context", out _), IsSpan: false),
            new("t", null, IsSpan: true),
        ];
        Assert.Equal(
            ["time", "batch", "width", "...y", "...", "b", "a", "_z2", "t.Length"],
            SignatureDimensions.Names(parameters, static name => name == "Context"));
    }

    [Theory]
    [InlineData("batch in", "batch 0, in 1")]
    [InlineData("... in", "... rest, in -1")]
    [InlineData("in in", "in 0")]
    [InlineData("n 3*c", "n 0, c = (int)x.Lengths[1] / 3")]
    [InlineData("... 2*c+1", "... rest, c = ((int)x.Lengths[x.Rank - 1] - 1) / 2")]
    [InlineData("c/2 known", "c = (int)x.Lengths[0] * 2")]
    [InlineData("a*b", "")]
    public void Bindings(string text, string expected)
    {
        Shape shape = ShapeText.Parse(text, out _)!.ToShape("x", static _ => null);
        IEnumerable<string> bindings = DimensionBindings.Of("x", shape, isSpan: false, static name => name == "known")
            .Select(static b => b.Expression is null ? $"{b.Symbol} {(b.Axis == int.MinValue ? "rest" : b.Axis)}" : $"{b.Symbol} = {b.Expression}");
        Assert.Equal(expected, string.Join(", ", bindings));
    }
}
