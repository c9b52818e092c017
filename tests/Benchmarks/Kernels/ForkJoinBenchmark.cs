using AutoDiff.Parallel;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>What an empty parallel loop costs while the workers are awake.</summary>
internal static class ForkJoinBenchmark
{
    public static void Run()
    {
        var body = new Nothing();
        double seconds = Measure.Seconds(() => ForkJoin.For(ForkJoin.MaxThreads, 1, ref body));
        Console.WriteLine($"fork and join of {ForkJoin.MaxThreads} threads: {seconds * 1e6:F2} µs");
    }

    private readonly struct Nothing : IParallelBody
    {
        public void Run(int start, int end)
        {
        }
    }
}
