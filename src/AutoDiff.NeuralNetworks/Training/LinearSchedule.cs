using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>Linear warm-up to the peak, then a straight line down to the minimum, then the minimum.</summary>
public sealed record LinearSchedule : LearningRateSchedule
{
    /// <summary>A linear schedule that reaches <paramref name="minimum"/> at step <paramref name="decaySteps"/>.</summary>
    /// <exception cref="ArgumentException">A rate is negative, the minimum above the peak, or the warm-up too long.</exception>
    public LinearSchedule(double peak, double minimum, long warmupSteps, long decaySteps)
    {
        Peak = ValidRate(peak, nameof(peak));
        Minimum = ValidRate(minimum, nameof(minimum));
        WarmupSteps = ValidSteps(warmupSteps, nameof(warmupSteps));
        DecaySteps = ValidSteps(decaySteps, nameof(decaySteps), warmupSteps);
        if (minimum > peak)
            throw new ArgumentOutOfRangeException(nameof(minimum), minimum, Invariant($"Expected at most the peak, {peak}."));
    }

    /// <summary>The highest learning rate, reached at the end of the warm-up.</summary>
    public double Peak { get; }

    /// <summary>The learning rate at the end.</summary>
    public double Minimum { get; }

    /// <summary>The number of steps of the warm-up.</summary>
    public long WarmupSteps { get; }

    /// <summary>The step at which the minimum is reached.</summary>
    public long DecaySteps { get; }

    /// <inheritdoc/>
    protected override double Rate(long step)
    {
        if (step < WarmupSteps) return Peak * (step + 1) / (WarmupSteps + 1);
        if (step >= DecaySteps) return Minimum;
        double ratio = (double)(step - WarmupSteps) / (DecaySteps - WarmupSteps);
        return Peak + (Minimum - Peak) * ratio;
    }
}
