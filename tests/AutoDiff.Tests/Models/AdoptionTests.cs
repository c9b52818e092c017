namespace AutoDiff.Tests.Models;

public sealed class AdoptionTests
{
    [Fact]
    public void The_parameters_of_a_part_are_a_range_of_the_whole()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 2);
        ParameterSet<float> whole = model.Parameters;
        ParameterSet<float> part = model.Blocks[1].Parameters;
        Assert.Equal(["Gain", "Attention.Wqkv", "Attention.Wo", "Mlp.W", "Mlp.B"], part.Names);
        part.Flat.Fill(3);
        int start = whole["Blocks.1.Gain"].Offset;
        Assert.True(whole.Flat.Slice(start, part.TotalLength).IndexOfAnyExcept(3) < 0);
        Assert.NotEqual(3, whole.Flat[start - 1]);
        Assert.NotEqual(3, whole.Flat[start + part.TotalLength]);
        Assert.True(whole[0].Buffer.Equals(model.Parameters[0].Buffer));
    }

    [Fact]
    public void Values_survive_adoption_bit_for_bit()
    {
        var block = new Block(4);
        block.Parameters.Initialize(17);
        block.Gain[0] = float.NaN;
        block.Mlp.B[1] = -0f;
        int[] before = Bits(block.Parameters.Flat);

        var model = new Gpt(tokens: 5, width: 4, layers: 0);
        model.AddBlock(block);
        ParameterSlot<float> gain = model.Parameters["Blocks.0.Gain"];
        Assert.Equal(before, Bits(model.Parameters.Flat.Slice(gain.Offset, before.Length)));
        Assert.Equal(before, Bits(block.Parameters.Flat));
        Assert.True(model.Parameters[0].Buffer.Equals(block.Parameters[0].Buffer));
        Assert.True(float.IsNaN(model.Blocks[0].Gain[0]));
    }

    [Fact]
    public void A_set_that_is_held_follows_its_model_into_a_bigger_one()
    {
        var gpt = new Gpt(tokens: 5, width: 4, layers: 1);
        ParameterSet<float> held = gpt.Parameters;
        float[] before = held.Flat.ToArray();

        var wrapper = new Finetuned(gpt, 4);
        ParameterSet<float> whole = wrapper.Parameters;
        Assert.Equal("Model.Blocks.0.Gain", whole.Names[0]);
        Assert.Equal("Adapters.1.B", whole.Names[^1]);
        Assert.Equal(before, held.Flat.ToArray());
        held.Flat[0] = 42;
        Assert.Equal(42, whole.Flat[0]);
        Assert.Same(held, gpt.Parameters);
        Assert.True(whole[0].Buffer.Equals(gpt.Parameters[0].Buffer));
    }

    [Fact]
    public void A_part_never_takes_its_parameters_out_of_the_whole()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 2);
        Memory<float> buffer = model.Parameters[0].Buffer;
        foreach (Block block in model.Blocks)
        {
            _ = block.Parameters.Flat;
            _ = block.Attention.Parameters.Flat;
            _ = block.CreateGradients();
            _ = block.Mlp.W;
        }
        Assert.All(model.Parameters, slot => Assert.True(buffer.Equals(slot.Buffer)));
    }

    [Fact]
    public void A_sub_model_that_is_added_later_is_found_at_the_next_look()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 1);
        ParameterSet<float> parameters = model.Parameters;
        float[] first = model.Blocks[0].Parameters.Flat.ToArray();
        int count = parameters.Count;
        model.AddBlock(new(4));
        Assert.Equal(count + 5, model.Parameters.Count);
        Assert.Equal(first, model.Blocks[0].Parameters.Flat.ToArray());
        Assert.True(model.Parameters["Blocks.1.Gain"].Buffer.Equals(model.Parameters["Blocks.0.Gain"].Buffer));
    }

    [Fact]
    public void Two_wholes_of_one_part_both_keep_the_right_values()
    {
        var gpt = new Gpt(tokens: 5, width: 4, layers: 1);
        var first = new Finetuned(gpt, 4);
        var second = new Finetuned(gpt, 4);
        first.Parameters["Model.Tokens.Table"].Span[0] = 1;
        Assert.Equal(1, second.Parameters["Model.Tokens.Table"].Span[0]);
        second.Parameters.Flat[second.Parameters["Model.Tokens.Table"].Offset] = 2;
        Assert.Equal(2, first.Parameters.Flat[first.Parameters["Model.Tokens.Table"].Offset]);
        Assert.Equal(2, gpt.Tokens.Table[0, 0]);
    }

    [Fact]
    public void Reading_a_part_first_makes_no_difference_to_the_layout()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 2);
        model.Blocks[1].Mlp.W[0, 0] = 5;
        model.Head.Norm[0] = 6;
        Assert.Equal(5, model.Parameters["Blocks.1.Mlp.W"].Span[0]);
        Assert.Equal(6, model.Parameters["Head.Norm"].Span[0]);
        Assert.Equal(new Gpt(5, 4, 2).Parameters.Names, model.Parameters.Names);
    }

    [Fact]
    public void Values_are_copied_between_models_of_the_same_structure_only()
    {
        var from = new Gpt(tokens: 5, width: 4, layers: 1);
        var to = new Gpt(tokens: 5, width: 4, layers: 1);
        from.Parameters.Initialize(3);
        to.Parameters.CopyFrom(from.Parameters);
        Assert.Equal(from.Parameters.Flat.ToArray(), to.Parameters.Flat.ToArray());

        float[] before = to.Parameters.Flat.ToArray();
        var exception = Assert.Throws<ArgumentException>(() => to.Parameters.CopyFrom(new Gpt(6, 4, 1).Parameters));
        Assert.Contains("Tokens.Table: expected shape [5, 4], but it is [6, 4]", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => to.Parameters.CopyFrom(new Gpt(5, 4, 2).Parameters));
        Assert.Equal(before, to.Parameters.Flat.ToArray());
    }

    [Fact]
    public void Threads_that_come_first_at_once_see_one_buffer()
    {
        for (int round = 0; round < 50; round++)
        {
            var model = new Gpt(tokens: 5, width: 4, layers: 2);
            using var barrier = new Barrier(4);
            var seen = new Memory<float>[4];
            var threads = Enumerable.Range(0, 4).Select(i => new Thread(() =>
            {
                barrier.SignalAndWait();
                seen[i] = i % 2 == 0 ? model.Parameters["Blocks.1.Gain"].Buffer : model.Parameters[0].Buffer;
            })).ToList();
            threads.ForEach(static thread => thread.Start());
            threads.ForEach(static thread => thread.Join());
            Assert.All(seen, buffer => Assert.True(model.Parameters[0].Buffer.Equals(buffer)));
        }
    }

    private static int[] Bits(Span<float> values) => Array.ConvertAll(values.ToArray(), BitConverter.SingleToInt32Bits);
}
