using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using AutoDiff.Benchmarks.Figures;
using AutoDiff.NeuralNetworks;
using AutoDiff.Parallel;

namespace AutoDiff.Benchmarks;

/// <summary>
/// Tokens a second, one after the other, beside the time of reading the parameters once: from the first token until the context is full, and from then on, where half of it is
/// forgotten and read again from time to time.
/// </summary>
internal static class GenerationBenchmark
{
    private const int Rounds = 21;

    public static IEnumerable<Figure> Figures(string[] args)
    {
        int threads = ForkJoin.MaxThreads;
        ForkJoin.MaxThreads = 1;
        string[] presets = args.Length > 0 ? args : ["tiny", "gpt-cpu"];
        foreach (string preset in presets)
        {
            LanguageModelConfig config = LanguageModelConfig.Preset(preset);
            ILanguageModel model = LanguageModels.Create(config, seed: 1);
            IGenerationSession session = model.StartGeneration();
            var sampler = new Sampler(config.VocabularySize, SamplerOptions.Greedy);
            var logits = new float[config.VocabularySize];
            int[] last = [0];
            long position = 0;
            double reading = Median(() => Read(model.Parameters.Flat), 200);
            double endless = Median(Next, config.ContextLength), token = Median(Next, config.ContextLength - 1, () => session = model.StartGeneration());
            string detail = string.Create(CultureInfo.InvariantCulture, $"{token:F2} µs a token, {reading:F2} µs to read the parameters, {1e6 / endless:F0} tokens/s beyond the context");
            if (preset == "tiny") yield return new("generation", preset + ", tokens/s", 1e6 / token, Bound.AtLeast(60_000), detail);
            else yield return new("generation", preset, token / reading, Bound.AtMost(1.7), detail);

            void Next()
            {
                session.Append(last, logits);
                last[0] = sampler.Next(logits, position++);
            }
        }

        ForkJoin.MaxThreads = threads;
    }

    private static float Read(ReadOnlySpan<float> parameters) => TensorPrimitives.Sum(parameters);

    private static double Median(Action action, int repetitions, Action? prepare = null)
    {
        // Until the JIT has compiled everything for good.
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < 2;) action();
        var times = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            prepare?.Invoke();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < repetitions; i++) action();
            times[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / repetitions;
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }
}
