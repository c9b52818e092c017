using System.Text.RegularExpressions;

namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>Overloads whose loops would become kernels of one name and one signature.</summary>
public partial class OverloadTests
{
    [Fact]
    public void Kernels_of_overloads_have_names_of_their_own()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            public static partial class P
            {
                [Differentiable]
                public static double F(ReadOnlySpan<double> x, ReadOnlySpan<double> y) { double s = 0; for (int i = 0; i < x.Length; i++) s += x[i] * x[i] * y[i]; return s; }

                [Differentiable]
                public static double F(double[] x, ReadOnlySpan<double> y) { double s = 0; for (int i = 0; i < x.Length; i++) s += 3 * x[i] * x[i] * y[i]; return s; }

                public static double First(double[] x, double[] y, double[] dx, double[] dy) => FGradient((ReadOnlySpan<double>)x, y, dx, dy);

                public static double Second(double[] x, double[] y, double[] dx, double[] dy) => FGradient(x, y, dx, dy);
            }
            """);
        LoadedAssembly assembly = run.Load();
        string[] kernels = [.. run.GeneratedSources.Values.SelectMany(static text => Kernel().Matches(text)).Select(static m => m.Groups[1].Value)];
        Assert.True(kernels.Length >= 2);
        Assert.Equal(kernels.Length, kernels.Distinct().Count());
        double[] x = [1, 2, 3, 4, 5], y = [2, 2, 2, 2, 1], dx = new double[5], dy = new double[5];
        Assert.Equal(85.0, (double)assembly.Call("P", "First", x, y, dx, dy)!);
        Assert.Equal([4.0, 8, 12, 16, 10], dx);
        Assert.Equal(255.0, (double)assembly.Call("P", "Second", x, y, dx, dy)!);
        Assert.Equal([12.0, 24, 36, 48, 30], dx);
    }

    [GeneratedRegex(@"private static \S+ (\w+Loop\w*)<V>\(")]
    private static partial Regex Kernel();
}
