namespace AutoDiff.Tests.Models;

public sealed class GradientSetTests
{
    [Fact]
    public void Gradients_are_laid_out_as_the_parameters_are()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 2);
        Gpt.Gradients gradients = model.CreateGradients();
        Assert.Equal(model.Parameters.TotalLength, gradients.Flat.Length);
        for (int i = 0; i < gradients.Flat.Length; i++)
            gradients.Flat[i] = i;
        foreach (ParameterSlot<float> slot in model.Parameters)
        {
            Assert.Equal(slot.Length, gradients.For(slot).Length);
            Assert.Equal(slot.Offset, gradients.For(slot)[0]);
        }
        Assert.Equal(model.Blocks[1].__Gain.Offset, gradients.Blocks[1].Gain[0]);
        Assert.Equal(model.Blocks[1].Mlp.__W.Offset + 16, gradients.Blocks[1].Mlp.W[1, 0]);
        Assert.Equal(model.Blocks[0].Parameters[0].Offset, gradients.Blocks[0].Flat[0]);
        Assert.Equal(model.Blocks[0].Parameters.TotalLength, gradients.Blocks[0].Flat.Length);
        Assert.Same(model.Parameters, gradients.Parameters);
    }

    [Fact]
    public void Gradients_start_at_zero_and_can_be_cleared()
    {
        var model = new Block(4);
        Block.Gradients gradients = model.CreateGradients();
        Assert.True(gradients.Flat.IndexOfAnyExcept(0) < 0);
        gradients.Flat.Fill(1);
        gradients.Mlp.Clear();
        Assert.True(gradients.Mlp.Flat.IndexOfAnyExcept(0) < 0);
        Assert.Equal(1, gradients.Gain[0]);
        gradients.Clear();
        Assert.True(gradients.Flat.IndexOfAnyExcept(0) < 0);
    }

    [Fact]
    public void A_part_that_shares_is_cleared_with_what_it_shares()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 1);
        Gpt.Gradients gradients = model.CreateGradients();
        gradients.Flat.Fill(1);
        gradients.Head.Clear();
        Assert.Equal(0, gradients.Tokens.Table[0, 0]);
        Assert.Equal(0, gradients.Head.Norm[0]);
        Assert.Equal(1, gradients.Blocks[0].Gain[0]);
    }

    [Fact]
    public void Gradients_of_a_part_fit_the_part_after_it_has_been_adopted()
    {
        var block = new Block(4);
        Block.Gradients before = block.CreateGradients();
        var model = new Gpt(tokens: 5, width: 4, layers: 1);
        model.AddBlock(block);
        _ = model.Parameters;
        Block.Gradients after = block.CreateGradients();
        foreach (Block.Gradients gradients in new[] { before, after })
        {
            gradients.For(block.Mlp.__B)[1] = 5;
            Assert.Equal(5, gradients.Mlp.B[1]);
            Assert.Equal(block.Parameters.TotalLength, gradients.Flat.Length);
            Assert.Equal(5, gradients.Flat[^15]);
        }
    }

    [Fact]
    public void Another_models_parameter_is_refused()
    {
        var model = new Dense(2, 2);
        Dense.Gradients gradients = model.CreateGradients();
        var other = new Dense(2, 2);
        Assert.Throws<ArgumentException>(() => gradients.For(other.__W).Length);
        _ = other.Parameters;
        var exception = Assert.Throws<ArgumentException>(() => gradients.For(other.__W).Length);
        Assert.Contains("W is not a parameter", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Looking_up_a_gradient_does_not_allocate()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 2);
        Gpt.Gradients gradients = model.CreateGradients();
        Head.Gradients ofSharing = model.Head.CreateGradients();
        float sum = Touch(model, gradients, ofSharing);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            sum += Touch(model, gradients, ofSharing);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(1, sum);

        static float Touch(Gpt model, Gpt.Gradients gradients, Head.Gradients ofSharing)
        {
            float sum = 0;
            foreach (Block block in (ReadOnlySpan<Block>)[model.Blocks[0], model.Blocks[1]])
            {
                sum += gradients.For(block.__Gain)[0] + gradients.For(block.Attention.__Wo)[0] + block.__Gain.Span[0];
                sum += block.Gain[0] + gradients.Blocks[0].Mlp.Flat[0];
            }
            return sum + ofSharing.For(model.Tokens.__Table)[0];
        }
    }
}
