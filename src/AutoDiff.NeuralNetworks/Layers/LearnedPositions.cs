using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using static AutoDiff.Ops;

namespace AutoDiff.NeuralNetworks;

/// <summary>Adds a trained vector for each position.</summary>
/// <param name="context">The largest number of positions.</param>
/// <param name="width">The number of channels.</param>
[Differentiable]
public sealed partial class LearnedPositions(int context, int width)
{
    /// <summary>The vectors, one a row.</summary>
    [Parameter("context width", Initial = Initial.Normal, Scale = 0.02f)]
    public partial Tensor<float> Weight { get; }

    /// <summary>x plus the vectors of positions 0, 1, 2, ….</summary>
    /// <param name="x">(batch, time, width) with time at most context.</param>
    /// <returns>(batch, time, width).</returns>
    /// <exception cref="ArgumentException">There are more positions than the context has.</exception>
    [Differentiable]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [return: Shape("batch time width")]
    public Tensor<float> Forward([Shape("batch time width"), AtMost("time", "context")] Tensor<float> x)
    {
        int time = (int)x.Lengths[1];
        if (time > context) throw new ArgumentException($"x: {time} positions, and the context has {context}.", nameof(x));
        return x + Slice(Weight, 0, 0, time);
    }
}
