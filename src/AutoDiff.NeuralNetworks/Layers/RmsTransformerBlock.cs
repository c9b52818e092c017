using System.Numerics.Tensors;

namespace AutoDiff.NeuralNetworks;

/// <summary>A pre-norm transformer block with <see cref="RmsNorm"/> and without biases: x += attention(norm(x)); x += feedForward(norm(x)).</summary>
/// <param name="width">The number of channels.</param>
/// <param name="heads">The number of attention heads.</param>
/// <param name="hidden">The number of channels inside of the feed-forward part.</param>
[Differentiable]
public sealed partial class RmsTransformerBlock(int width, [Divides("width")] int heads, int hidden)
{
    /// <summary>Before the attention.</summary>
    public RmsNorm AttentionNorm { get; } = new(width);

    /// <summary>The attention.</summary>
    public CausalSelfAttention Attention { get; } = new(width, heads);

    /// <summary>Before the feed-forward part.</summary>
    public RmsNorm FeedForwardNorm { get; } = new(width);

    /// <summary>The feed-forward part.</summary>
    public FeedForward FeedForward { get; } = new(width, hidden);

    /// <summary>The block.</summary>
    /// <param name="x">(batch, time, width).</param>
    /// <returns>(batch, time, width).</returns>
    [Differentiable]
    [return: Shape("batch time width")]
    public Tensor<float> Forward([Shape("batch time width")] Tensor<float> x)
    {
        Tensor<float> h = x + Attention.Forward(AttentionNorm.Forward(x));
        return h + FeedForward.Forward(FeedForwardNorm.Forward(h));
    }
}
