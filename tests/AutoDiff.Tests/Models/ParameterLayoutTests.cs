using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Tests.Models;

public sealed class ParameterLayoutTests
{
    [Fact]
    public void Parameters_are_listed_depth_first_in_the_order_of_declaration()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 2);
        Assert.Equal(
            [
                "Blocks.0.Gain", "Blocks.0.Attention.Wqkv", "Blocks.0.Attention.Wo", "Blocks.0.Mlp.W", "Blocks.0.Mlp.B",
                "Blocks.1.Gain", "Blocks.1.Attention.Wqkv", "Blocks.1.Attention.Wo", "Blocks.1.Mlp.W", "Blocks.1.Mlp.B",
                "Tokens.Table", "Head.Norm",
            ],
            model.Parameters.Names);
        Assert.Equal(model.Parameters.Names, model.Parameters.Select(static slot => slot.Name));
    }

    [Fact]
    public void Offsets_follow_one_another_in_one_buffer()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 2);
        int offset = 0;
        foreach (ParameterSlot<float> slot in model.Parameters)
        {
            Assert.True(model.Parameters[0].Buffer.Equals(slot.Buffer));
            Assert.Equal(offset, slot.Offset);
            offset += slot.Length;
        }
        Assert.Equal(offset, model.Parameters.TotalLength);
        Assert.Equal(offset, model.Parameters.Flat.Length);
        Assert.Equal(offset, model.Parameters[0].Buffer.Length);
    }

    [Fact]
    public void Buffers_begin_at_a_line_of_the_cache()
    {
        for (int i = 1; i < 20; i++)
        {
            var model = new Gpt(tokens: 5 + i, width: 4, layers: 2);
            Assert.Equal(0, Address(model.Parameters.Flat) % 64);
            Assert.Equal(0, Address(model.CreateGradients().Flat) % 64);
        }

        // The buffers are pinned: their addresses last.
        static long Address(Span<float> values) => (long)Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref MemoryMarshal.GetReference(values));
    }

    [Fact]
    public void Shapes_are_computed_from_constructor_parameters()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 1);
        Assert.Equal([4, 12], model.Parameters["Blocks.0.Attention.Wqkv"].Shape.ToArray());
        Assert.Equal([2, 2, 4], model.Parameters["Blocks.0.Attention.Wo"].Shape.ToArray());
        Assert.Equal([4, 16], model.Parameters["Blocks.0.Mlp.W"].Shape.ToArray());
        Assert.Equal([5, 4], model.Parameters["Tokens.Table"].Shape.ToArray());
        Assert.Equal([(nint)4, 12], model.Blocks[0].Attention.Wqkv.Lengths.ToArray());
    }

    [Fact]
    public void A_tensor_is_a_view_of_the_buffer()
    {
        var model = new Dense(2, 3);
        model.Parameters.Flat.Clear();
        model.W[1, 2] = 7;
        Assert.Equal(7, model.Parameters.Flat[5]);
        model.Parameters.Flat[^1] = 9;
        Assert.Equal(9, model.B[2]);
        Assert.Same(model.W, model.W);
    }

    [Fact]
    public void Members_and_constants_name_dimensions_too()
    {
        var model = new DoubleModel(3);
        Assert.Equal([2, 3], model.Parameters["A"].Shape.ToArray());
        Assert.Equal(6, model.Parameters.Flat.Length);
        Assert.All(model.Parameters.Flat.ToArray(), static value => Assert.InRange(Math.Abs(value), 0, Math.Sqrt(6.0 / 5)));
    }

    [Fact]
    public void A_sub_model_that_is_null_has_no_parameters()
    {
        Assert.Equal(["Second.W", "Second.B"], new Optional(null).Parameters.Names);
        Assert.Equal(4, new Optional(new(1, 1)).Parameters.Count);
        Assert.Null(new Optional(null).CreateGradients().First);
    }

    [Fact]
    public void A_name_that_does_not_exist_is_answered_with_those_that_do()
    {
        var exception = Assert.Throws<KeyNotFoundException>(() => new Dense(1, 1).Parameters["Q"]);
        Assert.Contains("'Q'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("W, B", exception.Message, StringComparison.Ordinal);
        Assert.False(new Dense(1, 1).Parameters.TryGet("Q", out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void A_length_that_is_not_positive_is_refused(int width)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(2, width).Parameters);
        Assert.Contains("Table", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quotient_with_a_remainder_is_refused()
        => Assert.Contains("3", Assert.Throws<ArgumentException>(() => new Attention(4, 3).Parameters).Message, StringComparison.Ordinal);

    [Fact]
    public void Too_many_elements_are_refused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(1 << 20, 1 << 20).Parameters);

    [Fact]
    public void The_table_shows_names_shapes_and_sums()
        => Assert.Equal(
            """
            parameter  shape      elements
            W          2, 3              6
            B          3                 3
            total, 36 B                  9
            """.ReplaceLineEndings("\n"),
            new Dense(2, 3).Parameters.ToString());
}
