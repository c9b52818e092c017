using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.NeuralNetworks;

/// <summary>
/// One pass over parameters, gradients and both moments. In the order of PyTorch's single-tensor AdamW:
/// p ← p·(1 − ηλ); m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; p ← p − (η / (1 − β₁ᵗ)) · m / (√v / √(1 − β₂ᵗ) + ε).
/// </summary>
/// <remarks>
/// Scalars are computed in double and rounded once, as PyTorch does. There is no fused multiply-add and no sum, so that every lane,
/// every width and the tail have the same bits.
/// </remarks>
internal readonly struct AdamWKernel
{
    private readonly float _decay, _beta1, _beta2, _take1, _take2, _stepSize, _rootCorrection2, _epsilon, _gradientScale;

    /// <param name="options">β₁, β₂, ε.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="weightDecay">λ, 0 for parameters that do not decay.</param>
    /// <param name="step">t, 1 for the first step.</param>
    /// <param name="gradientScale">What gradients are multiplied by before anything else.</param>
    public AdamWKernel(AdamWOptions options, double learningRate, double weightDecay, long step, float gradientScale)
    {
        _decay = (float)(1 - learningRate * weightDecay);
        (_beta1, _beta2) = ((float)options.Beta1, (float)options.Beta2);
        (_take1, _take2) = ((float)(1 - options.Beta1), (float)(1 - options.Beta2));
        _stepSize = (float)(learningRate / (1 - Math.Pow(options.Beta1, step)));
        _rootCorrection2 = (float)Math.Sqrt(1 - Math.Pow(options.Beta2, step));
        _epsilon = (float)options.Epsilon;
        _gradientScale = gradientScale;
    }

    public void Run(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second)
    {
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        ref float m = ref MemoryMarshal.GetReference(first);
        ref float v = ref MemoryMarshal.GetReference(second);
        int i = 0;
        for (; i <= parameters.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            nuint at = (nuint)i;
            var gradient = Vector512.LoadUnsafe(ref g, at) * _gradientScale;
            var moment1 = Vector512.LoadUnsafe(ref m, at) * _beta1 + gradient * _take1;
            var moment2 = Vector512.LoadUnsafe(ref v, at) * _beta2 + gradient * gradient * _take2;
            moment1.StoreUnsafe(ref m, at);
            moment2.StoreUnsafe(ref v, at);
            var denominator = Vector512.Sqrt(moment2) / Vector512.Create(_rootCorrection2) + Vector512.Create(_epsilon);
            (Vector512.LoadUnsafe(ref p, at) * _decay - moment1 / denominator * _stepSize).StoreUnsafe(ref p, at);
        }
        for (; i < parameters.Length; i++)
        {
            float gradient = gradients[i] * _gradientScale;
            float moment1 = first[i] = first[i] * _beta1 + gradient * _take1;
            float moment2 = second[i] = second[i] * _beta2 + gradient * gradient * _take2;
            float denominator = MathF.Sqrt(moment2) / _rootCorrection2 + _epsilon;
            parameters[i] = parameters[i] * _decay - moment1 / denominator * _stepSize;
        }
    }
}
