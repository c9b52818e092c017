using AutoDiff.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Analyzers.Tests;

/// <summary>
/// A file as it is while somebody writes it: it ends after any token. The generator and the analyzers do not fail, say nothing that is not so, and the methods that
/// are complete keep their members.
/// </summary>
public class TypingTests
{
    private const string Whole = """
        public static partial class Done
        {
            [Differentiable]
            public static double Square(double x) => x * x;
        }

        [Differentiable]
        public sealed partial class Net(int inputs, int hidden)
        {
            [Parameter("inputs hidden")] public partial Tensor<float> W { get; }

            public Linear Head { get; } = new(hidden, 10);

            [Differentiable]
            public float Loss([Shape("batch inputs")] Tensor<float> x, [Shape("batch")] ReadOnlySpan<int> labels)
            {
                Tensor<float> h = Relu(MatMul(x, W));
                for (int i = 0; i < 2; i++) h = h * 0.5f + Slice(h, 1, 0, hidden);
                var (a, b) = (h, h);
                return CrossEntropy(Head.Forward(a + b), labels);
            }
        }

        public static class Program
        {
            public static void Main()
            {
                var net = new Net(784, 128);
                var g = net.CreateGradients();
                Tensor<float> x = Tensor.CreateFromShape<float>([32, 784]);
                float loss = net.LossGradient(x, new int[32], g);
                if (net is { Head: var head } && loss > 0) foreach (float v in x.Lengths is [_, _] ? [1f] : new float[3]) Console.WriteLine(v);
            }
        }
        """;

    [Fact]
    public void AfterEveryToken()
    {
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(Whole, TestCompilation.ParseOptions).GetRoot().DescendantTokens()];
        CSharpCompilation compilation = TestCompilation.Create("", generates: false);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: TestCompilation.ParseOptions);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        int done = Whole.IndexOf("[Differentiable]\npublic sealed", StringComparison.Ordinal);
        foreach (SyntaxToken token in tokens)
        {
            string text = Whole[..token.Span.End];
            SyntaxTree next = tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(text));
            compilation = compilation.ReplaceSyntaxTree(tree, next);
            tree = next;
            driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
            Quiet(text, driver.GetRunResult(), output, token.Span.End > done);
        }
    }

    [Fact]
    public void ErrorsElsewhereLoseNothing()
    {
        CSharpCompilation compilation = TestCompilation.Create(
            [("Source.cs", Whole), ("Other.cs", "public class Broken { void M() { int x = ; Unknown.Call( } [Differentiable] public static double F(double x) => x.; }")],
            generates: false);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: TestCompilation.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        Assert.Contains(driver.GetRunResult().GeneratedTrees, static t => t.FilePath.EndsWith("Net.Loss.Derivatives.g.cs", StringComparison.Ordinal));
        Assert.DoesNotContain(output.GetDiagnostics(), static d => d.Severity == DiagnosticSeverity.Error && d.Location.SourceTree?.FilePath == "Source.cs");
        Assert.Empty(TestCompilation.Analyze(output).Where(static d => d.Severity >= DiagnosticSeverity.Warning).Select(static d => d.ToString()));
    }

    [Fact]
    public void ACalleeThatIsBeingWrittenMakesNoNoiseInItsCallers()
    {
        const string Source = """
            public static partial class Functions
            {
                [Differentiable]
                public static double Inner(double x) { double y = x * ; return y; }

                [Differentiable]
                public static double Outer(double x) => Inner(x) * 2;

                [Differentiable]
                public static double Apart(double x) => x * 2;
            }
            """;
        CSharpCompilation compilation = TestCompilation.Create(Source, generates: false);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: TestCompilation.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        Quiet(Source, driver.GetRunResult(), output, hasDone: false);
        Assert.Single(driver.GetRunResult().GeneratedTrees, static t => t.FilePath.EndsWith("Apart.Derivatives.g.cs", StringComparison.Ordinal));
    }

    private static void Quiet(string text, GeneratorDriverRunResult result, Compilation output, bool hasDone)
    {
        string Ending() => text.Length < 80 ? text : text[^80..];
        Assert.True(result.Results[0].Exception is null, $"{Ending()}: {result.Results[0].Exception}");
        Assert.True(!hasDone || result.GeneratedTrees.Any(static t => t.FilePath.EndsWith("Done.Square.Derivatives.g.cs", StringComparison.Ordinal)), $"{Ending()}: lost output");
        HashSet<SyntaxTree> written = [.. result.GeneratedTrees];
        Diagnostic? inside = output.GetDiagnostics().FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error && d.Location.SourceTree is { } tree && written.Contains(tree));
        Assert.True(inside is null, $"{Ending()}: {inside}");
        Diagnostic[] said = [.. TestCompilation.Analyze(output).Concat(result.Diagnostics).Where(static d => d.Severity >= DiagnosticSeverity.Warning && d.Id.StartsWith("DIFF", StringComparison.Ordinal))];
        Assert.True(said.Length == 0, $"{Ending()}: {string.Join("; ", said.Select(static d => d.ToString()))}");
    }
}
