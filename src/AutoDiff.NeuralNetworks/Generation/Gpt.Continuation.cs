using AutoDiff.Kernels;

namespace AutoDiff.NeuralNetworks;

public sealed partial class Gpt : IContinuation
{
    /// <inheritdoc/>
    public IGenerationSession StartGeneration() => new CachedSession(this);

    void IContinuation.Embed(ReadOnlySpan<int> tokens, int position, Span<float> x) => Continuation.Embed(Tokens, Positions, tokens, position, x);

    void IContinuation.Continue(Workspace workspace, int layer, Span<float> x, int rows, KeyValueCache cache)
    {
        TransformerBlock block = Blocks[layer];
        Continuation.Block(workspace, block.AttentionNorm, block.Attention, block.FeedForwardNorm, block.FeedForward, x, rows, cache);
    }

    void IContinuation.Finish(Workspace workspace, ReadOnlySpan<float> x, Span<float> logits) => Continuation.Logits(workspace, Norm, Tokens, x, logits);
}
