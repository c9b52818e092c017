using AutoDiff.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Analyzers.Tests.Fuzz;

/// <summary>The generator and the analyzers over one source: what must not happen, whatever the source is.</summary>
internal static class FuzzRun
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    /// <summary>What went wrong; null for nothing.</summary>
    public static string? Of(string path, string source)
    {
        using var cancellation = new CancellationTokenSource();
        // On its own thread: what hangs is left behind.
        Task<string?> task = Task.Run(() => Check(path, source, cancellation.Token));
        try
        {
            if (task.Wait(TimeLimit)) return task.Result;
        }
        catch (AggregateException exception)
        {
            return exception.InnerException!.ToString();
        }

        cancellation.Cancel();
        return $"does not end within {TimeLimit.TotalSeconds} s";
    }

    private static string? Check(string path, string source, CancellationToken cancellation)
    {
        CSharpCompilation input = TestCompilation.Create([(path, source)], generates: false);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: TestCompilation.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(input, out Compilation output, out _, cancellation);
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        if (result.Exception is { } exception) return $"CS8785: {exception}";
        if (result.Diagnostics.FirstOrDefault(static d => d.Id == "DIFF9999") is { } failed) return failed.ToString();
        TestCompilation.Analyze(output);

        // Of a source with errors of its own nothing more can be said.
        if (input.GetDiagnostics(cancellation).Any(static d => d.Severity == DiagnosticSeverity.Error && !IsForGenerator(d))) return null;
        HashSet<SyntaxTree> written = [.. result.GeneratedSources.Select(static s => s.SyntaxTree)];
        Diagnostic[] errors = [.. output.GetDiagnostics(cancellation).Where(d => d.Severity == DiagnosticSeverity.Error && d.Location.SourceTree is { } tree && written.Contains(tree))];
        return errors.Length == 0 ? null : string.Join("\n", errors.Take(5).Select(static d => $"{d}\n    {d.Location.SourceTree!.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line]}"));
    }

    // A partial property without a body: the generator writes it.
    private static bool IsForGenerator(Diagnostic diagnostic) => diagnostic.Id == "CS9248";
}
