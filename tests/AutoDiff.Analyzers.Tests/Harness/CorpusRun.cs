using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Tests;

/// <summary>All cases of a folder as one project, each in a file and a namespace of its own, compiled and analysed once.</summary>
internal sealed class CorpusRun
{
    private readonly Dictionary<string, CorpusCase> _cases;
    private readonly ILookup<string, Diagnostic> _found;
    private readonly ILookup<string, Diagnostic> _errors;

    private CorpusRun(string folder)
    {
        _cases = CorpusCase.Load(folder).ToDictionary(static c => c.Name);
        var compilation = TestCompilation.Create(_cases.Values.Select(static c => (c.Name, c.Source)));
        _errors = compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error).ToLookup(Path);
        _found = TestCompilation.Analyze(compilation).Where(static d => d.Severity > DiagnosticSeverity.Hidden).ToLookup(Path);
    }

    public static Lazy<CorpusRun> Wrong { get; } = new(static () => new CorpusRun("Wrong"));

    public static Lazy<CorpusRun> Right { get; } = new(static () => new CorpusRun("Right"));

    public IEnumerable<string> Names => _cases.Keys;

    public CorpusCase Case(string name) => _cases[name];

    public ImmutableArray<Diagnostic> Found(string name) => [.. _found[name]];

    public ImmutableArray<Diagnostic> Errors(string name) => [.. _errors[name]];

    private static string Path(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath ?? "";
}
