using System.Globalization;

namespace AutoDiff.Benchmarks.Figures;

/// <summary>One measured figure, with the bound that it has to keep where there is one.</summary>
/// <param name="Group">What it belongs to.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure: a share of a limit or a ratio.</param>
/// <param name="Bound">What it has to be; nothing is asked where it is <see langword="null"/>.</param>
/// <param name="Detail">The times or rates behind it.</param>
internal sealed record Figure(string Group, string Name, double Value, Bound? Bound, string Detail)
{
    /// <summary>Whether the figure is printed as a percentage, or else as a multiple.</summary>
    public bool IsShare { get; init; }

    /// <summary>Whether the figure is what was asked for; <see langword="null"/> where nothing was.</summary>
    public bool? Holds => Bound?.Holds(Value);

    public string ValueText => Text(Value);

    public string BoundText => Bound?.Text(Text) ?? "";

    private string Text(double value)
        => IsShare ? (value * 100).ToString("F0", CultureInfo.InvariantCulture) + " %" : value.ToString(value >= 1000 ? "F0" : "F2", CultureInfo.InvariantCulture) + (value >= 1000 ? "" : " x");
}
