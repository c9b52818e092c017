using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.NeuralNetworks;

/// <summary>Σ x², in double: no square of a finite float overflows or vanishes, and the order of the sum is fixed.</summary>
internal static class SumOfSquares
{
    private const int Lanes = 16;

    public static double Of(ReadOnlySpan<float> values)
    {
        // Two accumulators of eight doubles, on every machine: element i goes to lane i mod 16, whatever the width of the registers.
        Vector512<double> lower = default, upper = default;
        ref float start = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i <= values.Length - Lanes; i += Lanes)
        {
            var (low, high) = Vector512.Widen(Vector512.LoadUnsafe(ref start, (nuint)i));
            lower += low * low;
            upper += high * high;
        }
        double tail = 0;
        for (; i < values.Length; i++) tail += (double)values[i] * values[i];
        var lanes = lower + upper;
        double sum = tail;
        for (int lane = 0; lane < Vector512<double>.Count; lane++) sum += lanes[lane];
        return sum;
    }
}
