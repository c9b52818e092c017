using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using static AutoDiff.Ops;

namespace AutoDiff.NeuralNetworks;

/// <summary>
/// Multi-head causal self-attention (Vaswani et al. 2017): every position reads from itself and from those before it. Queries, keys and values come
/// from one product, side by side, as in GPT-2.
/// </summary>
/// <param name="width">The number of channels; <paramref name="heads"/> divides it.</param>
/// <param name="heads">The number of heads.</param>
/// <param name="bias">Whether the two linear maps have biases.</param>
[Differentiable]
public sealed partial class CausalSelfAttention(int width, [Divides("width")] int heads, bool bias = false)
{
    /// <summary>To queries, keys and values: (3·width, width).</summary>
    public Linear QueryKeyValue { get; } = new(width, 3 * width, bias);

    /// <summary>From the heads back to the channels.</summary>
    public Linear Output { get; } = new(width, width, bias);

    /// <summary>The number of heads.</summary>
    public int Heads { get; } = width % heads == 0
        ? heads
        : throw new ArgumentException(FormattableString.Invariant($"heads: expected a divisor of width = {width}, got {heads}."), nameof(heads));

    /// <summary>What the scores are multiplied by: 1/√(width/heads).</summary>
    public float Scale { get; } = 1f / MathF.Sqrt(width / heads);

    /// <summary>softmax(mask(q·kᵀ/√d))·v for each head, then the output map.</summary>
    /// <param name="x">(batch, time, width).</param>
    /// <returns>(batch, time, width).</returns>
    [Differentiable]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [return: Shape("batch time width")]
    public Tensor<float> Forward([Shape("batch time width")] Tensor<float> x)
    {
        int batch = (int)x.Lengths[0], time = (int)x.Lengths[1], channels = (int)x.Lengths[2];
        Tensor<float> qkv = Reshape(QueryKeyValue.Forward(x), batch, time, 3 * channels);
        Tensor<float> q = Transpose(Reshape(Slice(qkv, 2, 0, channels), batch, time, Heads, channels / Heads), 0, 2, 1, 3);
        Tensor<float> k = Transpose(Reshape(Slice(qkv, 2, channels, channels), batch, time, Heads, channels / Heads), 0, 2, 1, 3);
        Tensor<float> v = Transpose(Reshape(Slice(qkv, 2, 2 * channels, channels), batch, time, Heads, channels / Heads), 0, 2, 1, 3);
        Tensor<float> scores = CausalMask(MatMul(q, k, transposeB: true) * Scale);      // (batch, heads, time, time)
        Tensor<float> mixed = MatMul(Softmax(scores), v);                               // (batch, heads, time, width/heads)
        return Output.Forward(Reshape(Transpose(mixed, 0, 2, 1, 3), batch, time, channels));
    }
}
