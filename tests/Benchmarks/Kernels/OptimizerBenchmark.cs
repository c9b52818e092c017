using System.Numerics.Tensors;
using AutoDiff.NeuralNetworks;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>
/// Clipping by norm and a step of AdamW, in bytes a second: the norm reads the gradients, the step reads parameters, gradients and both moments and writes all but the
/// gradients. Beside it what a sum of two arrays into a third reaches, over as much memory.
/// </summary>
internal static class OptimizerBenchmark
{
    private const int Streams = 8;

    public static void Run()
    {
        Console.WriteLine($"{"AdamW with clipping",-24}{"parameters",12}{"µs",10}{"GB/s",8}{"of a sum",10}  at least 70 %");
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
            double rate = (double)Streams * length * sizeof(float) / step, limit = 3.0 * a.Length * sizeof(float) / sum;
            Console.WriteLine($"{preset,-24}{length,12}{step * 1e6,10:F1}{rate / 1e9,8:F1}{rate / limit,10:P0}");
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
