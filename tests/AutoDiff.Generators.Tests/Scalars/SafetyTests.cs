namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>Checks at entry, exceptions on the way, and what is left behind.</summary>
public class SafetyTests
{
    private static readonly Lazy<LoadedAssembly> Compiled = new(static () => GeneratorHarness.Run("""
        public static partial class Functions
        {
            [Differentiable]
            public static double F(ReadOnlySpan<double> x, int limit)
            {
                double s = 1;
                for (int i = 0; i < x.Length; i++)
                {
                    s = s * x[i] + x[Math.Max(i, limit)];
                }

                return s;
            }

            [Differentiable]
            public static void Copy(ReadOnlySpan<double> x, Span<double> y) { for (int i = 0; i < x.Length; i++) y[i] = 2 * x[i]; }

            public static double Gradient(double[] x, int limit, double[] dx) => FGradient(x, limit, dx);
            public static void Overlap(double[] x) => FGradient(x.AsSpan(0, 2), 5, x.AsSpan(1, 2));
            public static void CopyVjp(double[] x, double[] y, double[] dy, double[] dx) => CopyVjp(x, y.AsSpan(), dy, dx.AsSpan());
            public static void Same(double[] x) => CopyVjp(x, x.AsSpan(), new double[x.Length], new double[x.Length].AsSpan());

            public static long Allocated(double[] x, double[] dx)
            {
                for (int i = 0; i < 3; i++) FGradient(x, -1, dx);
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 10; i++) FGradient(x, -1, dx);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }
        """).Load());

    [Fact]
    public void A_destination_of_another_length_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => Compiled.Value.Call("Functions", "Gradient", new double[3], -1, new double[2]));
        Assert.Equal("dx", exception.ParamName);
        Assert.Contains("2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("3", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_destination_that_overlaps_an_input_is_refused()
        => Assert.Equal("dx", Assert.Throws<ArgumentException>(() => Compiled.Value.Call("Functions", "Overlap", new double[3])).ParamName);

    [Fact]
    public void A_written_span_that_overlaps_an_input_is_refused()
        => Assert.Equal("y", Assert.Throws<ArgumentException>(() => Compiled.Value.Call("Functions", "Same", new double[3])).ParamName);

    [Fact]
    public void An_exception_of_the_method_leaves_destinations_untouched()
    {
        double[] dx = [7, 8, 9];
        Assert.Throws<IndexOutOfRangeException>(() => Compiled.Value.Call("Functions", "Gradient", new double[3], 3, dx));
        Assert.Equal([7.0, 8, 9], dx);
    }

    [Fact]
    public void Nothing_is_allocated_once_the_pools_are_warm()
        => Assert.Equal(0L, (long)Compiled.Value.Call("Functions", "Allocated", Enumerable.Repeat(0.9, 1000).ToArray(), new double[1000])!);
}
