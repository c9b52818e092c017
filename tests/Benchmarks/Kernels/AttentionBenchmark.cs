using System.Globalization;
using System.Numerics.Tensors;
using AutoDiff.Benchmarks.Figures;
using AutoDiff.Benchmarks.Peers;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>
/// Causal attention, forward and backward, one thread: 1,024 tokens in sequences of growing length, six heads of 64. Beside it PyTorch's products, mask and softmax one after
/// the other, and the memory that is held beyond operands and results.
/// </summary>
internal static class AttentionBenchmark
{
    private const int Tokens = 1024;
    private const int Heads = 6;
    private const int Size = 64;

    public static IEnumerable<Figure> Figures()
    {
        IReadOnlyDictionary<string, double> peer = PyTorch.Kernels("attention");
        long start = GC.GetTotalMemory(forceFullCollection: true);
        foreach (int context in (int[])[64, 128, 256, 512, 1024])
        {
            Tensor<float>[] t = [.. Enumerable.Range(0, 7).Select(i => Values(i, context))];
            float scale = 1 / MathF.Sqrt(Size);
            double seconds = Measure.Seconds(() => AttentionFunctions.AttentionVjp(t[0], t[1], t[2], scale, t[3], t[4], t[5], t[6]), samples: 25);
            t = [];
            double held = (GC.GetTotalMemory(forceFullCollection: true) - start) / 1048576.0;
            bool known = peer.TryGetValue($"attention:{context}", out double other);
            string ours = string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:F2} ms, {held:F1} MB held");
            if (known) yield return new("attention", $"context {context}", other / seconds, Bound.AtLeast(3), string.Create(CultureInfo.InvariantCulture, $"{ours}; PyTorch {other * 1e3:F2} ms"));
            else yield return new("attention", $"context {context}", seconds * 1e3, null, ours);
        }
    }

    private static Tensor<float> Values(int seed, int context)
    {
        var random = new Random(seed);
        float[] values = [.. Enumerable.Range(0, Tokens * Heads * Size).Select(_ => (float)(2 * random.NextDouble() - 1))];
        return Tensor.Create(values, [Tokens / context, Heads, context, Size]);
    }
}
