namespace AutoDiff.NeuralNetworks;

/// <summary>
/// One cosine up from peak / <see cref="Division"/> to the peak, one cosine down to far below the start (Smith and Topin 2018).
/// </summary>
/// <remarks>The two-phase form of PyTorch's <c>OneCycleLR</c>. After the last step the rate stays at its end.</remarks>
public sealed record OneCycleSchedule : LearningRateSchedule
{
    /// <summary>A cycle over <paramref name="totalSteps"/> steps.</summary>
    /// <param name="peak">The highest learning rate.</param>
    /// <param name="totalSteps">At least 2.</param>
    /// <param name="rise">The share of the steps that rise, in (0, 1).</param>
    /// <param name="division">peak / division is the first rate.</param>
    /// <param name="finalDivision">The last rate is the first one divided by this.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside of its range.</exception>
    public OneCycleSchedule(double peak, long totalSteps, double rise = 0.3, double division = 25, double finalDivision = 1e4)
    {
        Peak = ValidRate(peak, nameof(peak));
        TotalSteps = ValidSteps(totalSteps, nameof(totalSteps), minimum: 2);
        Rise = rise is > 0 and < 1 ? rise : throw new ArgumentOutOfRangeException(nameof(rise), rise, "Expected a share in (0, 1).");
        Division = AtLeastOne(division, nameof(division));
        FinalDivision = AtLeastOne(finalDivision, nameof(finalDivision));
    }

    /// <summary>The highest learning rate.</summary>
    public double Peak { get; }

    /// <summary>The number of steps of the cycle.</summary>
    public long TotalSteps { get; }

    /// <summary>The share of the steps that rise.</summary>
    public double Rise { get; }

    /// <summary>peak / division is the first rate.</summary>
    public double Division { get; }

    /// <summary>The last rate is the first one divided by this.</summary>
    public double FinalDivision { get; }

    /// <inheritdoc/>
    protected override double Rate(long step)
    {
        double first = Peak / Division, last = first / FinalDivision;
        double top = Rise * TotalSteps - 1, end = TotalSteps - 1;
        if (step >= end) return last;
        return step < top ? Cosine(first, Peak, step / top) : Cosine(Peak, last, (step - top) / (end - top));
    }

    private static double Cosine(double from, double to, double ratio) => to + (from - to) / 2 * (1 + Math.Cos(Math.PI * ratio));

    private static double AtLeastOne(double value, string name) => double.IsFinite(value) && value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number >= 1.");
}
