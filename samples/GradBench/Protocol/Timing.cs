using System.Diagnostics;
using System.Text.Json;

namespace GradBench.Protocol;

/// <summary>Runs a workload as often and as long as a message asks for.</summary>
internal static class Timing
{
    /// <returns>The nanoseconds of each run.</returns>
    public static List<long> Measure(IWorkload workload, JsonElement input)
    {
        long minRuns = 1;
        double minSeconds = 0;
        if (input.ValueKind == JsonValueKind.Object)
        {
            if (input.TryGetProperty("min_runs", out JsonElement runs)) minRuns = Math.Max(1, (long)runs.GetDouble());
            if (input.TryGetProperty("min_seconds", out JsonElement seconds)) minSeconds = seconds.GetDouble();
        }

        var nanoseconds = new List<long>();
        double total = 0;
        while (nanoseconds.Count < minRuns || total < minSeconds * 1e9)
        {
            long start = Stopwatch.GetTimestamp();
            workload.Run();
            long elapsed = (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * 1e9);
            nanoseconds.Add(elapsed);
            total += elapsed;
        }

        return nanoseconds;
    }
}
