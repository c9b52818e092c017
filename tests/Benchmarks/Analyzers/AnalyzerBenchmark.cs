using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using AutoDiff.Analyzers.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AutoDiff.Benchmarks.Analyzers;

/// <summary>What shape checking costs while one types in a model file of a thousand lines, and whether memory stays where it is.</summary>
internal static class AnalyzerBenchmark
{
    public static void Run(string[] arguments)
    {
        int edits = arguments is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 200;
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        string source = Model(90);
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, options, "Model.cs");
        var compilation = CSharpCompilation.Create("Edited", [tree],
            trusted.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Console.WriteLine(FormattableString.Invariant($"{source.AsSpan().Count('\n')} lines, {edits} edits"));
        var times = new List<double>();
        long before = 0;
        for (int edit = 0; edit < edits; edit++)
        {
            SourceText text = tree.GetText();
            // A character in a method in the middle comes and goes, so that the file stays as long as it is.
            TextSpan place = new(source.IndexOf("Block45(", StringComparison.Ordinal), edit % 2);
            SyntaxTree next = tree.WithChangedText(text.WithChanges(new TextChange(place, edit % 2 == 0 ? "_" : "")));
            compilation = compilation.ReplaceSyntaxTree(tree, next);
            tree = next;

            // Binding is the compiler's; what is measured is what the analyzer adds to it.
            SemanticModel model = compilation.GetSemanticModel(tree);
            model.GetDiagnostics();
            var analysis = new CompilationWithAnalyzers(compilation, [new ShapeAnalyzer()],
                new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
            AnalysisResult result = analysis.GetAnalysisResultAsync(model, null, CancellationToken.None).GetAwaiter().GetResult();
            times.Add(result.AnalyzerTelemetryInfo.Values.Single().ExecutionTime.TotalMilliseconds);
            ImmutableArray<Diagnostic> found = result.GetAllDiagnostics();
            if (found.Length > 0) throw new InvalidOperationException(found[0].ToString());
            if (edit == edits / 4) before = GC.GetTotalMemory(forceFullCollection: true);
            if ((edit + 1) % 1000 == 0)
            {
                long live = GC.GetTotalMemory(forceFullCollection: true);
                Console.WriteLine(FormattableString.Invariant($"  {edit + 1} edits: {live / 1e6:F1} MB"));
            }
        }

        long after = GC.GetTotalMemory(forceFullCollection: true);
        double cold = times[0];
        times.Sort();
        Console.WriteLine(FormattableString.Invariant($"first {cold:F1} ms, median {times[times.Count / 2]:F1} ms, 95% {times[times.Count * 95 / 100]:F1} ms"));
        Console.WriteLine(FormattableString.Invariant($"memory {before / 1e6:F1} MB after a quarter of the edits, {after / 1e6:F1} MB at the end"));
    }

    private static string Model(int methods)
    {
        var text = new StringBuilder("""
            using System;
            using System.Numerics.Tensors;
            using AutoDiff;
            using AutoDiff.NeuralNetworks;
            using static AutoDiff.Ops;

            public sealed partial class Big(int width, int hidden)
            {

            """);
        for (int i = 0; i < methods; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                    private readonly Linear _up{{i}} = new(width, hidden), _down{{i}} = new(hidden, width);

                    [return: Shape("batch time width")]
                    public Tensor<float> Block{{i}}([Shape("batch time width")] Tensor<float> x, int heads)
                    {
                        int batch = (int)x.Lengths[0], time = (int)x.Lengths[1];
                        Tensor<float> q = Transpose(Reshape(x, batch, time, heads, width / heads), 0, 2, 1, 3);
                        Tensor<float> mixed = MatMul(Softmax(CausalMask(MatMul(q, q, transposeB: true))), q);
                        Tensor<float> h = Reshape(Transpose(mixed, 0, 2, 1, 3), batch, time, width);
                        return _down{{i}}.Forward(Gelu(_up{{i}}.Forward(h))) + x;
                    }

                """);
        }

        return text.Append("}\n").ToString();
    }
}
