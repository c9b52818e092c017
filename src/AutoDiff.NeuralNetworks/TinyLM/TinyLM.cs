using System.Numerics.Tensors;
using static AutoDiff.Ops;

namespace AutoDiff.NeuralNetworks;

/// <summary>
/// A small decoder-only transformer over characters: token and position embeddings, pre-norm blocks with <see cref="RmsNorm"/> and exact GELU, a last
/// normalisation, and the token embedding again as the output layer.
/// </summary>
/// <param name="vocabulary">The number of different tokens.</param>
/// <param name="context">The largest number of positions.</param>
/// <param name="layers">The number of blocks.</param>
/// <param name="heads">The number of attention heads of a block.</param>
/// <param name="width">The number of channels.</param>
/// <param name="hidden">The number of channels inside of the feed-forward parts.</param>
[Differentiable]
public sealed partial class TinyLM(
    int vocabulary, int context = 32, int layers = 1, [Divides("width")] int heads = 2, int width = 32, int hidden = 64)
{
    /// <summary>The vectors of the tokens; also the output layer.</summary>
    public Embedding Tokens { get; } = new(vocabulary, width);

    /// <summary>The vectors of the positions.</summary>
    public LearnedPositions Positions { get; } = new(context, width);

    /// <summary>The blocks, in order.</summary>
    public RmsTransformerBlock[] Blocks { get; } = [.. Enumerable.Range(0, layers).Select(_ => new RmsTransformerBlock(width, heads, hidden))];

    /// <summary>Before the output layer.</summary>
    public RmsNorm Norm { get; } = new(width);

    /// <summary>The logits of the token after each position.</summary>
    /// <param name="tokens">(batch, time).</param>
    /// <returns>(batch, time, vocabulary).</returns>
    [Differentiable]
    [return: Shape("batch time vocabulary")]
    public Tensor<float> Logits([Shape("batch time"), AtMost("time", "context")] Tensor<int> tokens)
    {
        Tensor<float> x = Positions.Forward(Tokens.Forward(tokens));
        foreach (RmsTransformerBlock block in Blocks) x = block.Forward(x);
        return Tokens.Logits(Norm.Forward(x));
    }

    /// <summary>The mean cross-entropy of the targets, in nats.</summary>
    /// <param name="tokens">(batch, time).</param>
    /// <param name="targets">(batch, time): the token after each; −100 is left out.</param>
    [Differentiable]
    public float Loss([Shape("batch time"), AtMost("time", "context")] Tensor<int> tokens, [Shape("batch time")] Tensor<int> targets)
        => CrossEntropy(Logits(tokens), targets);
}
