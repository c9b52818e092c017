using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace AutoDiff.NeuralNetworks;

/// <summary>Adds a trained offset to each channel: y = x + b.</summary>
/// <param name="width">The number of channels.</param>
[Differentiable]
public sealed partial class Bias(int width)
{
    /// <summary>The offsets; zero at first.</summary>
    [Parameter("width", Initial = Initial.Zeros)]
    public partial Tensor<float> Value { get; }

    /// <summary>x + b.</summary>
    /// <param name="x">(…, width).</param>
    /// <returns>(…, width).</returns>
    [Differentiable]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [return: Shape("... width")]
    public Tensor<float> Forward([Shape("... width")] Tensor<float> x) => x + Value;
}
