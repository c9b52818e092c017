using System.Diagnostics;
using AutoDiff.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Benchmarks.Generator;

/// <summary>What the generator costs over the sources of <c>AutoDiff.NeuralNetworks</c>: the first run, a run after an unrelated edit, a run after an edit of one model.</summary>
internal static class GeneratorBenchmark
{
    private const string GlobalUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    public static void Run()
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        string folder = Path.Combine(Root(), "src", "AutoDiff.NeuralNetworks");
        SyntaxTree[] trees = [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path))
            .Append(CSharpSyntaxTree.ParseText(GlobalUsings, options))];
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        MetadataReference[] references = [.. trusted.Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("AutoDiff.NeuralNetworks", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];
        var compilation = CSharpCompilation.Create("AutoDiff.NeuralNetworks", trees, references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Report("compiler alone, bind everything", Time(() => compilation.GetDiagnostics()));

        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: options);
        Report("first run (cold process)", Time(() => driver = driver.RunGenerators(compilation)));
        int files = driver.GetRunResult().GeneratedTrees.Length;
        long characters = driver.GetRunResult().GeneratedTrees.Sum(tree => (long)tree.Length);
        Console.WriteLine(FormattableString.Invariant($"{files} files, {characters} characters"));

        GeneratorDriver again = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: options);
        Report("first run (warm process)", Time(() => again = again.RunGenerators(compilation)));
        Edits("unrelated edit", "AdamW.cs");
        Edits("edit of a model's comment", "FeedForward.cs");

        void Edits(string what, string file)
        {
            var times = new List<double>();
            for (int i = 0; i < 61; i++)
            {
                SyntaxTree old = compilation.SyntaxTrees.First(tree => Path.GetFileName(tree.FilePath) == file);
                SyntaxTree edited = CSharpSyntaxTree.ParseText(old.GetText() + FormattableString.Invariant($"\n// {i}"), options, old.FilePath);
                compilation = compilation.ReplaceSyntaxTree(old, edited);
                double milliseconds = Time(() => driver = driver.RunGenerators(compilation));
                if (i >= 40) times.Add(milliseconds);
            }

            times.Sort();
            Report($"{what}, warm, median of {times.Count}", times[times.Count / 2]);
        }
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Report(string what, double milliseconds) => Console.WriteLine(FormattableString.Invariant($"{what,-40} {milliseconds,9:F1} ms"));

    private static string Root()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "AutoDiff.sln"))) return at.FullName;
        throw new DirectoryNotFoundException("AutoDiff.sln is not above the benchmark.");
    }
}
