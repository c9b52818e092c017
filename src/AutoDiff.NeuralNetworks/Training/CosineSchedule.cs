using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>
/// Linear warm-up, then half a cosine from the peak down to the minimum, then the minimum (Loshchilov and Hutter 2017).
/// </summary>
/// <remarks>
/// Exactly nanoGPT's <c>get_lr</c>: peak·(step + 1) / (warmup + 1) while step &lt; warmup, and the minimum from the step after
/// <see cref="DecaySteps"/> on.
/// </remarks>
public sealed record CosineSchedule : LearningRateSchedule
{
    /// <summary>A cosine schedule that reaches <paramref name="minimum"/> at step <paramref name="decaySteps"/>.</summary>
    /// <exception cref="ArgumentException">A rate is negative, the minimum above the peak, or the warm-up too long.</exception>
    public CosineSchedule(double peak, double minimum, long warmupSteps, long decaySteps)
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
        if (step > DecaySteps || DecaySteps == WarmupSteps) return Minimum;
        double ratio = (double)(step - WarmupSteps) / (DecaySteps - WarmupSteps);
        return Minimum + 0.5 * (1 + Math.Cos(Math.PI * ratio)) * (Peak - Minimum);
    }
}
