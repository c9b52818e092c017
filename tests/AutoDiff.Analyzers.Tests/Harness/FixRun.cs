using System.Collections.Immutable;
using AutoDiff.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;

namespace AutoDiff.Analyzers.Tests;

/// <summary>Applies a code fix to a file, as an editor does it: for one diagnostic, or for all in the file.</summary>
internal static class FixRun
{
    /// <summary>The file after the fix, or null where the provider offers none.</summary>
    public static async Task<string?> One(CodeFixProvider provider, string id, string source)
    {
        Document document = Open(source);
        Diagnostic diagnostic = (await Find(document, id)).First();
        CodeAction? action = null;
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (found, _)
            => action ??= found, CancellationToken.None));
        return action is null ? null : await Apply(document, action);
    }

    public static async Task<string?> All(CodeFixProvider provider, string id, string source)
    {
        Document document = Open(source);
        var context = new FixAllContext(
            document, provider, FixAllScope.Document, provider.GetType().Name, [id], new Found(await Find(document, id)),
                CancellationToken.None);
        CodeAction? action = await provider.GetFixAllProvider()!.GetFixAsync(context);
        return action is null ? null : await Apply(document, action);
    }

    private static async Task<string> Apply(Document document, CodeAction action)
    {
        var change = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        Document changed = change.ChangedSolution.GetDocument(document.Id)!;
        changed = await Microsoft.CodeAnalysis.Simplification.Simplifier.ReduceAsync(changed);
        return (await changed.GetTextAsync()).ToString().ReplaceLineEndings("\n");
    }

    private static Document Open(string source)
    {
        var workspace = new AdhocWorkspace(MefHostServices.DefaultHost);
        Project project = workspace.AddProject("Fixed", LanguageNames.CSharp)
            .WithParseOptions(TestCompilation.ParseOptions)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable))
            .WithMetadataReferences(TestCompilation.References)
            .AddDocument("Usings.cs", TestCompilation.Usings).Project;
        return project.AddDocument("Source.cs", source);
    }

    /// <summary>What the analyzers and the generator say.</summary>
    private static async Task<ImmutableArray<Diagnostic>> Find(Document document, string id)
    {
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()],
            parseOptions: TestCompilation.ParseOptions);
        driver = driver.RunGenerators(compilation);
        SyntaxTree tree = (await document.GetSyntaxTreeAsync())!;
        return
        [
            .. TestCompilation.Analyze(compilation).Concat(driver.GetRunResult().Diagnostics)
                .Where(d => d.Id == id && d.Location.SourceTree?.FilePath == tree.FilePath).OrderBy(static d
                    => d.Location.SourceSpan.Start),
        ];
    }

    private sealed class Found(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);
    }
}
