using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AutoDiff.Benchmarks.Figures;
using AutoDiff.Benchmarks.Peers;
using AutoDiff.NeuralNetworks;
using AutoDiff.Parallel;

namespace AutoDiff.Benchmarks;

/// <summary>Milliseconds of a training step (loss, gradients, clipping, AdamW; the batch of random tokens is drawn outside), and their ratio to a peer's.</summary>
internal static partial class TrainingBenchmark
{
    private static readonly (string Model, int Threads, double Bound)[] s_bounds = [("gpt-cpu", 1, 1.8), ("gpt-cpu", 2, 1.8), ("tiny", 1, 6), ("baby", 1, 1.3)];

    public static void Run(string[] args)
    {
        string name = args.Length > 0 && !args[0].StartsWith('-') ? args[0] : "gpt-cpu";
        int threads = (int)Number(args, "--threads", 1);
        double seconds = Number(args, "--seconds", 10);
        string? peer = Text(args, "--peer");
        ForkJoin.MaxThreads = threads;

        var step = new TrainingStep(name);
        for (int round = 0; round < (peer is null ? 1 : 3); round++)
        {
            (double median, double best, float loss) = Measure(step, seconds);
            Console.WriteLine(FormattableString.Invariant(
                $"{name} threads={threads} parameters={step.Parameters} median_ms={median:F3} best_ms={best:F3} tokens_per_s={step.Tokens / median * 1e3:F0} loss={loss:F4} peak_mb={Process.GetCurrentProcess().PeakWorkingSet64 >> 20}"));
            if (peer is null) continue;
            double other = MeasurePeer(peer, out string line);
            Console.WriteLine(line);
            Console.WriteLine(FormattableString.Invariant($"ratio (peer / this) of medians: {other / median:F2}"));
        }
    }

    /// <summary>
    /// The ratio to PyTorch, in turn with it so that both see the same machine: the median of some rounds. On two threads also the gain over one.
    /// </summary>
    public static IEnumerable<Figure> Figures(int rounds, double seconds)
    {
        int processors = ForkJoin.MaxThreads;
        foreach ((string name, int threads, double bound) in s_bounds)
        {
            if (threads > processors) continue;
            var step = new TrainingStep(name);
            var ours = new List<double>();
            var theirs = new List<double>();
            var alone = new List<double>();
            for (int round = 0; round < rounds; round++)
            {
                if (PyTorch.TrainingStep(name, threads, seconds) is { } other) theirs.Add(other);
                ForkJoin.MaxThreads = threads;
                ours.Add(Measure(step, seconds).Median);
                ForkJoin.MaxThreads = 1;
                if (threads > 1) alone.Add(Measure(step, seconds).Median);
            }

            double own = Median(ours), peer = theirs.Count > 0 ? Median(theirs) : 0;
            string detail = FormattableString.Invariant($"{own:F2} ms a step") + (peer > 0 ? FormattableString.Invariant($", PyTorch {peer:F2}") : "");
            string label = threads == 1 ? name : $"{name}, {threads} threads";
            yield return new("training", label, peer > 0 ? peer / own : own, peer > 0 ? Bound.AtLeast(bound) : null, detail);
            if (alone.Count > 0)
                yield return new("training", label + ": gain", Median(alone) / own, Bound.AtLeast(1.8), FormattableString.Invariant($"{Median(alone):F2} ms on one thread"));
        }

        ForkJoin.MaxThreads = processors;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static (double Median, double Best, float Loss) Measure(TrainingStep step, double seconds)
    {
        var times = new List<double>();
        float loss = 0;
        for (int i = 0; i < 20; i++) loss = step.Run();
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds || times.Count < 12)
        {
            step.Draw();
            long start = Stopwatch.GetTimestamp();
            loss = step.Run();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        return (times[times.Count / 2], times[0], loss);
    }

    private static double MeasurePeer(string command, out string line)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using Process process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true })!;
        line = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return double.Parse(MedianText().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static double Number(string[] args, string option, double otherwise)
        => Text(args, option) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Text(string[] args, string option)
        => Array.IndexOf(args, option) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;

    [GeneratedRegex("median_ms=([0-9.]+)")]
    private static partial Regex MedianText();
}
