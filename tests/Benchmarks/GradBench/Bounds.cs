using System.Globalization;

namespace AutoDiff.Benchmarks.GradBench;

/// <summary>What the derivatives may take at most.</summary>
internal static class Bounds
{
    /// <summary>The geometric mean over the sizes of the derivative's time to the other tool's primal, that of C++ by hand.</summary>
    public static IReadOnlyDictionary<string, double> ToPeer { get; } = new Dictionary<string, double>
    {
        ["llsq"] = 1, ["lse"] = 0.5, ["ode"] = 2, ["det"] = 3, ["gmm"] = 0.7, ["lstm"] = 0.8, ["ba"] = 5, ["ht"] = 6, ["kmeans"] = 0.8,
    };

    // The fastest mode, and every mode, in milliseconds.
    private static readonly Dictionary<string, (double Fastest, double Any)> Minimisations = new() { ["particle"] = (0.9, 2), ["saddle"] = (1.5, 2) };

    public static string Modes(string eval)
    {
        (double fastest, double any) = Minimisations[eval];
        return string.Create(CultureInfo.InvariantCulture, $"(the fastest at most {fastest:F1} ms, each at most {any:F1} ms)");
    }
}
