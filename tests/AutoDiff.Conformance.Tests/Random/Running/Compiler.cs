using System.Collections.Immutable;
using AutoDiff.Generators;
using AutoDiff.Generators.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>Compiles programs, each in a file and a namespace of its own, many at once.</summary>
internal static class Compiler
{
    private static readonly ImmutableArray<MetadataReference> All = [.. AutoDiff.Generators.Tests.References.All, MetadataReference.CreateFromFile(typeof(Oracle.Dual).Assembly.Location)];

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, checkOverflow: true, warningLevel: 9999, nullableContextOptions: NullableContextOptions.Enable);

    // Comments are looked at in other tests.
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.None);

    private static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(
        string.Concat(new[] { "System", "System.Collections.Generic", "System.Linq", "System.Numerics.Tensors", "AutoDiff" }.Select(static name => $"global using {name};\n")), ParseOptions, "Usings.cs");

    private static readonly SyntaxTree OracleUsing = CSharpSyntaxTree.ParseText("global using AutoDiff.Conformance.Oracle;\n", ParseOptions, "Oracle.cs");

    /// <summary>The programs as C# compilers see them; the number of each is in its path and its namespace.</summary>
    public static CSharpCompilation Compile(IEnumerable<(int Number, string Text)> programs, bool overDuals) => CSharpCompilation.Create(
        "Random" + Guid.NewGuid().ToString("N"),
        [
            .. programs.Select(p => CSharpSyntaxTree.ParseText($"namespace N{p.Number};\n{(overDuals ? DualText.Of(p.Text) : p.Text)}", ParseOptions, $"N{p.Number}.cs")),
            Usings, .. overDuals ? [OracleUsing] : Array.Empty<SyntaxTree>(),
        ],
        All,
        Options);

    /// <summary>Runs the generator.</summary>
    public static (CSharpCompilation Output, ImmutableArray<Diagnostic> Diagnostics) Generate(CSharpCompilation compilation, IReadOnlyDictionary<string, string> properties)
    {
        using HostileCulture culture = HostileCulture.Enter();
        GeneratorDriver driver = CSharpGeneratorDriver
            .Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: ParseOptions, optionsProvider: new BuildProperties(properties))
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        if (result.Exception is { } exception) throw new InvalidOperationException("The generator failed.", exception);
        return ((CSharpCompilation)output, result.Diagnostics);
    }

    /// <summary>Compiles and loads. Programs with errors, or with warnings about generated code, are told, and then left out.</summary>
    public static LoadedAssembly Load(CSharpCompilation compilation, Action<int, Diagnostic[]> fail)
    {
        while (true)
        {
            using var image = new MemoryStream();
            var emitted = compilation.Emit(image);
            ILookup<int, Diagnostic> problems = emitted.Diagnostics
                .Where(static d => d.Severity == DiagnosticSeverity.Error || (d.Severity == DiagnosticSeverity.Warning && !IsSource(d.Location.SourceTree?.FilePath)))
                .ToLookup(static d => NumberOf(d.Location.SourceTree?.FilePath ?? ""));
            if (problems.Contains(-1)) throw new InvalidOperationException(string.Join("\n", problems[-1]));
            foreach (IGrouping<int, Diagnostic> found in problems) fail(found.Key, [.. found]);
            if (emitted.Success) return new(image.ToArray());
            compilation = Without(compilation, problems.Contains);
        }
    }

    private static bool IsSource(string? path) => path is null || (path.EndsWith(".cs", StringComparison.Ordinal) && !path.EndsWith(".g.cs", StringComparison.Ordinal));

    /// <summary>The number of the program that a file belongs to, or -1.</summary>
    public static int NumberOf(string path)
    {
        string name = Path.GetFileName(path);
        int end = name.IndexOf('.', StringComparison.Ordinal);
        return end > 1 && name[0] == 'N' && int.TryParse(name.AsSpan(1, end - 1), out int number) ? number : -1;
    }

    /// <summary>The same without the files of some programs.</summary>
    public static CSharpCompilation Without(CSharpCompilation compilation, Func<int, bool> isLeftOut)
        => compilation.RemoveSyntaxTrees(compilation.SyntaxTrees.Where(tree => NumberOf(tree.FilePath) is var n && n >= 0 && isLeftOut(n)));
}
