using System.Diagnostics;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>Timing: samples of at least a fifth of a millisecond; the fastest quarter's median, as neighbours only ever add time.</summary>
internal static class Measure
{
    /// <summary>Seconds for one call of <paramref name="action"/>.</summary>
    public static double Seconds(Action action, int samples = 60)
    {
        // Long enough for the JIT to have replaced its first, unoptimised code.
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < 0.4)
            action();
        int calls = 1;
        while (Time(action, calls) < 2e-4)
            calls *= 2;
        var times = new double[samples];
        for (int i = 0; i < samples; i++)
            times[i] = Time(action, calls) / calls;
        Array.Sort(times);
        return times[samples / 8];
    }

    private static double Time(Action action, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
