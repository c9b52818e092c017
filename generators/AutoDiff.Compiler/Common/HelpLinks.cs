namespace AutoDiff.Compiler;

/// <summary>Where the help page of each diagnostic is: <c>docs/diagnostics</c> of the repository.</summary>
public static class HelpLinks
{
    private const string Pages = "https://github.com/autodiff-net/autodiff/blob/main/docs/diagnostics/";

    public static string Of(string id) => Pages + id + ".md";
}
