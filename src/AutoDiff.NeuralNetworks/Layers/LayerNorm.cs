using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace AutoDiff.NeuralNetworks;

/// <summary>Layer normalisation of the last axis: y = (x − μ)/√(σ² + ε)·w + b (Ba, Kiros and Hinton 2016).</summary>
/// <param name="width">The number of channels.</param>
/// <param name="bias">Whether there is a b.</param>
[Differentiable]
public sealed partial class LayerNorm(int width, bool bias = true)
{
    /// <summary>What the variance is enlarged by.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>w; ones at first.</summary>
    [Parameter("width", Initial = Initial.Ones)]
    public partial Tensor<float> Weight { get; }

    /// <summary>b, or null.</summary>
    public Bias? Bias { get; } = bias ? new Bias(width) : null;

    /// <summary>Whether there is a b.</summary>
    public bool HasBias { get; } = bias;

    /// <summary>The normalised x.</summary>
    /// <param name="x">(…, width).</param>
    /// <returns>(…, width).</returns>
    [Differentiable]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [return: Shape("... width")]
    public Tensor<float> Forward([Shape("... width")] Tensor<float> x)
    {
        Tensor<float> y = Ops.LayerNorm(x, Weight, Epsilon);
        if (HasBias) y = Bias!.Forward(y);
        return y;
    }
}
