using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace AutoDiff.NeuralNetworks;

/// <summary>Root-mean-square normalisation of the last axis: y = x/√(mean x² + ε)·w (Zhang and Sennrich 2019).</summary>
/// <param name="width">The number of channels.</param>
[Differentiable]
public sealed partial class RmsNorm(int width)
{
    /// <summary>What the mean square is enlarged by.</summary>
    public const double Epsilon = 1e-6;

    /// <summary>w; ones at first.</summary>
    [Parameter("width", Initial = Initial.Ones)]
    public partial Tensor<float> Weight { get; }

    /// <summary>The normalised x.</summary>
    /// <param name="x">(…, width).</param>
    /// <returns>(…, width).</returns>
    [Differentiable]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [return: Shape("... width")]
    public Tensor<float> Forward([Shape("... width")] Tensor<float> x) => Ops.RmsNorm(x, Weight, Epsilon);
}
