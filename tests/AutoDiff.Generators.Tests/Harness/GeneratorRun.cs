using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AutoDiff.Generators.Tests;

/// <summary>One run of the generator over a compilation.</summary>
internal sealed class GeneratorRun(CSharpCompilation input, GeneratorDriver driver, CSharpCompilation? output = null)
{
    /// <summary>The compilation that was given to the generator.</summary>
    public CSharpCompilation Input { get; } = input;

    private GeneratorRunResult Result => driver.GetRunResult().Results[0];

    /// <summary>What the generator reported.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => Result.Diagnostics;

    /// <summary>The generated files, by hint name.</summary>
    public IReadOnlyDictionary<string, string> GeneratedSources => Result.GeneratedSources.ToDictionary(
        static source => source.HintName, static source => source.SourceText.ToString());

    /// <summary>The only generated file whose name ends so.</summary>
    public string Generated(string nameEnd) => GeneratedSources.Single(
        source => source.Key.EndsWith(nameEnd, StringComparison.Ordinal)).Value;

    /// <summary>The steps of the pipeline that were tracked under a name.</summary>
    public ImmutableArray<IncrementalGeneratorRunStep> Steps(string name)
        => Result.TrackedSteps.TryGetValue(name, out ImmutableArray<IncrementalGeneratorRunStep> steps) ? steps : [];

    /// <summary>Why each output of a step has the value it has: cached, unchanged, modified, new or removed.</summary>
    public IEnumerable<IncrementalStepRunReason> Reasons(string step)
        => Steps(step).SelectMany(static s => s.Outputs).Select(static output => output.Reason);

    /// <summary>The same for the files that were written.</summary>
    public IEnumerable<IncrementalStepRunReason> OutputReasons => Result.TrackedOutputSteps
        .SelectMany(static steps => steps.Value).SelectMany(static s => s.Outputs).Select(static output => output.Reason);

    /// <summary>Runs the same generator again, with its caches, after a source file has been replaced.</summary>
    public GeneratorRun Edit(int file, string source)
    {
        SyntaxTree before = Input.SyntaxTrees[file];
        SyntaxTree after = before.WithChangedText(SourceText.From(source));
        return RunAgain(Input.ReplaceSyntaxTree(before, after));
    }

    /// <summary>Runs the same generator again, with its caches.</summary>
    public GeneratorRun RunAgain(CSharpCompilation compilation)
    {
        using HostileCulture culture = HostileCulture.Enter();
        GeneratorDriver next = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        if (next.GetRunResult().Results[0].Exception is { } exception)
            throw new InvalidOperationException("The generator failed.", exception);
        return new(compilation, next, (CSharpCompilation)output);
    }

    /// <summary>The source and what was generated, compiled: neither the generator nor the compiler may have the slightest doubt.</summary>
    public CSharpCompilation Compile()
    {
        Assert.NotNull(output);
        IEnumerable<Diagnostic> found = Diagnostics.Concat(output.GetDiagnostics())
            .Where(static diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden
                // Remarks about what the test source computes are no doubt about what was generated from it.
                && diagnostic.Id is not ("DIFF1102" or "DIFF1103")
                // Members of test sources are not documented; generated ones are.
                && (diagnostic.Id != "CS1591" || diagnostic.Location.SourceTree?.FilePath.StartsWith("Source", StringComparison.Ordinal) != true));
        string text = string.Join("\n", found.Select(static diagnostic => diagnostic.ToString()));
        Assert.True(text.Length == 0, text + "\n\n" + string.Join("\n", GeneratedSources.Select(static s => $"// {s.Key}\n{s.Value}")));
        return output;
    }

    /// <summary>What the compiler finds wrong with the source and what was generated.</summary>
    public IEnumerable<string> CompileErrors => output!.GetDiagnostics().Where(static d => d.DefaultSeverity == DiagnosticSeverity.Error && d.Id.StartsWith("CS", StringComparison.Ordinal)).Select(static d => d.ToString());

    /// <summary>Compiles, and loads the assembly.</summary>
    /// <param name="references">Loaded assemblies that it refers to.</param>
    public LoadedAssembly Load(params LoadedAssembly[] references)
    {
        CSharpCompilation compilation = Compile();
        using var image = new MemoryStream();
        // Undocumented members of the test sources have been let through by Compile.
        var emitted = compilation
            .WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
                compilation.Options.SpecificDiagnosticOptions.SetItem("CS1591", ReportDiagnostic.Suppress)))
            .Emit(image);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return new(image.ToArray(), references);
    }

    /// <summary>The diagnostics as <c>id: text of the source at its location</c>, in the order of the source.</summary>
    public IEnumerable<string> Reported => Diagnostics
        .OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)
        .ThenBy(static diagnostic => diagnostic.Id)
        .Select(static diagnostic => $"{diagnostic.Id}: {diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan)}");
}
