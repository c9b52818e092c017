namespace AutoDiff.NeuralNetworks.Tests.Generation;

/// <summary>Token by token with caches is the same as the whole text anew.</summary>
public sealed class CachedSessionTests
{
    [Theory]
    [InlineData("tiny")]
    [InlineData("gpt-cpu")]
    public void EveryTokenHasTheLogitsOfTheWholeText(string preset)
    {
        ILanguageModel model = Model(preset);
        IGenerationSession session = model.StartGeneration();
        int[] text = Text(model, model.ContextLength);
        var (expected, actual) = (new float[model.VocabularySize], new float[model.VocabularySize]);
        for (int count = 1; count <= text.Length; count++)
        {
            session.Append(text.AsSpan(count - 1, 1), actual);
            model.Logits(text.AsSpan(0, count), expected);
            AssertClose(expected, actual);
        }
    }

    [Fact]
    public void SeveralTokensAtOnceAreTheSame()
    {
        ILanguageModel model = Model("tiny");
        int[] text = Text(model, model.ContextLength);
        var (expected, actual) = (new float[model.VocabularySize], new float[model.VocabularySize]);
        foreach (int[] pieces in (int[][])[[5, 1, 7, 19], [31, 1], [1, 31], [32]])
        {
            IGenerationSession session = model.StartGeneration();
            int read = 0;
            foreach (int piece in pieces)
            {
                session.Append(text.AsSpan(read, piece), actual);
                read += piece;
                model.Logits(text.AsSpan(0, read), expected);
                AssertClose(expected, actual);
            }
        }
    }

    [Fact]
    public void AFullContextGoesOnFromItsNewerHalf()
    {
        ILanguageModel model = Model("tiny");
        int context = model.ContextLength;
        int[] text = Text(model, 3 * context);
        var (expected, actual) = (new float[model.VocabularySize], new float[model.VocabularySize]);
        IGenerationSession session = model.StartGeneration();
        session.Append(text.AsSpan(0, context), actual);
        int start = 0;
        for (int count = context + 1; count <= text.Length; count++)
        {
            session.Append(text.AsSpan(count - 1, 1), actual);
            if (count - start > context) start = count - 1 - context / 2;
            model.Logits(text.AsSpan(start, count - start), expected);
            AssertClose(expected, actual);
        }

        session.Reset();
        session.Append(text.AsSpan(0, 3), actual);
        model.Logits(text.AsSpan(0, 3), expected);
        AssertClose(expected, actual);
        session.Append(text, actual);
        model.Logits(text.AsSpan(2 * context), expected);
        AssertClose(expected, actual);
    }

    [Fact]
    public void ATokenAllocatesNothing()
    {
        ILanguageModel model = Model("gpt-cpu");
        IGenerationSession session = model.StartGeneration();
        var logits = new float[model.VocabularySize];
        int[] text = Text(model, 1);
        for (int i = 0; i < 200; i++) session.Append(text, logits);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++) session.Append(text, logits);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void BadInputIsNamed()
    {
        ILanguageModel model = Model("tiny");
        IGenerationSession session = model.StartGeneration();
        var logits = new float[model.VocabularySize];
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => session.Append([], logits)).Message);
        Assert.Contains("tokens[1]", Assert.Throws<ArgumentException>(() => session.Append([0, model.VocabularySize], logits)).Message);
        Assert.Contains("logits: expected", Assert.Throws<ArgumentException>(() => session.Append([0], new float[3])).Message);
    }

    private static ILanguageModel Model(string preset) => LanguageModels.Create(LanguageModelConfig.Preset(preset), seed: 3);

    private static int[] Text(ILanguageModel model, int count)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(model.VocabularySize))];
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f * (1 + Math.Abs(expected[i])));
    }
}
