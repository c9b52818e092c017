using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AutoDiff.Parallel;

namespace AutoDiff.NeuralNetworks;

/// <summary>Σ x², in double: no square of a finite float overflows or vanishes.</summary>
/// <remarks>
/// The order of the sum is fixed: blocks of 16384 elements in order, within a block thirty-two running sums (element i in sum i mod
/// 32), then those in order. So it depends neither on the number of threads nor on the width of vectors.
/// </remarks>
internal static class SumOfSquares
{
    private const int Block = 1 << 14, BlocksPerThread = 4, BlocksOnStack = 1 << 10, Lanes = 32;

    public static double Of(ReadOnlySpan<float> values)
    {
        int blocks = (int)(((long)values.Length + Block - 1) / Block);
        Span<double> sums = blocks <= BlocksOnStack ? stackalloc double[BlocksOnStack] : new double[blocks];
        var pass = new Pass { Values = values, Sums = sums };
        ForkJoin.For(blocks, BlocksPerThread, ref pass);
        double sum = 0;
        foreach (double part in sums[..blocks]) sum += part;
        return sum;
    }

    private ref struct Pass : IParallelBody
    {
        public required ReadOnlySpan<float> Values;
        public required Span<double> Sums;

        public readonly void Run(int start, int end)
        {
            for (int block = start; block < end; block++)
            {
                int offset = block * Block;
                Sums[block] = OfBlock(Values.Slice(offset, Math.Min(Block, Values.Length - offset)));
            }
        }
    }

    private static double OfBlock(ReadOnlySpan<float> values)
    {
        // Four chains of additions hide their latency.
        Vector512<double> a = default, b = default, c = default, d = default;
        ref float start = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i <= values.Length - Lanes; i += Lanes)
        {
            var (x, y) = Vector512.Widen(Vector512.LoadUnsafe(ref start, (nuint)i));
            var (z, w) = Vector512.Widen(Vector512.LoadUnsafe(ref start, (nuint)i + (nuint)Vector512<float>.Count));
            a += x * x;
            b += y * y;
            c += z * z;
            d += w * w;
        }

        double sum = 0;
        foreach (Vector512<double> sums in (ReadOnlySpan<Vector512<double>>)[a, b, c, d])
            for (int lane = 0; lane < Vector512<double>.Count; lane++) sum += sums[lane];
        for (; i < values.Length; i++) sum += (double)values[i] * values[i];
        return sum;
    }
}
