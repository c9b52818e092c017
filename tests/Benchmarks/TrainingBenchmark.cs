using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AutoDiff.NeuralNetworks;
using AutoDiff.Parallel;

namespace AutoDiff.Benchmarks;

/// <summary>Milliseconds of a training step (loss, gradients, clipping, AdamW; the batch of random tokens is drawn outside), and their ratio to a peer's.</summary>
internal static partial class TrainingBenchmark
{
    public static void Run(string[] args)
    {
        string name = args.Length > 0 && !args[0].StartsWith('-') ? args[0] : "gpt-cpu";
        int threads = (int)Number(args, "--threads", 1);
        double seconds = Number(args, "--seconds", 10);
        string? peer = Text(args, "--peer");
        ForkJoin.MaxThreads = threads;

        LanguageModelConfig config = LanguageModelConfig.Preset(name);
        ILanguageModel model = LanguageModels.Create(config, seed: 1);
        GradientSet<float> gradients = model.CreateGradients();
        var optimizer = new AdamW(model.Parameters, learningRate: 1e-3, beta2: 0.99, weightDecay: 0.1);
        int[] tokens = new int[config.BatchSize * config.ContextLength], targets = new int[tokens.Length];
        var random = new Random(1);

        for (int round = 0; round < (peer is null ? 1 : 3); round++)
        {
            (double median, double best, float loss) = Measure(Draw, Step, seconds);
            Console.WriteLine(FormattableString.Invariant(
                $"{name} threads={threads} parameters={model.Parameters.TotalLength} median_ms={median:F3} best_ms={best:F3} tokens_per_s={tokens.Length / median * 1e3:F0} loss={loss:F4} peak_mb={Process.GetCurrentProcess().PeakWorkingSet64 >> 20}"));
            if (peer is null) continue;
            double other = MeasurePeer(peer, out string line);
            Console.WriteLine(line);
            Console.WriteLine(FormattableString.Invariant($"ratio (peer / this) of medians: {other / median:F2}"));
        }

        void Draw()
        {
            for (int i = 0; i < tokens.Length; i++) (tokens[i], targets[i]) = (random.Next(config.VocabularySize), random.Next(config.VocabularySize));
        }

        float Step()
        {
            float loss = model.LossGradient(tokens, targets, config.BatchSize, gradients);
            optimizer.ClipAndStep(gradients, maxNorm: 1);
            return loss;
        }
    }

    private static (double Median, double Best, float Loss) Measure(Action prepare, Func<float> step, double seconds)
    {
        var times = new List<double>();
        float loss = 0;
        for (int i = 0; i < 20; i++) loss = step();
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds || times.Count < 12)
        {
            prepare();
            long start = Stopwatch.GetTimestamp();
            loss = step();
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
        return double.Parse(Median().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static double Number(string[] args, string option, double otherwise)
        => Text(args, option) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Text(string[] args, string option)
        => Array.IndexOf(args, option) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;

    [GeneratedRegex("median_ms=([0-9.]+)")]
    private static partial Regex Median();
}
