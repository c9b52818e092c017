namespace AutoDiff.NeuralNetworks.Tests;

public class TextGeneratorTests
{
    private static readonly CharacterTokenizer Tokenizer = CharacterTokenizer.FromText("abcdefgh");

    [Fact]
    public void TheSameSeedGivesTheSameText()
    {
        var model = Model();
        string first = new TextGenerator(model, Tokenizer, new() { Seed = 1 }).Generate("abc", 100);
        Assert.Equal(100, first.Length);
        Assert.Equal(first, new TextGenerator(model, Tokenizer, new() { Seed = 1 }).Generate("abc", 100));
        Assert.NotEqual(first, new TextGenerator(model, Tokenizer, new() { Seed = 2 }).Generate("abc", 100));
    }

    [Fact]
    public async Task StreamingGivesTheSameText()
    {
        var generator = new TextGenerator(Model(), Tokenizer);
        var text = new System.Text.StringBuilder();
        await foreach (string piece in generator.StreamAsync("a", 20)) text.Append(piece);
        Assert.Equal(generator.Generate("a", 20), text.ToString());
    }

    [Fact]
    public void GreedyFollowsTheTable()
    {
        var model = Model();
        var table = model.Parameters["Table"].Span;
        for (int i = 0; i < 8; i++) table[8 * i + (i + 1) % 8] = 10; // after each letter, the next
        Assert.Equal("defghabcdefg", new TextGenerator(model, Tokenizer, SamplerOptions.Greedy).Generate("abc", 12));
    }

    [Fact]
    public void ARepetitionPenaltyOverAWindowOutlastsIt()
    {
        // Two tokens are forbidden in practice by the window of two, so three alternate for ever, long after the history was compacted.
        var tokenizer = CharacterTokenizer.FromText("abc");
        var model = new BigramModel(LanguageModelConfig.Tiny with { VocabularySize = 3 }, seed: 1);
        model.Parameters.Flat.Fill(1);
        var options = SamplerOptions.Greedy with { RepetitionPenalty = 100, RepetitionWindow = 2 };
        Assert.Equal(string.Concat(Enumerable.Repeat("bca", 40)), new TextGenerator(model, tokenizer, options).Generate("a", 120));
    }

    [Fact]
    public void ArgumentsAreValidated()
    {
        var generator = new TextGenerator(Model(), Tokenizer);
        Assert.Throws<ArgumentException>(() => generator.Generate("", 1));
        Assert.Throws<TokenizationException>(() => generator.Generate("x", 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Generate("a", -1));
        var error = Assert.Throws<ArgumentException>(() => new TextGenerator(Model(), CharacterTokenizer.FromText("ab")));
        Assert.Contains("expected the 8 tokens of the model, got 2", error.Message);
    }

    private static BigramModel Model() => new(LanguageModelConfig.Tiny with { VocabularySize = 8, ContextLength = 4 }, seed: 5);
}
