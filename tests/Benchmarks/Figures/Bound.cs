using System.Globalization;

namespace AutoDiff.Benchmarks.Figures;

/// <summary>What a figure has to be at least, or at most.</summary>
internal readonly record struct Bound(double Value, bool IsLeast)
{
    public static Bound AtLeast(double value) => new(value, true);

    public static Bound AtMost(double value) => new(value, false);

    /// <summary>Whether a figure, rounded as it is printed, keeps to the bound.</summary>
    public bool Holds(double figure) => IsLeast ? Math.Round(figure, 2) >= Value : Math.Round(figure, 2) <= Value;

    /// <summary>The bound in the unit of its figure.</summary>
    public string Text(Func<double, string> unit) => string.Create(CultureInfo.InvariantCulture, $"{(IsLeast ? "at least" : "at most")} {unit(Value)}");
}
