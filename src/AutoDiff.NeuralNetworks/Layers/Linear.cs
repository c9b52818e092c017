using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using static AutoDiff.Ops;

namespace AutoDiff.NeuralNetworks;

/// <summary>An affine map of the last axis: y = x·Wᵀ + b. The weight is laid out as PyTorch's <c>nn.Linear</c> has it.</summary>
/// <param name="inputs">The number of channels of the operand.</param>
/// <param name="outputs">The number of channels of the result.</param>
/// <param name="bias">Whether there is a b.</param>
[Differentiable]
public sealed partial class Linear(int inputs, int outputs, bool bias = true)
{
    /// <summary>W.</summary>
    [Parameter("outputs inputs", Initial = Initial.Normal, Scale = 0.02f)]
    public partial Tensor<float> Weight { get; }

    /// <summary>b, or null.</summary>
    public Bias? Bias { get; } = bias ? new Bias(outputs) : null;

    /// <summary>Whether there is a b.</summary>
    public bool HasBias { get; } = bias;

    /// <summary>x·Wᵀ + b.</summary>
    /// <param name="x">(…, inputs).</param>
    /// <returns>(…, outputs).</returns>
    [Differentiable]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [return: Shape("... outputs")]
    public Tensor<float> Forward([Shape("... inputs")] Tensor<float> x)
    {
        Tensor<float> y = MatMul(x, Weight, transposeB: true);          // (…, outputs)
        if (HasBias) y = Bias!.Forward(y);
        return y;
    }
}
