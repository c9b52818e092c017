using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Tests;

/// <summary>Every wrong program is flagged at the marked place with the given diagnostic, and nowhere else; no right program is.</summary>
public class CorpusTests
{
    public static TheoryData<string> WrongPrograms => new(CorpusCase.Load("Wrong").Select(static c => c.Name));

    public static TheoryData<string> RightPrograms => new(CorpusCase.Load("Right").Select(static c => c.Name));

    [Theory]
    [MemberData(nameof(WrongPrograms))]
    public void WrongIsFlaggedAtItsPlace(string name)
    {
        CorpusRun run = CorpusRun.Wrong.Value;
        CorpusCase wrong = run.Case(name);
        // Where the generator refuses a method its members are missing too; indices that are no integers do not compile at all.
        if (wrong.Id != "DIFF2009")
            Assert.Empty(run.Errors(name).Where(static d => d.Id.StartsWith("CS", StringComparison.Ordinal)).Select(Text));
        Diagnostic found = Assert.Single(run.Found(name).Where(static d => d.Severity >= DiagnosticSeverity.Warning));
        Assert.True(found.Id == wrong.Id
            && found.Location.SourceSpan == wrong.Marked,
                $"expected {wrong.Id} at '{wrong.Source.Substring(wrong.Marked.Start, wrong.Marked.Length)}', got {Text(found)}");
    }

    [Theory]
    [MemberData(nameof(RightPrograms))]
    public void RightIsNotFlagged(string name)
    {
        CorpusRun run = CorpusRun.Right.Value;
        Assert.Empty(run.Errors(name).Select(Text));
        Assert.Empty(run.Found(name).Select(Text));
    }

    [Fact]
    public void TheCorpusIsLarge()
    {
        Assert.True(WrongPrograms.Count >= 150, $"{WrongPrograms.Count} wrong programs");
        Assert.True(RightPrograms.Count >= 150, $"{RightPrograms.Count} right programs");
    }

    private static string Text(Diagnostic diagnostic)
        => $"{diagnostic.Id} at '{diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan)}': {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
}
