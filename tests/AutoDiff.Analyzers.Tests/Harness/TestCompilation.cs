using System.Collections.Immutable;
using AutoDiff.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AutoDiff.Analyzers.Tests;

/// <summary>Source as users have it: compiled by the compiler of the SDK, with what the generator adds, looked at by the
/// analyzers.</summary>
internal static class TestCompilation
{
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Preview, DocumentationMode.Parse);

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(AutoDiff.Analyzers.Shapes.ShapeAnalyzer).Assembly.GetTypes()
            .Where(static t => !t.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(t))
            .Select(static t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!),
    ];

    public static string Usings { get; } = string.Concat(new[]
    {
        "System", "System.Buffers", "System.Collections.Generic", "System.IO", "System.Linq", "System.Numerics", "System.Numerics.Tensors",
            "System.Threading.Tasks", "AutoDiff",
            "AutoDiff.NeuralNetworks",
    }.Select(static name => $"global using {name};\n")) + "global using static AutoDiff.Ops;\n";

    public static IReadOnlyList<MetadataReference> References { get; } = FindReferences();

    /// <summary>Compiles files, with or without what the generator writes for them.</summary>
    public static CSharpCompilation Create(IEnumerable<(string Path, string Source)> files, bool generates = true)
    {
        var compilation = CSharpCompilation.Create(
            "Tested",
            files.Append(("Usings.cs", Usings)).Select(static f
                => CSharpSyntaxTree.ParseText(SourceText.From(f.Item2), ParseOptions, f.Item1)),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        if (!generates) return compilation;
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()],
            parseOptions: ParseOptions);
        driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        return (CSharpCompilation)output;
    }

    public static CSharpCompilation Create(string source, bool generates = true) => Create([("Source.cs", source)], generates);

    /// <summary>What the analyzers say. An exception in one of them fails.</summary>
    public static ImmutableArray<Diagnostic> Analyze(Compilation compilation, IReadOnlyDictionary<string, string>? options = null)
    {
        Exception? failure = null;
        var run = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], new ConfigOptions(options ?? new Dictionary<string, string>())),
            (exception, _, _) => failure ??= exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> found = new CompilationWithAnalyzers(compilation, Analyzers,
            run).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        return failure is null ? found : throw new InvalidOperationException("An analyzer failed.", failure);
    }

    private static MetadataReference[] FindReferences()
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string tensors = typeof(System.Numerics.Tensors.TensorPrimitives).Assembly.Location;
        return
        [
            .. trusted.Split(Path.PathSeparator)
                .Where(path => Path.GetDirectoryName(path) == framework && path != tensors)
                .Append(typeof(DifferentiableAttribute).Assembly.Location)
                .Append(typeof(AutoDiff.NeuralNetworks.Linear).Assembly.Location)
                .Append(tensors)
                .Select(static path => (MetadataReference)MetadataReference.CreateFromFile(path)),
        ];
    }
}
