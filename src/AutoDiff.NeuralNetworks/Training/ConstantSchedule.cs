namespace AutoDiff.NeuralNetworks;

/// <summary>The same learning rate at every step.</summary>
/// <param name="LearningRate">Finite, at least 0.</param>
public sealed record ConstantSchedule(double LearningRate) : LearningRateSchedule
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; } = ValidRate(LearningRate, nameof(LearningRate));

    /// <inheritdoc/>
    protected override double Rate(long step) => LearningRate;
}
