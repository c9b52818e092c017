namespace AutoDiff;

/// <summary>How closely a gradient is compared with central differences.</summary>
public sealed record GradientCheckOptions
{
    private readonly double _step = 1e-5;
    private readonly double _relativeTolerance = 1e-6;
    private readonly double _absoluteTolerance = 1e-8;

    /// <summary>The defaults: right for smooth functions of moderate values in <c>double</c>.</summary>
    public static GradientCheckOptions Default { get; } = new();

    /// <summary>Right for models in <c>float</c>, whose losses have seven digits.</summary>
    public static GradientCheckOptions Single { get; } = new() { Step = 5e-3, RelativeTolerance = 1e-2, AbsoluteTolerance = 1e-3 };

    /// <summary>Half the distance of the two evaluations, for coordinates up to 1 in magnitude; it grows with the coordinate.</summary>
    public double Step
    {
        get => _step;
        init => _step = Positive(value, nameof(Step));
    }

    /// <summary>The largest difference that passes, relative to the larger of both numbers.</summary>
    public double RelativeTolerance
    {
        get => _relativeTolerance;
        init => _relativeTolerance = NotNegative(value, nameof(RelativeTolerance));
    }

    /// <summary>The largest difference that passes whatever the numbers: what the differences themselves lose by rounding.</summary>
    public double AbsoluteTolerance
    {
        get => _absoluteTolerance;
        init => _absoluteTolerance = NotNegative(value, nameof(AbsoluteTolerance));
    }

    private static double Positive(double value, string name)
        => value > 0 && double.IsFinite(value) ? value
            : throw new ArgumentOutOfRangeException(
                name, value, FormattableString.Invariant($"{name}: {value} is not positive and finite."));

    private static double NotNegative(double value, string name)
        => value >= 0 ? value
            : throw new ArgumentOutOfRangeException(
                name, value, FormattableString.Invariant($"{name}: {value} is negative or not a number."));
}
