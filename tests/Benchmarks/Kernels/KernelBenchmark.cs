using System.Globalization;
using AutoDiff.Parallel;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>Prints the speed of the kernels beside the limits of the machine, measured in the same process.</summary>
internal static class KernelBenchmark
{
    /// <summary>
    /// Arguments: any of <c>peak</c>, <c>products</c>, <c>elementwise</c>, <c>rows</c>, <c>optimizer</c>, <c>forkjoin</c>; all of them where there is none.
    /// </summary>
    public static void Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        bool Wanted(string name) => args.Length == 0 || args.Contains(name);
        Console.WriteLine($"vectors of {RowLoops.Width} bits, {Environment.ProcessorCount} processors");
        if (Wanted("peak") || Wanted("products"))
            ProductBenchmark.Run(products: Wanted("products"));
        if (Wanted("elementwise"))
            ElementwiseBenchmark.Run();
        if (Wanted("rows") || Wanted("optimizer"))
        {
            int threads = ForkJoin.MaxThreads;
            ForkJoin.MaxThreads = 1;
            if (Wanted("rows"))
                RowsBenchmark.Run();
            if (Wanted("optimizer"))
                OptimizerBenchmark.Run();
            ForkJoin.MaxThreads = threads;
        }

        if (Wanted("forkjoin"))
            ForkJoinBenchmark.Run();
    }
}
