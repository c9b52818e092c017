using System.Globalization;
using System.Numerics.Tensors;
using AutoDiff.Benchmarks.Figures;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>
/// Functions of rows, forward and backward, against the time of reading what they read and writing what they write once: a sum of as many streams into as many, of the same
/// size, in the same process.
/// </summary>
internal static class RowsBenchmark
{
    private const double Limit = 1.3;

    private static readonly (int Rows, int Width)[] s_sizes = [(8, 128), (256, 256), (2048, 512)];

    public static IEnumerable<Figure> Figures()
    {
        foreach ((int rows, int width) in s_sizes)
        {
            Tensor<float> x = Values(rows, width), dY = Values(rows, width), y = Values(rows, width), dX = Values(rows, width);
            Tensor<float> w = Values(width), b = Values(width), dW = Values(width), dB = Values(width);
            int[] targets = [.. Enumerable.Range(0, rows).Select(i => i * 7 % width)];
            int length = rows * width;
            double forward = Streams(length, 1, 1), backward = Streams(length, 2, 1), loss = Streams(length, 1, 0), gradient = Streams(length, 1, 1);
            yield return Of("softmax", () => RowFunctions.SoftmaxForward(x, y), forward);
            yield return Of("softmax, gradient", () => RowFunctions.SoftmaxSumGradient(x, dY, dX), backward);
            yield return Of("layer norm", () => RowFunctions.LayerNormForward(x, w, b, y), forward);
            yield return Of("layer norm, gradient", () => RowFunctions.LayerNormSumGradient(x, w, b, dY, dX, dW, dB), backward);
            yield return Of("RMS norm", () => RowFunctions.RmsNormForward(x, w, y), forward);
            yield return Of("RMS norm, gradient", () => RowFunctions.RmsNormSumGradient(x, w, dY, dX, dW), backward);
            yield return Of("cross-entropy", () => RowFunctions.CrossEntropyForward(x, targets), loss);
            yield return Of("cross-entropy, gradient", () => RowFunctions.CrossEntropyGradient(x, targets, dX), gradient);
            double exponentials = ElementwiseBenchmark.ExpSeconds(length);
            yield return new($"{rows}x{width}", "exp alone", exponentials / forward, null, string.Create(CultureInfo.InvariantCulture, $"{exponentials * 1e6:F2} µs: no softmax can be faster"));

            Figure Of(string name, Action action, double once)
            {
                double seconds = Measure.Seconds(action);
                return new($"{rows}x{width}", name, seconds / once, Bound.AtMost(Limit), string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:F2} µs, memory once {once * 1e6:F2} µs"));
            }
        }
    }

    private static Tensor<float> Values(params ReadOnlySpan<nint> lengths)
    {
        Tensor<float> values = Tensor.CreateFromShape<float>(lengths);
        var random = new Random(1);
        for (int i = 0; i < values.FlattenedLength; i++) Flat(values)[i] = (float)(2 * random.NextDouble() - 1);
        return values;
    }

    private static Span<float> Flat(Tensor<float> tensor) => System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref tensor.GetPinnableReference(), checked((int)tensor.FlattenedLength));

    /// <summary>Seconds for reading so many streams and writing so many.</summary>
    private static double Streams(int length, int reads, int writes)
    {
        float[] a = new float[length], b = new float[length], c = new float[length];
        foreach (float[] stream in (float[][])[a, b, c]) stream.AsSpan().Fill(1);
        float sink = 0;
        double seconds = (reads, writes) switch
        {
            (1, 0) => Measure.Seconds(() => sink += TensorPrimitives.Sum(a)),
            (1, 1) => Measure.Seconds(() => a.AsSpan().CopyTo(b)),
            _ => Measure.Seconds(() => TensorPrimitives.Add(a, b, c)),
        };
        GC.KeepAlive(sink);
        return seconds;
    }
}
