namespace AutoDiff.Analyzers;

/// <summary>Where the help page of each diagnostic is.</summary>
internal static class HelpLinks
{
    private const string Base = "https://github.com/autodiff-net/autodiff/blob/main/docs/diagnostics/";

    public static string Of(string id) => Base + id + ".md";
}
