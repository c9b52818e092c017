using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>Changes parameters, in place, along their gradients. Allocates nothing per step.</summary>
public abstract class Optimizer
{
    private readonly OptimizerChunk[] _chunks;
    private readonly int _length;

    /// <summary>An optimizer of some parameters.</summary>
    /// <param name="parameters">What changes; one flat buffer.</param>
    /// <param name="learningRate">The learning rate of the first step.</param>
    /// <param name="decays">Which parameters decay.</param>
    private protected Optimizer(ParameterSet<float> parameters, double learningRate, Func<ParameterSlot<float>, bool> decays)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
        LearningRate = learningRate;
        _length = parameters.TotalLength;
        _chunks = OptimizerChunk.Plan(parameters, decays);
    }

    /// <summary>What changes.</summary>
    public ParameterSet<float> Parameters { get; }

    /// <summary>The learning rate of the next step: finite, at least 0.</summary>
    public double LearningRate
    {
        get;
        set => field = OptimizerChecks.FiniteNotNegative(value, nameof(LearningRate));
    }

    /// <summary>The number of steps taken.</summary>
    public long StepCount { get; private set; }

    /// <summary>The name that <see cref="OptimizerState"/> carries.</summary>
    private protected abstract string Kind { get; }

    /// <summary>What a step keeps for the next, each as long as the flat buffer of the parameters.</summary>
    private protected abstract (string Name, Memory<float> Values)[] Buffers { get; }

    /// <summary>Takes one step. The gradients are not changed.</summary>
    /// <param name="gradients">Of the same length as the parameters.</param>
    /// <param name="gradientScale">What gradients are multiplied by first: 1 / accumulated batches, or the clipping factor.</param>
    /// <exception cref="ArgumentException">The gradients are those of other parameters, or the scale is not finite.</exception>
    public void Step(GradientSet<float> gradients, float gradientScale = 1)
    {
        ReadOnlySpan<float> flat = GradientClipping.Flat(gradients, Parameters);
        if (flat.Length != _length)
            throw new InvalidOperationException(Invariant(
                $"The model had {_length} parameters when this optimizer was made and has {flat.Length} now: make a new optimizer."));
        if (!float.IsFinite(gradientScale))
            throw new ArgumentOutOfRangeException(nameof(gradientScale), gradientScale, "gradientScale: expected a finite number.");
        StepCount++;
        Update(_chunks, flat, gradientScale);
    }

    /// <summary>
    /// One step with the gradients scaled to a norm of at most <paramref name="maxNorm"/>: the bits of
    /// <see cref="GradientClipping.ByNorm"/> and <see cref="Step"/>, without writing the gradients.
    /// </summary>
    /// <param name="gradients">Not changed.</param>
    /// <param name="maxNorm">Positive; +∞ for no clipping.</param>
    /// <param name="policy">What to do about gradients that are NaN or infinite.</param>
    /// <param name="gradientScale">What every gradient counts as multiplied by: 1 / accumulated batches.</param>
    /// <returns>The norm before clipping, of the gradients times <paramref name="gradientScale"/>.</returns>
    /// <exception cref="NonFiniteGradientException">A gradient is NaN or infinite, and the policy is to throw.</exception>
    public double ClipAndStep(GradientSet<float> gradients, double maxNorm, NonFiniteGradients policy = NonFiniteGradients.Throw,
                              float gradientScale = 1)
    {
        double norm = GradientClipping.Norm(gradients) * Math.Abs(gradientScale);
        if (GradientClipping.Proceed(gradients, Parameters, norm, policy))
            Step(gradients, GradientClipping.Scale(norm, maxNorm) * gradientScale);
        return norm;
    }

    /// <summary>A copy of everything a step keeps for the next.</summary>
    public OptimizerState ExportState() =>
        new(Kind, StepCount, [.. Buffers.Select(b => new OptimizerBuffer(b.Name, b.Values.ToArray()))]);

    /// <summary>Goes on where <see cref="ExportState"/> stopped.</summary>
    /// <exception cref="ArgumentException">The state is that of another optimizer or of other parameters; nothing has changed.</exception>
    public void ImportState(OptimizerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var buffers = Buffers;
        if (state.Kind != Kind || !state.Buffers.Select(b => b.Name).SequenceEqual(buffers.Select(b => b.Name)))
            throw new ArgumentException($"state: expected that of {Kind} [{string.Join(", ", buffers.Select(b => b.Name))}], "
                + $"got {state.Kind} [{string.Join(", ", state.Buffers.Select(b => b.Name))}].", nameof(state));
        ArgumentOutOfRangeException.ThrowIfNegative(state.Step);
        foreach (var buffer in state.Buffers)
            if (buffer.Values.Length != Parameters.TotalLength)
                throw new ArgumentException(Invariant(
                    $"state: '{buffer.Name}' has {buffer.Values.Length} values, the parameters {Parameters.TotalLength}."), nameof(state));
        for (int i = 0; i < buffers.Length; i++) state.Buffers[i].Values.Span.CopyTo(buffers[i].Values.Span);
        StepCount = state.Step;
    }

    /// <summary>One pass; <see cref="StepCount"/> already counts this step.</summary>
    private protected abstract void Update(ReadOnlySpan<OptimizerChunk> chunks, ReadOnlySpan<float> gradients, float gradientScale);
}
