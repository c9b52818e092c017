using System.Numerics.Tensors;
using static AutoDiff.Ops;

namespace AutoDiff.NeuralNetworks;

/// <summary>
/// GPT-2's architecture as nanoGPT has it: token and position embeddings, pre-norm blocks with <see cref="LayerNorm"/> and exact GELU, a last
/// normalisation, and the token embedding again as the output layer.
/// </summary>
/// <param name="vocabulary">The number of different tokens.</param>
/// <param name="context">The largest number of positions.</param>
/// <param name="layers">The number of blocks.</param>
/// <param name="heads">The number of attention heads of a block.</param>
/// <param name="width">The number of channels.</param>
/// <param name="bias">Whether linear maps and normalisations have biases.</param>
[Differentiable]
public sealed partial class Gpt(int vocabulary, int context, int layers, [Divides("width")] int heads, int width, bool bias = false)
{
    /// <summary>The vectors of the tokens; also the output layer.</summary>
    public Embedding Tokens { get; } = new(vocabulary, width);

    /// <summary>The vectors of the positions.</summary>
    public LearnedPositions Positions { get; } = new(context, width);

    /// <summary>The blocks, in order.</summary>
    public TransformerBlock[] Blocks { get; } = [.. Enumerable.Range(0, layers).Select(_ => new TransformerBlock(width, heads, 4 * width, bias))];

    /// <summary>Before the output layer.</summary>
    public LayerNorm Norm { get; } = new(width, bias);

    /// <summary>The logits of the token after each position.</summary>
    /// <param name="tokens">(batch, time).</param>
    /// <returns>(batch, time, vocabulary).</returns>
    [Differentiable]
    [return: Shape("batch time vocabulary")]
    public Tensor<float> Logits([Shape("batch time"), AtMost("time", "context")] Tensor<int> tokens)
    {
        Tensor<float> x = Positions.Forward(Tokens.Forward(tokens));
        foreach (TransformerBlock block in Blocks) x = block.Forward(x);
        return Tokens.Logits(Norm.Forward(x));
    }

    /// <summary>The mean cross-entropy of the targets, in nats.</summary>
    /// <param name="tokens">(batch, time).</param>
    /// <param name="targets">(batch, time): the token after each; −100 is left out.</param>
    [Differentiable]
    public float Loss([Shape("batch time"), AtMost("time", "context")] Tensor<int> tokens, [Shape("batch time")] Tensor<int> targets)
        => CrossEntropy(Logits(tokens), targets);
}
