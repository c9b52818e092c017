using AutoDiff.Parallel;

namespace AutoDiff.Tests.Parallel;

/// <summary>Tests that set the number of threads run one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ThreadCounts
{
    public const string Name = "thread counts";

    /// <summary>Runs an action under a number of threads, then restores the setting.</summary>
    public static void With(int threads, Action action)
    {
        int before = ForkJoin.MaxThreads;
        ForkJoin.MaxThreads = threads;
        try
        {
            action();
        }
        finally
        {
            ForkJoin.MaxThreads = before;
        }
    }
}
