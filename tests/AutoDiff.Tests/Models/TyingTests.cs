namespace AutoDiff.Tests.Models;

public sealed class TyingTests
{
    [Fact]
    public void A_shared_sub_model_is_listed_once_under_its_first_name()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 0);
        Assert.Equal(["Tokens.Table", "Head.Norm"], model.Parameters.Names);
        Assert.Equal(5 * 4 + 4, model.Parameters.TotalLength);
        model.Tokens.Table[2, 1] = 8;
        Assert.Equal(8, model.Head.Embedding.Table[2, 1]);
    }

    [Fact]
    public void A_part_lists_what_it_shares()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 1);
        _ = model.Parameters;
        Assert.Equal(["Norm", "Embedding.Table"], model.Head.Parameters.Names);
        Assert.Equal(4 + 5 * 4, model.Head.Parameters.TotalLength);
        Assert.Same(model.Parameters["Tokens.Table"], model.Head.Parameters["Embedding.Table"]);
    }

    [Fact]
    public void A_part_whose_parameters_do_not_lie_side_by_side_says_so()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 1);
        _ = model.Parameters;
        var exception = Assert.Throws<InvalidOperationException>(() => model.Head.Parameters.Flat.Length);
        Assert.Contains("shares parameters", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void On_its_own_such_a_part_has_a_flat_buffer()
    {
        var head = new Head(new(5, 4), 4);
        Assert.Equal(4 + 5 * 4, head.Parameters.Flat.Length);
    }

    [Fact]
    public void Gradients_of_a_shared_sub_model_are_shared()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 1);
        Gpt.Gradients gradients = model.CreateGradients();
        Assert.Same(gradients.Tokens, gradients.Head.Embedding);
        gradients.Head.Embedding.Table[0, 0] += 2;
        gradients.Tokens.Table[0, 0] += 3;
        Assert.Equal(5, gradients.For(model.Parameters["Tokens.Table"])[0]);
        Assert.Equal(5, gradients.Flat[model.Parameters["Tokens.Table"].Offset]);
    }

    [Fact]
    public void Gradients_made_for_a_sharing_part_alone_are_complete()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 1);
        _ = model.Parameters;
        Head.Gradients gradients = model.Head.CreateGradients();
        Assert.Equal(4 + 5 * 4, gradients.Flat.Length);
        gradients.For(model.Tokens.__Table)[3] = 1;
        gradients.For(model.Head.__Norm)[2] = 2;
        Assert.Equal(1, gradients.Embedding.Table[0, 3]);
        Assert.Equal(2, gradients.Flat[2]);
        Assert.Equal(1, gradients.Flat[4 + 3]);
    }
}
