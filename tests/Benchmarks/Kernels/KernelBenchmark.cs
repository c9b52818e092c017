using AutoDiff.Benchmarks.Figures;
using AutoDiff.Parallel;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>The speed of the kernels beside the limits of the machine and beside others, measured in the same run.</summary>
internal static class KernelBenchmark
{
    private static readonly (string Name, Func<IEnumerable<Figure>> Figures, bool IsParallel)[] s_groups =
    [
        ("products", ProductBenchmark.Figures, true),
        ("elementwise", ElementwiseBenchmark.Figures, false),
        ("rows", RowsBenchmark.Figures, false),
        ("attention", AttentionBenchmark.Figures, false),
        ("optimizer", OptimizerBenchmark.Figures, false),
        ("forkjoin", ForkJoinBenchmark.Figures, true),
    ];

    /// <summary>The groups that <paramref name="names"/> names; all of them where there is none.</summary>
    public static IEnumerable<Figure> Figures(string[] names)
    {
        int threads = ForkJoin.MaxThreads;
        foreach ((string name, Func<IEnumerable<Figure>> figures, bool isParallel) in s_groups)
        {
            if (names.Length > 0 && !names.Contains(name)) continue;
            ForkJoin.MaxThreads = isParallel ? threads : 1;
            foreach (Figure figure in figures()) yield return figure;
            ForkJoin.MaxThreads = threads;
        }
    }
}
