using System.Text.RegularExpressions;

namespace AutoDiff.Generators.Tests.Documents;

/// <summary>The README's declarations compile, and the code that it shows as generated is what the generator writes.</summary>
public sealed partial class ReadmeTests
{
    private const string Usings = "using static AutoDiff.Ops;\n";

    [Fact]
    public void DeclarationsCompileAndTheShownCodeIsGenerated()
    {
        string[] blocks = [.. Blocks().Matches(File.ReadAllText(Find())).Select(m => m.Groups[1].Value.Trim())];
        string fit = Assert.Single(blocks, b => b.StartsWith("public static partial class Functions", StringComparison.Ordinal));
        string shown = Assert.Single(blocks, b => b.StartsWith("/// <summary>Value and gradient", StringComparison.Ordinal));
        string model = Assert.Single(blocks, b => b.Contains("partial class Mlp(", StringComparison.Ordinal));

        GeneratorRun run = GeneratorHarness.Run(Usings + "namespace Examples;\n" + fit + "\n" + model);
        Assert.Empty(run.Diagnostics);
        run.Compile();
        Assert.Contains(Flatten(shown), Flatten(run.Generated("Fit.Derivatives.g.cs")), StringComparison.Ordinal);
    }

    /// <summary>Without indentation: the README's code starts at the margin, and comments are aligned by column.</summary>
    private static string Flatten(string code) => string.Join("\n", code.Split('\n').Select(line => Spaces().Replace(line.Trim(), " ")));

    private static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "AutoDiff.sln"))) return Path.Combine(at.FullName, "README.md");
        throw new FileNotFoundException("README.md is not above the tests.");
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
