using System.Runtime.InteropServices;
using AutoDiff.Parallel;
using AutoDiff.Simd;

namespace AutoDiff.NeuralNetworks;

/// <summary>
/// One pass over parameters, gradients and both moments. In the order of PyTorch's single-tensor AdamW:
/// p ← p·(1 − ηλ); m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; p ← p − (η / (1 − β₁ᵗ)) · m / (√v / √(1 − β₂ᵗ) + ε).
/// </summary>
/// <remarks>No sum and no fused multiply-add: lanes, tails, all widths and any number of threads have the same bits.</remarks>
internal ref struct AdamWPass : IRowLoop<float>
{
    public required ReadOnlySpan<OptimizerChunk> Chunks;
    public required Span<float> Parameters, First, Second;
    public required ReadOnlySpan<float> Gradients;
    public required AdamWCoefficients Decaying, Plain;

    public void Run() => RowLoops.Run<float, AdamWPass>(ref this, Chunks.Length, OptimizerChunk.Cost);

    public readonly void Rows<V>(int start, int end)
        where V : struct, IVector<V, float>
    {
        foreach (var (offset, length, decays) in Chunks[start..end])
        {
            // Locals, not fields of a struct: the JIT keeps those in memory.
            AdamWCoefficients c = decays ? Decaying : Plain;
            V scale = V.Broadcast(c.GradientScale), keep = V.Broadcast(c.Keep), beta1 = V.Broadcast(c.Beta1), beta2 = V.Broadcast(c.Beta2);
            V take1 = V.Broadcast(c.Take1), take2 = V.Broadcast(c.Take2), size = V.Broadcast(c.StepSize);
            V perRoot = V.Broadcast(1 / c.RootCorrection2), epsilon = V.Broadcast(c.Epsilon);
            ref float p = ref MemoryMarshal.GetReference(Parameters.Slice(offset, length));
            ref readonly float g = ref MemoryMarshal.GetReference(Gradients.Slice(offset, length));
            ref float m = ref MemoryMarshal.GetReference(First.Slice(offset, length));
            ref float v = ref MemoryMarshal.GetReference(Second.Slice(offset, length));
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
            {
                V gradient = V.Load(in g, i) * scale;
                V first = V.Load(in m, i) * beta1 + gradient * take1, second = V.Load(in v, i) * beta2 + gradient * gradient * take2;
                V updated = V.Load(in p, i) * keep - first / (V.Sqrt(second) * perRoot + epsilon) * size;
                V.Store(first, ref m, i);
                V.Store(second, ref v, i);
                V.Store(updated, ref p, i);
            }

            if (length - i is var tail and > 0)
            {
                V gradient = V.LoadPartial(in g, i, tail) * scale;
                V first = V.LoadPartial(in m, i, tail) * beta1 + gradient * take1, second = V.LoadPartial(in v, i, tail) * beta2 + gradient * gradient * take2;
                V updated = V.LoadPartial(in p, i, tail) * keep - first / (V.Sqrt(second) * perRoot + epsilon) * size;
                V.StorePartial(first, ref m, i, tail);
                V.StorePartial(second, ref v, i, tail);
                V.StorePartial(updated, ref p, i, tail);
            }
        }
    }
}
