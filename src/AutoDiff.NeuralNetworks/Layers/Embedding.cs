using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using static AutoDiff.Ops;

namespace AutoDiff.NeuralNetworks;

/// <summary>A trained vector for each token.</summary>
/// <param name="vocabulary">The number of different tokens.</param>
/// <param name="width">The number of channels of a vector.</param>
[Differentiable]
public sealed partial class Embedding(int vocabulary, int width)
{
    /// <summary>The vectors, one a row.</summary>
    [Parameter("vocabulary width", Initial = Initial.Normal, Scale = 0.02f)]
    public partial Tensor<float> Weight { get; }

    /// <summary>The vectors of the tokens.</summary>
    /// <param name="tokens">(batch, time), each in [0, vocabulary).</param>
    /// <returns>(batch, time, width).</returns>
    [Differentiable]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [return: Shape("batch time width")]
    public Tensor<float> Forward([Shape("batch time")] Tensor<int> tokens) => Gather(Weight, tokens);

    /// <summary>The table used a second time, as the output layer of a language model: logits = x·Wᵀ (Press and Wolf 2017).</summary>
    /// <param name="x">(…, width).</param>
    /// <returns>(…, vocabulary).</returns>
    [Differentiable]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [return: Shape("... vocabulary")]
    public Tensor<float> Logits([Shape("... width")] Tensor<float> x) => MatMul(x, Weight, transposeB: true);
}
