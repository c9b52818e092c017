using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Analyzers.Tests;

/// <summary>The repository's own models are annotated, and clean in strict mode.</summary>
public class RepositoryTests
{
    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Threading; global using System.Threading.Tasks;";

    [Fact]
    public void TheLibraryIsCleanInStrictMode()
    {
        string folder = Path.Combine(Root(), "src", "AutoDiff.NeuralNetworks");
        var trees = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                StringComparison.Ordinal))
            .Select(static path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), TestCompilation.ParseOptions, path))
            .Append(CSharpSyntaxTree.ParseText(Usings, TestCompilation.ParseOptions, "Usings.cs"));
        var compilation = CSharpCompilation.Create("AutoDiff.NeuralNetworks", trees,
            TestCompilation.References.Where(static r => r.Display?.Contains("AutoDiff.NeuralNetworks", StringComparison.Ordinal) != true),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        IEnumerable<Diagnostic> found = TestCompilation.Analyze(compilation, new Dictionary<string,
            string> { ["autodiff_strict_shapes"] = "true" })
            .Where(static d => d.Severity > DiagnosticSeverity.Hidden);
        Assert.Empty(found.Select(static d => d.ToString()));
    }

    private static string Root([CallerFilePath] string path = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../.."));
}
