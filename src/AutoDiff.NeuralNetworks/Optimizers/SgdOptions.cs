namespace AutoDiff.NeuralNetworks;

/// <summary>The constants of <see cref="Sgd"/>; the defaults are PyTorch's.</summary>
public sealed record SgdOptions
{
    /// <summary>The learning rate of the first step; <see cref="Optimizer.LearningRate"/> can change it at any step.</summary>
    public double LearningRate
    {
        get;
        init => field = OptimizerChecks.FiniteNotNegative(value, nameof(LearningRate));
    } = 1e-3;

    /// <summary>μ, how much of the velocity stays from step to step; 0 for none.</summary>
    public double Momentum
    {
        get;
        init => field = OptimizerChecks.FiniteNotNegative(value, nameof(Momentum));
    }

    /// <summary>τ: the velocity takes 1 − τ of each gradient.</summary>
    public double Dampening
    {
        get;
        init => field = double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Dampening), value, "Dampening: expected a finite number.");
    }

    /// <summary>λ, added to the gradient as λ times the parameter (coupled, not as in AdamW).</summary>
    public double WeightDecay
    {
        get;
        init => field = OptimizerChecks.FiniteNotNegative(value, nameof(WeightDecay));
    }

    /// <summary>Whether the step looks ahead along the velocity; needs a momentum and no dampening.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Which parameters decay; null for all, as in PyTorch.</summary>
    public Func<ParameterSlot<float>, bool>? Decays { get; init; }
}
