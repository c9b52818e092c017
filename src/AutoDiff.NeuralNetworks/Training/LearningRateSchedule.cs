using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>The learning rate of each step: a pure function of the step, so that resuming needs no state.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>The learning rate of a step; the first step is 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    public double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Rate(step);
    }

    /// <summary>The learning rate of a step that is at least 0.</summary>
    protected abstract double Rate(long step);

    private protected static double ValidRate(double value, string name) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a finite learning rate >= 0.");

    private protected static long ValidSteps(long value, string name, long minimum = 0) => value >= minimum
        ? value
        : throw new ArgumentOutOfRangeException(name, value, Invariant($"Expected at least {minimum} steps."));
}
