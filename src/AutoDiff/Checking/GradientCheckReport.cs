using System.Globalization;

namespace AutoDiff;

/// <summary>What a <see cref="GradientCheck"/> found, at the entry where gradient and differences disagree most.</summary>
/// <param name="Passed">Whether every entry is within the tolerances.</param>
/// <param name="Count">The number of entries.</param>
/// <param name="Failed">The number of entries outside the tolerances.</param>
/// <param name="WorstIndex">The entry that disagrees most, in units of its tolerance; −1 where there is none.</param>
/// <param name="Gradient">The given derivative there.</param>
/// <param name="Numeric">The central difference there.</param>
/// <param name="RelativeError">|Gradient − Numeric| / max(|Gradient|, |Numeric|) there.</param>
public sealed record GradientCheckReport(
    bool Passed, int Count, int Failed, int WorstIndex, double Gradient, double Numeric, double RelativeError)
{
    /// <summary>What the entry that disagrees most is called, as in <c>W1[3, 2]</c>; empty where entries have no names.</summary>
    public string WorstName { get; init; } = "";

    /// <summary>Returns this report, or throws it.</summary>
    /// <exception cref="InvalidOperationException">The check failed; the message is <see cref="ToString"/>.</exception>
    public GradientCheckReport ThrowIfFailed() => Passed ? this : throw new InvalidOperationException(ToString());

    /// <summary>One line: the verdict, the worst entry with both numbers, the relative error.</summary>
    public override string ToString()
    {
        string verdict = Passed ? $"Gradient check passed for {Count} entries" : $"Gradient check failed for {Failed} of {Count} entries";
        return WorstIndex < 0
            ? $"{verdict}."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{verdict}; worst {(WorstName.Length == 0 ? $"[{WorstIndex}]" : WorstName)}: gradient {Gradient:G17}, difference {Numeric:G17}, relative error {RelativeError:E2}.");
    }
}
