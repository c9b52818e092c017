using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Analyzers.Tests;

/// <summary>Half-written source, which is what an analyzer sees most of the time: no exception, and nothing is said that is not
/// so.</summary>
public class RobustnessTests
{
    private const string Source = """
        [Differentiable]
        public sealed partial class Net(int inputs, int hidden, int layers)
        {
            [Parameter("inputs 2*hidden")] public partial Tensor<float> W { get; }
            public Linear[] Layers { get; } = [.. Enumerable.Range(0, layers).Select(_ => new Linear(hidden, hidden))];
            [Differentiable]
            [return: Shape("batch time hidden")]
            public Tensor<float> F([Shape("batch time inputs")] Tensor<float> x, [Shape("batch")] ReadOnlySpan<int> rows, int n)
            {
                int batch = (int)x.Lengths[0], time = (int)x.Lengths[^2];
                Tensor<float> h = MatMul(x, W)[.., .., ..hidden], k = Reshape(h, batch, time, -1);
                for (int i = 0; i < Layers.Length; i++) { if (i > n) break; h = Layers[i].Forward(h); }
                foreach (Linear layer in Layers) h = layer.Forward(h) + k;
                try { (h, k) = (k, h); } catch (Exception e) when (e.Message == "") { throw; } finally { n++; }
                Tensor<float> Turned(Tensor<float> y) => Transpose(Transpose(y));
                Func<Tensor<float>> f = () => n switch { 1 => h, > 3 => Turned(k), _ => Softmax(h) };
                h = (n > 3 ? h : k) + Concat(-1, Slice(h, -1, 0, 1), Slice(h, -1, 1, hidden - 1));
                Tensor<float>? maybe = n == 2 ? null : f();
                return maybe ?? Sum(h, keepDims: true, axis: 0) * 0f + h;
            }
        }
        """;

    [Fact]
    public void TheWholeIsFine()
    {
        CSharpCompilation compilation = TestCompilation.Create(Source);
        Assert.Empty(TestCompilation.Analyze(compilation).Where(static d => d.Severity >= DiagnosticSeverity.Warning).Select(static d
            => d.ToString()));
        Assert.DoesNotContain(compilation.GetDiagnostics(), static d => d.Severity == DiagnosticSeverity.Error
            && d.Id.StartsWith("CS", StringComparison.Ordinal) && d.Id != "CS9248");
    }

    [Fact]
    public void TruncatedSourceIsQuiet()
    {
        for (int length = 60; length < Source.Length; length += 61) Quiet(Source[..length]);
    }

    [Fact]
    public void SourceWithTokensLeftOutDoesNotThrow()
    {
        for (int at = 10; at < Source.Length; at += 67)
            TestCompilation.Analyze(TestCompilation.Create(Source.Remove(at, Math.Min(4, Source.Length - at)), generates: false));
    }

    [Fact]
    public void MissingReferencesAreQuiet()
    {
        var compilation = CSharpCompilation.Create("Lonely", [CSharpSyntaxTree.ParseText(Source, TestCompilation.ParseOptions)]);
        Assert.Empty(TestCompilation.Analyze(compilation));
    }

    private static void Quiet(string source)
        => Assert.Empty(TestCompilation.Analyze(TestCompilation.Create(source, generates: false))
            .Where(static d => d.Severity >= DiagnosticSeverity.Warning && d.Id != "DIFF2016").Select(static d => d.ToString()));
}
