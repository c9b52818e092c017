namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>The MSBuild property AutoDiffExplain: how much generated code says about itself. What it does stays the same.</summary>
public class ExplainTests
{
    [Fact]
    public void Full_is_the_default()
    {
        string full = Generated("full");
        Assert.Equal(full, GeneratorHarness.Run(ContractTests.Fit).Generated("Fit.Derivatives.g.cs"));
        Assert.Contains("/// [4] p = Math.Tanh(s)", full, StringComparison.Ordinal);
        Assert.Contains("// [4]ᵀ ds = dp · (1 − p²)", full, StringComparison.Ordinal);
    }

    [Fact]
    public void Brief_keeps_the_numbers()
    {
        string brief = Generated("brief");
        Assert.Contains("// [4]ᵀ\n", brief, StringComparison.Ordinal);
        Assert.Contains("/// [4] p = Math.Tanh(s)", brief, StringComparison.Ordinal);
        Assert.DoesNotContain("// [4]ᵀ ds", brief, StringComparison.Ordinal);
    }

    [Fact]
    public void None_leaves_code_alone()
    {
        string none = Generated("none");
        Assert.DoesNotContain("///", none, StringComparison.Ordinal);
        Assert.DoesNotContain("// [", none, StringComparison.Ordinal);
        Assert.Equal(Code(Generated("full")), Code(none));
    }

    // Without comments and blank lines.
    private static IEnumerable<string> Code(string text)
        => text.Split('\n').Select(static line => line.Split("//")[0].Trim()).Where(static line => line.Length > 0);

    private static string Generated(string explain)
    {
        GeneratorRun run = GeneratorHarness.Run([ContractTests.Fit], options: new Dictionary<string, string> { ["AutoDiffExplain"] = explain });
        run.Compile();
        return run.Generated("Fit.Derivatives.g.cs");
    }
}
