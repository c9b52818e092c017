using System.Globalization;
using AutoDiff.Benchmarks.Figures;
using AutoDiff.Parallel;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>What an empty parallel loop costs while the workers are awake.</summary>
internal static class ForkJoinBenchmark
{
    public static IEnumerable<Figure> Figures()
    {
        var body = new Nothing();
        double seconds = Measure.Seconds(() => ForkJoin.For(ForkJoin.MaxThreads, 1, ref body));
        yield return new("threads", "fork and join, µs", seconds * 1e6, null, string.Create(CultureInfo.InvariantCulture, $"an empty loop on {ForkJoin.MaxThreads} threads"));
    }

    private readonly struct Nothing : IParallelBody
    {
        public void Run(int start, int end)
        {
        }
    }
}
