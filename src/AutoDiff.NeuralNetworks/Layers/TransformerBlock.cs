using System.Numerics.Tensors;

namespace AutoDiff.NeuralNetworks;

/// <summary>A pre-norm transformer block as in GPT-2: x += attention(norm(x)); x += feedForward(norm(x)), with <see cref="LayerNorm"/>.</summary>
/// <param name="width">The number of channels.</param>
/// <param name="heads">The number of attention heads.</param>
/// <param name="hidden">The number of channels inside of the feed-forward part.</param>
/// <param name="bias">Whether linear maps and normalisations have biases.</param>
[Differentiable]
public sealed partial class TransformerBlock(int width, [Divides("width")] int heads, int hidden, bool bias = false)
{
    /// <summary>Before the attention.</summary>
    public LayerNorm AttentionNorm { get; } = new(width, bias);

    /// <summary>The attention.</summary>
    public CausalSelfAttention Attention { get; } = new(width, heads, bias);

    /// <summary>Before the feed-forward part.</summary>
    public LayerNorm FeedForwardNorm { get; } = new(width, bias);

    /// <summary>The feed-forward part.</summary>
    public FeedForward FeedForward { get; } = new(width, hidden, bias);

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
