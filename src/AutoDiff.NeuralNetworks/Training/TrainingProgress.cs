namespace AutoDiff.NeuralNetworks;

/// <summary>Where a training run stands after a step.</summary>
/// <param name="Step">The number of steps done.</param>
/// <param name="TotalSteps">The number of steps to do.</param>
/// <param name="Loss">The loss of the batch of this step, before the step.</param>
/// <param name="ValidationLoss">The loss on the validation batches after this step; null where it was not evaluated.</param>
/// <param name="GradientNorm">The norm of the gradients before clipping.</param>
/// <param name="LearningRate">The learning rate of this step.</param>
/// <param name="TokensPerSecond">Since the start of this run, evaluations not counted.</param>
/// <param name="Elapsed">The time since the start of this run.</param>
public readonly record struct TrainingProgress(
    long Step, long TotalSteps, float Loss, float? ValidationLoss, double GradientNorm, double LearningRate,
    double TokensPerSecond, TimeSpan Elapsed);
