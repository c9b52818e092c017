namespace AutoDiff.NeuralNetworks;

/// <summary>A staircase: the learning rate is multiplied by <see cref="Factor"/> every <see cref="Interval"/> steps.</summary>
public sealed record StepSchedule : LearningRateSchedule
{
    /// <summary>initial · factor^⌊step / interval⌋, as PyTorch's <c>StepLR</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the factor is negative, or the interval not positive.</exception>
    public StepSchedule(double initial, long interval, double factor = 0.1)
    {
        Initial = ValidRate(initial, nameof(initial));
        Interval = ValidSteps(interval, nameof(interval), minimum: 1);
        Factor = ValidRate(factor, nameof(factor));
    }

    /// <summary>The learning rate of the first step.</summary>
    public double Initial { get; }

    /// <summary>The number of steps between two changes.</summary>
    public long Interval { get; }

    /// <summary>What each change multiplies by.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    protected override double Rate(long step) => Initial * Math.Pow(Factor, step / Interval);
}
