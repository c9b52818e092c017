using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GradBench;
using GradBench.Protocol;

namespace AutoDiff.Benchmarks.GradBench;

/// <summary>
/// The functions of the GradBench tool, in the suite's sizes: primal and derivative, and the ratio to a primal of another tool that is read from a file of
/// lines <c>eval:size milliseconds</c>.
/// </summary>
internal static class GradBenchBenchmark
{
    public static void Run(string[] arguments)
    {
        string? eval = arguments.FirstOrDefault(static a => !a.StartsWith('-') && !a.Contains('.', StringComparison.Ordinal));
        int peer = Array.IndexOf(arguments, "--peer");
        Dictionary<string, double> peers = peer < 0 ? [] : File.ReadLines(arguments[peer + 1]).Select(static l => l.Split(' '))
            .ToDictionary(static p => p[0], static p => double.Parse(p[1], CultureInfo.InvariantCulture));
        var ratios = new Dictionary<string, List<double>>();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"workload",-18} {"primal ms",11} {"derivative",11} {"ratio",7} {"to peer's primal",17}"));
        foreach ((string name, string size, JsonElement input) in Workloads.All(eval))
        {
            Module module = Modules.All.First(m => m.Name == name);
            if (module.Functions.Count > 2)
            {
                // The nested modes have no primal: each is a minimisation of its own.
                string times = string.Join("  ", module.Functions.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name} {Least(f.Prepare(input)):F3} ms")));
                Console.WriteLine($"{name,-18} {times}  {Bounds.Modes(name)}");
                continue;
            }

            double primal = Least(module.Functions[0].Prepare(input)), derivative = Least(module.Functions[1].Prepare(input));
            string toPeer = "";
            if (peers.TryGetValue($"{name}:{size}", out double other))
            {
                if (!ratios.TryGetValue(name, out List<double>? list)) ratios[name] = list = [];
                list.Add(derivative / other);
                toPeer = (derivative / other).ToString("F2", CultureInfo.InvariantCulture);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name + ":" + size,-18} {primal,11:F5} {derivative,11:F5} {derivative / primal,7:F2} {toPeer,17}"));
        }

        foreach ((string name, List<double> list) in ratios)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-18} geometric mean {Math.Exp(list.Average(Math.Log)):F2}, at most {Bounds.ToPeer[name]:F2}"));
    }

    /// <summary>The least time of all runs: whatever else the machine does only adds to it.</summary>
    private static double Least(IWorkload workload)
    {
        // The tool itself compiles without tiers; here the runtime compiles for good, in the background, what has run for some time.
        for (var warmUp = Stopwatch.StartNew(); warmUp.Elapsed.TotalSeconds < 0.4;)
        {
            workload.Run();
            Thread.Sleep(1);
        }

        double least = double.PositiveInfinity;
        long start = Stopwatch.GetTimestamp();
        for (int runs = 0; runs < 5 || Stopwatch.GetElapsedTime(start).TotalSeconds < 0.3; runs++)
        {
            long before = Stopwatch.GetTimestamp();
            workload.Run();
            least = Math.Min(least, Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        return least;
    }
}
