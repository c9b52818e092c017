using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Generators.Tests;

/// <summary>Runs the generator over source text, compiles what comes out as strictly as the compiler can, and runs it.</summary>
/// <example><code>
/// dynamic model = GeneratorHarness.Run(source).Load().Create("Mlp", 4, 3, 2);
/// </code></example>
internal static class GeneratorHarness
{
    private static readonly string[] GlobalUsings =
    [
        "System", "System.Collections.Generic", "System.Linq", "System.Numerics.Tensors", "AutoDiff",
    ];

    /// <summary>Runs the generator over one file.</summary>
    public static GeneratorRun Run(string source) => Run([source]);

    /// <summary>Runs the generator over several files.</summary>
    /// <param name="sources">The files, named Source0.cs and so on.</param>
    /// <param name="references">Assemblies beside the framework and AutoDiff.</param>
    /// <param name="options">MSBuild properties that the generator reads, without <c>build_property.</c>.</param>
    public static GeneratorRun Run(
        IReadOnlyList<string> sources,
        IEnumerable<MetadataReference>? references = null,
        IReadOnlyDictionary<string, string>? options = null)
    {
        return Run(Compilation(sources, References.All.Concat(references ?? [])), options);
    }

    /// <summary>Runs the generator over one file that is compiled against these assemblies and no others.</summary>
    public static GeneratorRun RunAgainst(IEnumerable<MetadataReference> references, string source)
        => Run(Compilation([source], references), options: null);

    private static GeneratorRun Run(CSharpCompilation compilation, IReadOnlyDictionary<string, string>? options)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new DifferentiableGenerator().AsSourceGenerator()],
            parseOptions: ParseOptions,
            optionsProvider: new BuildProperties(options ?? new Dictionary<string, string>()),
            driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return new GeneratorRun(compilation, driver).RunAgain(compilation);
    }

    public static CSharpParseOptions ParseOptions { get; } =
        new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private static CSharpCompilation Compilation(IReadOnlyList<string> sources, IEnumerable<MetadataReference> references)
    {
        string usings = string.Concat(GlobalUsings.Select(static name => $"global using {name};\n"));
        return CSharpCompilation.Create(
            "Tested" + Guid.NewGuid().ToString("N"),
            sources.Select(static (text, index) => CSharpSyntaxTree.ParseText(text, ParseOptions, $"Source{index}.cs"))
                .Append(CSharpSyntaxTree.ParseText(usings, ParseOptions, "Usings.cs")),
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                // The strictest that a user can ask for.
                checkOverflow: true,
                generalDiagnosticOption: ReportDiagnostic.Error,
                warningLevel: 9999,
                nullableContextOptions: NullableContextOptions.Enable));
    }
}
