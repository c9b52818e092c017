namespace AutoDiff.NeuralNetworks;

/// <summary>The constants of <see cref="AdamW"/>; the defaults are PyTorch's.</summary>
public sealed record AdamWOptions
{
    /// <summary>The learning rate of the first step; <see cref="Optimizer.LearningRate"/> can change it at any step.</summary>
    public double LearningRate
    {
        get;
        init => field = OptimizerChecks.FiniteNotNegative(value, nameof(LearningRate));
    } = 1e-3;

    /// <summary>β₁, how much of the first moment stays from step to step.</summary>
    public double Beta1
    {
        get;
        init => field = OptimizerChecks.Share(value, nameof(Beta1));
    } = 0.9;

    /// <summary>β₂, how much of the second moment stays from step to step.</summary>
    public double Beta2
    {
        get;
        init => field = OptimizerChecks.Share(value, nameof(Beta2));
    } = 0.999;

    /// <summary>ε, added to the root of the second moment.</summary>
    public double Epsilon
    {
        get;
        init => field = OptimizerChecks.FiniteNotNegative(value, nameof(Epsilon));
    } = 1e-8;

    /// <summary>λ: each step multiplies decaying parameters by 1 − learning rate · λ.</summary>
    public double WeightDecay
    {
        get;
        init => field = OptimizerChecks.FiniteNotNegative(value, nameof(WeightDecay));
    } = 0.01;

    /// <summary>Which parameters decay; null for those of rank 2 and above (matrices do, biases and gains of norms do not).</summary>
    public Func<ParameterSlot<float>, bool>? Decays { get; init; }
}
