using System.Numerics;
using AutoDiff.Kernels;
using AutoDiff.Parallel;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>Matrix products of the shapes that models have, forward and backward.</summary>
internal static class ProductBenchmark
{
    private static readonly (string Name, int M, int N, int K, bool TransposeA, bool TransposeB, int Batch)[] s_shapes =
    [
        ("64^3", 64, 64, 64, false, false, 1),
        ("128^3", 128, 128, 128, false, false, 1),
        ("256^3", 256, 256, 256, false, false, 1),
        ("512^3", 512, 512, 512, false, false, 1),
        ("1024^3", 1024, 1024, 1024, false, false, 1),
        ("qkv forward", 768, 384, 128, false, false, 1),
        ("qkv dX (NT)", 768, 128, 384, false, true, 1),
        ("qkv dW (TN)", 128, 384, 768, true, false, 1),
        ("mlp forward", 768, 512, 128, false, false, 1),
        ("mlp back", 768, 128, 512, false, false, 1),
        ("head", 768, 65, 128, false, false, 1),
        ("head dX (NT)", 768, 128, 65, false, true, 1),
        ("head dW (TN)", 128, 65, 768, true, false, 1),
        ("large", 2048, 1536, 384, false, false, 1),
        ("large dW (TN)", 384, 1536, 2048, true, false, 1),
        ("tiny 32", 1024, 32, 32, false, false, 1),
        ("tiny 32 dW", 32, 32, 1024, true, false, 1),
        ("tiny 64", 1024, 64, 32, false, false, 1),
        ("tiny 64 (NT)", 1024, 32, 64, false, true, 1),
        ("heads QKt", 32, 32, 16, false, true, 64),
        ("heads PV", 32, 16, 32, false, false, 64),
        ("heads PtV", 32, 16, 32, true, false, 64),
        ("one row", 1, 512, 512, false, false, 1),
        ("one row (NT)", 1, 512, 512, false, true, 1),
    ];

    public static void Run(bool products)
    {
        double peak = Peak.Measured<float>();
        Console.WriteLine($"peak, one thread: float {peak / 1e9:F0}, double {Peak.Measured<double>() / 1e9:F0} GFLOP/s");
        if (!products)
            return;
        int threads = ForkJoin.MaxThreads;
        Console.WriteLine($"{"float",-16}{"M x N x K",-20}{"1 thread",9}{"of peak",9}{$"{threads} threads",11}{"speedup",9}");
        foreach (var shape in s_shapes)
        {
            Action action = Product<float>(shape.M, shape.N, shape.K, shape.TransposeA, shape.TransposeB, shape.Batch);
            double work = 2.0 * shape.M * shape.N * shape.K * shape.Batch;
            peak = Peak.Measured<float>();
            ForkJoin.MaxThreads = 1;
            double one = Measure.Seconds(action);
            ForkJoin.MaxThreads = threads;
            double all = Measure.Seconds(action);
            string size = $"{shape.M}x{shape.N}x{shape.K}" + (shape.Batch > 1 ? $" ({shape.Batch})" : "");
            Console.WriteLine(
                $"{shape.Name,-16}{size,-20}{work / one / 1e9,9:F1}{work / one / peak,9:P0}{work / all / 1e9,11:F1}{one / all,9:F2}");
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
