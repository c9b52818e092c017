using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using static AutoDiff.Ops;

namespace AutoDiff.NeuralNetworks;

/// <summary>The feed-forward part of a transformer block: y = gelu(x·W₁ᵀ + b₁)·W₂ᵀ + b₂, with the exact GELU.</summary>
/// <param name="width">The number of channels between blocks.</param>
/// <param name="hidden">The number of channels inside.</param>
/// <param name="bias">Whether there are b₁ and b₂.</param>
[Differentiable]
public sealed partial class FeedForward(int width, int hidden, bool bias = false)
{
    /// <summary>W₁ and b₁.</summary>
    public Linear Up { get; } = new(width, hidden, bias);

    /// <summary>W₂ and b₂.</summary>
    public Linear Down { get; } = new(hidden, width, bias);

    /// <summary>gelu(x·W₁ᵀ + b₁)·W₂ᵀ + b₂.</summary>
    /// <param name="x">(…, width).</param>
    /// <returns>(…, width).</returns>
    [Differentiable]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [return: Shape("... width")]
    public Tensor<float> Forward([Shape("... width")] Tensor<float> x) => Down.Forward(Gelu(Up.Forward(x)));
}
