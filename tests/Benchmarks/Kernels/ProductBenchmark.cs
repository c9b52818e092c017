using System.Globalization;
using System.Numerics;
using AutoDiff.Benchmarks.Figures;
using AutoDiff.Kernels;
using AutoDiff.Parallel;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>Matrix products of the shapes that models have, forward and backward, against the rate of multiply-adds that need no memory.</summary>
internal static class ProductBenchmark
{
    // From so many operations on a product is large: a second thread has to bring the most.
    private const double Large = 2.0 * 512 * 512 * 512;
    private const double Speedup = 1.85;

    private static readonly (string Name, int M, int N, int K, bool TransposeA, bool TransposeB, int Batch, double? Bound)[] s_shapes =
    [
        ("64^3", 64, 64, 64, false, false, 1, 0.60),
        ("128^3", 128, 128, 128, false, false, 1, null),
        ("256^3", 256, 256, 256, false, false, 1, 0.85),
        ("512^3", 512, 512, 512, false, false, 1, 0.85),
        ("1024^3", 1024, 1024, 1024, false, false, 1, 0.85),
        ("qkv", 768, 384, 128, false, false, 1, 0.90),
        ("qkv dX (NT)", 768, 128, 384, false, true, 1, 0.90),
        ("qkv dW (TN)", 128, 384, 768, true, false, 1, 0.90),
        ("up", 768, 512, 128, false, false, 1, 0.90),
        ("up dX (NT)", 768, 128, 512, false, true, 1, 0.90),
        ("up dW (TN)", 128, 512, 768, true, false, 1, 0.90),
        ("down", 768, 128, 512, false, false, 1, 0.90),
        ("down dX (NT)", 768, 512, 128, false, true, 1, 0.90),
        ("down dW (TN)", 512, 128, 768, true, false, 1, 0.90),
        ("out", 768, 128, 128, false, false, 1, 0.90),
        ("out dX (NT)", 768, 128, 128, false, true, 1, 0.90),
        ("out dW (TN)", 128, 128, 768, true, false, 1, 0.90),
        ("head (NT)", 768, 65, 128, false, true, 1, 0.90),
        ("head dX", 768, 128, 65, false, false, 1, 0.90),
        ("head dW (TN)", 65, 128, 768, true, false, 1, 0.90),
        ("head, untied", 768, 65, 128, false, false, 1, 0.90),
        ("head, untied, dX (NT)", 768, 128, 65, false, true, 1, 0.90),
        ("head, untied, dW (TN)", 128, 65, 768, true, false, 1, 0.90),
        ("large", 2048, 1536, 384, false, false, 1, 0.85),
        ("large dX (NT)", 2048, 384, 1536, false, true, 1, null),
        ("large dW (TN)", 384, 1536, 2048, true, false, 1, null),
        ("narrow", 1024, 32, 32, false, false, 1, null),
        ("narrow dW (TN)", 32, 32, 1024, true, false, 1, null),
        ("heads QKt", 32, 32, 16, false, true, 64, null),
        ("heads PV", 32, 16, 32, false, false, 64, null),
        ("one row", 1, 512, 512, false, false, 1, null),
        ("one row (NT)", 1, 512, 512, false, true, 1, null),
    ];

    public static IEnumerable<Figure> Figures() => [.. Of<float>("float"), .. Of<double>("double")];

    private static IEnumerable<Figure> Of<T>(string kind)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int threads = ForkJoin.MaxThreads;
        foreach (var shape in s_shapes)
        {
            Action action = Product<T>(shape.M, shape.N, shape.K, shape.TransposeA, shape.TransposeB, shape.Batch);
            double work = 2.0 * shape.M * shape.N * shape.K * shape.Batch;
            ForkJoin.MaxThreads = 1;
            double peak = Peak.Measured<T>(), one = Measure.Seconds(action);
            string size = $"{shape.M}x{shape.N}x{shape.K}" + (shape.Batch > 1 ? $" ({shape.Batch})" : "");
            string detail = string.Create(CultureInfo.InvariantCulture, $"{size,-16} {work / one / 1e9:F0} of {peak / 1e9:F0} GFLOP/s");
            yield return new(kind, shape.Name, work / one / peak, shape.Bound is { } bound ? Bound.AtLeast(bound) : null, detail) { IsShare = true };
            if (threads > 1 && work >= Large)
            {
                ForkJoin.MaxThreads = 2;
                double two = Measure.Seconds(action);
                yield return new(kind, shape.Name + ", 2 threads", one / two, Bound.AtLeast(Speedup), string.Create(CultureInfo.InvariantCulture, $"{size,-16} {work / two / 1e9:F0} GFLOP/s"));
            }

            ForkJoin.MaxThreads = threads;
        }
    }

    private static Action Product<T>(int m, int n, int k, bool transposeA, bool transposeB, int batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(1);
        T[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextDouble() - 0.5))];
        T[] a = Values(m * k * batch), b = Values(k * n * batch), c = Values(m * n * batch);
        ProductShape shape = new()
        {
            Rows = m, Columns = n, Inner = k, CRowStride = n,
            ARowStride = transposeA ? 1 : k, AColumnStride = transposeA ? m : 1,
            BRowStride = transposeB ? 1 : n, BColumnStride = transposeB ? k : 1,
            Batch1 = batch, ABatch1 = m * k, BBatch1 = k * n, CBatch1 = m * n,
        };
        return () => MatrixProduct.Multiply(in shape, in a[0], in b[0], ref c[0]);
    }
}
