namespace AutoDiff.Tests.Models;

public sealed class InitializationTests
{
    [Fact]
    public void The_same_seed_gives_the_same_values_and_another_one_others()
    {
        var first = new Gpt(tokens: 5, width: 4, layers: 2);
        var second = new Gpt(tokens: 5, width: 4, layers: 2);
        first.Parameters.Initialize(7);
        second.Parameters.Initialize(7);
        Assert.Equal(first.Parameters.Flat.ToArray(), second.Parameters.Flat.ToArray());
        second.Parameters.Initialize(8);
        Assert.NotEqual(first.Parameters.Flat.ToArray(), second.Parameters.Flat.ToArray());
    }

    [Fact]
    public void A_new_model_has_the_values_of_seed_0()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 2);
        float[] before = model.Parameters.Flat.ToArray();
        model.Parameters.Initialize(0);
        Assert.Equal(before, model.Parameters.Flat.ToArray());
    }

    [Fact]
    public void The_values_of_a_parameter_depend_on_no_other_parameter()
    {
        var small = new Gpt(tokens: 5, width: 4, layers: 1);
        var big = new Gpt(tokens: 9, width: 4, layers: 3);
        small.Parameters.Initialize(7);
        big.Parameters.Initialize(7);
        Assert.Equal(small.Parameters["Blocks.0.Mlp.W"].Span.ToArray(), big.Parameters["Blocks.0.Mlp.W"].Span.ToArray());
        Assert.Equal(small.Parameters["Tokens.Table"].Span.ToArray(), big.Parameters["Tokens.Table"].Span[..20].ToArray());
    }

    [Fact]
    public void Equal_layers_do_not_get_equal_values()
    {
        var model = new Gpt(tokens: 5, width: 4, layers: 2);
        Assert.NotEqual(model.Parameters["Blocks.0.Mlp.W"].Span.ToArray(), model.Parameters["Blocks.1.Mlp.W"].Span.ToArray());
    }

    [Fact]
    public void Auto_is_zero_for_vectors_and_Kaiming_for_matrices()
    {
        var model = new Dense(600, 50);
        Assert.True(model.Parameters["B"].Span.IndexOfAnyExcept(0) < 0);
        double bound = Math.Sqrt(6.0 / 600);
        double[] values = Array.ConvertAll(model.Parameters["W"].Span.ToArray(), static value => (double)value);
        Assert.All(values, value => Assert.InRange(value, -bound, bound));
        // Uniform: mean 0, variance bound²/3; each within five standard errors.
        Assert.InRange(values.Average(), -5 * bound / Math.Sqrt(3 * values.Length), 5 * bound / Math.Sqrt(3 * values.Length));
        Assert.InRange(values.Select(static v => v * v).Average() / (bound * bound / 3), 0.97, 1.03);
    }

    [Fact]
    public void Normal_draws_have_the_moments_of_the_normal_distribution()
    {
        var model = new Attention(200, 2);
        double[] values = Array.ConvertAll(model.Parameters["Wo"].Span.ToArray(), static value => value / 0.02);
        Assert.Equal(40_000, values.Length);
        Assert.InRange(values.Average(), -0.025, 0.025);
        Assert.InRange(values.Select(static v => v * v).Average(), 0.96, 1.04);
        Assert.InRange(values.Select(static v => v * v * v * v).Average(), 2.8, 3.2);
        Assert.InRange(values.Max(), 3.5, 6);
    }

    [Fact]
    public void Constants_are_constant()
        => Assert.True(new Block(8).Parameters["Gain"].Span.IndexOfAnyExcept(1) < 0);
}
