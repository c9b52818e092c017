namespace AutoDiff.NeuralNetworks.Tests;

public class LanguageModelConfigTests
{
    [Fact]
    public void PresetsHaveTheirSizes()
    {
        var tiny = LanguageModelConfig.Preset("tiny");
        Assert.Equal((1, 2, 32, 64, 32, 32),
            (tiny.Layers, tiny.Heads, tiny.Width, tiny.FeedForward, tiny.ContextLength, tiny.BatchSize));
        Assert.Equal(Normalization.RmsNorm, tiny.Normalization);
        var gpt = LanguageModelConfig.Preset("gpt-cpu");
        Assert.Equal((4, 4, 128, 512, 64, 12),
            (gpt.Layers, gpt.Heads, gpt.Width, gpt.FeedForward, gpt.ContextLength, gpt.BatchSize));
        var baby = LanguageModelConfig.Preset("baby");
        Assert.Equal((6, 6, 384, 1536, 256, 8),
            (baby.Layers, baby.Heads, baby.Width, baby.FeedForward, baby.ContextLength, baby.BatchSize));
        Assert.Contains("expected one of tiny, gpt-cpu, baby, got 'huge'",
            Assert.Throws<ArgumentException>(() => LanguageModelConfig.Preset("huge")).Message);
    }

    [Fact]
    public void JsonRoundTrips()
    {
        foreach (var preset in LanguageModelConfig.Presets) Assert.Equal(preset, LanguageModelConfig.FromJson(preset.ToJson()));
    }

    [Theory]
    [InlineData(""), InlineData("null"), InlineData("[]"), InlineData("""{"Layers":0}"""), InlineData("""{"Evil":1}""")]
    [InlineData("""{"Layers":1e9}"""), InlineData("""{"Normalization":"None"}""")]
    public void BrokenJsonIsAFormatException(string json) => Assert.Throws<FormatException>(() => LanguageModelConfig.FromJson(json));

    [Fact]
    public void HeadsDivideTheWidth()
    {
        var config = LanguageModelConfig.GptCpu with { Heads = 3 };
        Assert.Contains("expected a divisor of Width = 128, got 3", Assert.Throws<ArgumentException>(config.Validated).Message);
        Assert.Throws<FormatException>(() => LanguageModelConfig.FromJson(config.ToJson()));
        Assert.Throws<ArgumentOutOfRangeException>(() => config with { Layers = -1 });
    }
}
