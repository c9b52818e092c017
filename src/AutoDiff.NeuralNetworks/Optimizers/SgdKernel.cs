using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.NeuralNetworks;

/// <summary>
/// One pass over parameters, gradients and velocities. In the order of PyTorch's SGD: g ← g + λp; b ← μb + (1 − τ)g (b ← g at the
/// first step); g ← g + μb with Nesterov, else b; p ← p − ηg.
/// </summary>
/// <remarks>No fused multiply-add and no sum, so that every lane, every width and the tail have the same bits.</remarks>
internal readonly struct SgdKernel
{
    private readonly float _weightDecay, _keep, _take, _lookAhead, _takeDirect, _learningRate, _gradientScale;

    /// <param name="options">μ, τ, Nesterov.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="weightDecay">λ, 0 for parameters that do not decay.</param>
    /// <param name="step">1 for the first step, whose velocity is the gradient itself.</param>
    /// <param name="gradientScale">What gradients are multiplied by before anything else.</param>
    public SgdKernel(SgdOptions options, double learningRate, double weightDecay, long step, float gradientScale)
    {
        (_weightDecay, _learningRate, _gradientScale) = ((float)weightDecay, (float)learningRate, gradientScale);
        bool moves = options.Momentum > 0;
        _keep = (float)options.Momentum;
        _take = step == 1 ? 1 : (float)(1 - options.Dampening);
        // The direction is takeDirect · g + lookAhead · b: (0, 1) along the velocity, (1, μ) with Nesterov, (1, 0) without momentum.
        (_takeDirect, _lookAhead) = !moves ? (1, 0) : options.Nesterov ? (1, _keep) : (0, 1);
    }

    public void Run(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        int i = 0;
        for (; i <= parameters.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var parameter = Vector512.LoadUnsafe(ref p, (nuint)i);
            var gradient = Vector512.LoadUnsafe(ref g, (nuint)i) * _gradientScale + parameter * _weightDecay;
            (parameter - gradient * _learningRate).StoreUnsafe(ref p, (nuint)i);
        }
        for (; i < parameters.Length; i++)
            parameters[i] -= (gradients[i] * _gradientScale + parameters[i] * _weightDecay) * _learningRate;
    }

    public void Run(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> velocities)
    {
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        ref float b = ref MemoryMarshal.GetReference(velocities);
        int i = 0;
        for (; i <= parameters.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var parameter = Vector512.LoadUnsafe(ref p, (nuint)i);
            var gradient = Vector512.LoadUnsafe(ref g, (nuint)i) * _gradientScale + parameter * _weightDecay;
            var velocity = Vector512.LoadUnsafe(ref b, (nuint)i) * _keep + gradient * _take;
            velocity.StoreUnsafe(ref b, (nuint)i);
            (parameter - (gradient * _takeDirect + velocity * _lookAhead) * _learningRate).StoreUnsafe(ref p, (nuint)i);
        }
        for (; i < parameters.Length; i++)
        {
            float gradient = gradients[i] * _gradientScale + parameters[i] * _weightDecay;
            float velocity = velocities[i] = velocities[i] * _keep + gradient * _take;
            parameters[i] -= (gradient * _takeDirect + velocity * _lookAhead) * _learningRate;
        }
    }
}
