using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Tests.FrontEnd;

/// <summary>Half-written source, which is what a generator sees most of the time.</summary>
public class RobustnessTests
{
    private const string Source = """
        using static AutoDiff.Ops;
        public struct P { public double X, Y; public P(double x, double y) { X = x; Y = y; } }
        [Differentiable] public sealed partial class C(int width, int layers)
        {
            [Parameter("width 2*width")] public partial Tensor<double> W { get; }
            public C[] Items { get; } = [];
            [Differentiable] [return: Shape("n width")] public Tensor<double> G([Shape("n width")] Tensor<double> x) => Tanh(x) * 2;
            [Differentiable]
            public double F([Shape("n width")] Tensor<double> x, [NoGradient] ReadOnlySpan<double> a, [NoGradient] Span<double> r, double k)
            {
                double s = 0;
                for (int i = 0; i < a.Length; i++) { if (a[i] > k) break; s += a[i] * a[^1]; r[i] = s; }
                var p = new P(s, k) { Y = 2 }; (p.X, p.Y) = (p.Y, p.X);
                while (s > 3 && s < 100) { s /= 2; if (s == 1) return s; }
                s += (int)k switch { 1 => 2.0, > 3 => s, _ => p.X };
                foreach (var item in Items) x = item.G(x);
                var y = Reshape(MatMul(x, W), -1, width, 2);
                return s + Sum(Map(y, v => v > 0 ? v : Math.Exp(v))) + Mean(Slice(y, 2, 0, 1));
            }
        }
        """;

    [Fact]
    public void TheWholeIsFine() => Assert.NotNull(new LoweringSource(Source).Lower().Function);

    [Fact]
    public void NothingThrowsOnTruncatedSource()
    {
        for (int length = 120; length < Source.Length; length += 7) Lower(Source[..length]);
    }

    [Fact]
    public void NothingThrowsWithTokensLeftOut()
    {
        int start = Source.IndexOf("public double F", StringComparison.Ordinal);
        for (int at = start; at < Source.Length; at += 5) Lower(Source.Remove(at, Math.Min(3, Source.Length - at)));
    }

    [Fact]
    public void ErrorsOfTheCompilerAreLeftToIt()
    {
        LoweringResult result = LoweringSource.Members("public static double F(double x) { int y = \"a\"; return x + z; }").Lower();
        Assert.Null(result.Function);
        Assert.Empty(result.Diagnostics);
    }

    [Fact]
    public void CancellationIsHonoured()
    {
        var source = new LoweringSource(Source);
        Assert.ThrowsAny<OperationCanceledException>(() => MethodLowering.Lower(source.Method(), source.Compilation, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void EqualSourcesGiveEqualFunctions()
    {
        AutoDiff.Compiler.IR.Function first = new LoweringSource(Source).Function();
        AutoDiff.Compiler.IR.Function second = new LoweringSource(Source.Replace("double s = 0;", "double  s = 0; // a comment\n\n", StringComparison.Ordinal)).Function();
        Assert.Equal(first, second);
        Assert.NotEqual(first, new LoweringSource(Source.Replace("s > 3", "s > 4", StringComparison.Ordinal)).Function());
    }

    /// <summary>A result, with diagnostics of ours where the compiler has none.</summary>
    private static void Lower(string text)
    {
        var source = new LoweringSource(text);
        IMethodSymbol? method = source.Compilation.GetTypeByMetadataName("C")?.GetMembers("F").OfType<IMethodSymbol>().FirstOrDefault();
        if (method is null) return;
        LoweringResult result = MethodLowering.Lower(method, source.Compilation, CancellationToken.None);
        if (result.Function is null && result.Diagnostics.IsEmpty)
            Assert.Contains(source.Compilation.GetDiagnostics(), static d => d.Severity == DiagnosticSeverity.Error && d.Id != "CS9248");
    }
}
