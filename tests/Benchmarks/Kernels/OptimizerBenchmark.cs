using System.Globalization;
using System.Numerics.Tensors;
using AutoDiff.Benchmarks.Figures;
using AutoDiff.NeuralNetworks;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>
/// Clipping by norm and a step of AdamW, against what binds: memory, of which the norm reads the gradients and the step reads parameters, gradients and both moments and
/// writes all but the gradients, at the rate of a sum of two arrays into a third over as much memory; or a root and a quotient for each parameter.
/// </summary>
internal static class OptimizerBenchmark
{
    private const int Streams = 8;

    public static IEnumerable<Figure> Figures()
    {
        foreach (string preset in (string[])["tiny", "gpt-cpu", "baby"])
        {
            ILanguageModel model = LanguageModels.Create(LanguageModelConfig.Preset(preset), seed: 1);
            GradientSet<float> gradients = model.CreateGradients();
            gradients.Flat.Fill(1e-3f);
            var optimizer = new AdamW(model.Parameters, learningRate: 1e-6);
            int length = checked((int)model.Parameters.TotalLength);
            double step = Measure.Seconds(() => optimizer.ClipAndStep(gradients, maxNorm: 1));

            // Four arrays of that length are what the optimizer walks over.
            float[] a = Filled(length * 4 / 3), b = Filled(length * 4 / 3), c = Filled(length * 4 / 3);
            double sum = Measure.Seconds(() => TensorPrimitives.Add(a, b, c));
            double memory = Streams * length / (3.0 * a.Length) * sum, roots = Roots.SecondsEach() * length, least = Math.Max(memory, roots);
            string detail = string.Create(
                CultureInfo.InvariantCulture, $"{step * 1e6:F1} µs, memory alone {memory * 1e6:F1}, roots and quotients alone {roots * 1e6:F1}, {length} parameters");
            yield return new("AdamW", preset, least / step, Bound.AtLeast(0.7), detail) { IsShare = true };
        }
    }

    // Pages that were never written would all be one page of zeros.
    private static float[] Filled(int length)
    {
        var values = new float[length];
        values.AsSpan().Fill(1);
        return values;
    }
}
