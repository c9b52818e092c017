namespace AutoDiff.NeuralNetworks;

/// <summary>Makes language models from their configurations.</summary>
public static class LanguageModels
{
    /// <summary>A <see cref="Gpt"/> where the configuration says <see cref="Normalization.LayerNorm"/>, a <see cref="TinyLM"/> otherwise.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="seed">Of the initial parameters.</param>
    /// <exception cref="ArgumentException">The sizes do not fit each other.</exception>
    public static ILanguageModel Create(LanguageModelConfig config, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validated();
        ILanguageModel model = config.Normalization == Normalization.LayerNorm
            ? CreateGpt(config)
            : new TinyLM(config.VocabularySize, config.ContextLength, config.Layers, config.Heads, config.Width, config.FeedForward) { Config = config };
        model.Parameters.Initialize(seed);
        return model;
    }

    private static Gpt CreateGpt(LanguageModelConfig config) => config.FeedForward == 4 * config.Width
        ? new Gpt(config.VocabularySize, config.ContextLength, config.Layers, config.Heads, config.Width) { Config = config }
        : throw new ArgumentException(FormattableString.Invariant(
            $"FeedForward: expected 4·Width = {4 * config.Width} for {Normalization.LayerNorm}, got {config.FeedForward}."), nameof(config));
}
