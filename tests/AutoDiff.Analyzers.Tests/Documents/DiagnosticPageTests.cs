using System.Reflection;
using System.Runtime.CompilerServices;
using AutoDiff.Generators;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Tests;

/// <summary>Every diagnostic has a help page, which its link leads to, and every page has a diagnostic.</summary>
public class DiagnosticPageTests
{
    public static TheoryData<string> Ids => new(Descriptors().Select(static d => d.Id).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void ThereIsAPage(string id)
    {
        string page = Path.Combine(Folder(), id + ".md");
        Assert.True(File.Exists(page), $"docs/diagnostics/{id}.md is missing");
        string text = File.ReadAllText(page);
        Assert.StartsWith($"# {id}: ", text, StringComparison.Ordinal);
        Assert.All(["## Cause", "## Example", "## Fix"], heading => Assert.Contains(heading, text, StringComparison.Ordinal));
        Assert.All(Descriptors().Where(d => d.Id == id), d
            => Assert.EndsWith($"docs/diagnostics/{id}.md", d.HelpLinkUri, StringComparison.Ordinal));
        Assert.Contains($"[{id}]({id}.md)", File.ReadAllText(Path.Combine(Folder(), "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryPageIsOfADiagnostic()
    {
        var known = Descriptors().Select(static d => d.Id).ToHashSet(StringComparer.Ordinal);
        Assert.All(Directory.GetFiles(Folder(), "DIFF*.md"), page => Assert.Contains(Path.GetFileNameWithoutExtension(page), known));
    }

    private static IEnumerable<DiagnosticDescriptor> Descriptors()
        => new[] { typeof(DifferentiableGenerator).Assembly, typeof(AutoDiff.Analyzers.Shapes.ShapeAnalyzer).Assembly }
            .SelectMany(static a => a.GetTypes())
            .SelectMany(static t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(static f => f.FieldType == typeof(DiagnosticDescriptor))
            .Select(static f => (DiagnosticDescriptor)f.GetValue(null)!);

    private static string Folder([CallerFilePath] string path = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../docs/diagnostics"));
}
