using System.Numerics.Tensors;

namespace AutoDiff.NeuralNetworks;

public sealed partial class TinyLM : ILanguageModel
{
    private readonly TokenBatch _batch = new(), _window = new();
    private Tensor<float>? _logits;

    /// <inheritdoc/>
    public LanguageModelConfig Config { get; internal init; } = new()
    {
        Name = "custom", VocabularySize = vocabulary, ContextLength = context, Layers = layers, Heads = heads, Width = width,
        FeedForward = hidden, Normalization = Normalization.RmsNorm,
    };

    GradientSet<float> ILanguageModel.CreateGradients() => CreateGradients();

    /// <inheritdoc/>
    public float Loss(ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets, int batch)
    {
        _batch.Fill(tokens, targets, batch);
        return LossForward(_batch.Tokens, _batch.Targets);
    }

    /// <inheritdoc/>
    public float LossGradient(
        ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets, int batch, GradientSet<float> gradients, bool accumulate = false)
    {
        _batch.Fill(tokens, targets, batch);
        return LossGradient(_batch.Tokens, _batch.Targets, (Gradients)gradients, accumulate);
    }

    void ILanguageModel.Logits(ReadOnlySpan<int> tokens, Span<float> lastLogits)
    {
        _window.Fill(tokens, batch: 1);
        if (_logits is null || _logits.Lengths[1] != tokens.Length)
            _logits = Tensor.CreateFromShape<float>([1, tokens.Length, Config.VocabularySize]);
        LogitsForward(_window.Tokens, _logits);
        _logits.GetSpan([0, tokens.Length - 1, 0], Config.VocabularySize).CopyTo(lastLogits);
    }
}
