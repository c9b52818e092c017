using System.Runtime.InteropServices;
using AutoDiff.Parallel;
using AutoDiff.Simd;

namespace AutoDiff.NeuralNetworks;

/// <summary>
/// One pass over parameters, gradients and velocities. In the order of PyTorch's SGD: g ← g + λp; b ← μb + (1 − τ)g (b ← g at the
/// first step); d ← g + μb with Nesterov, else b; p ← p − ηd.
/// </summary>
/// <remarks>No sum and no fused multiply-add: lanes, tails, all widths and any number of threads have the same bits.</remarks>
internal ref struct MomentumPass : IRowLoop<float>
{
    public required ReadOnlySpan<OptimizerChunk> Chunks;
    public required Span<float> Parameters, Velocities;
    public required ReadOnlySpan<float> Gradients;
    public required SgdCoefficients Decaying, Plain;

    public void Run() => RowLoops.Run<float, MomentumPass>(ref this, Chunks.Length, OptimizerChunk.Cost);

    public readonly void Rows<V>(int start, int end)
        where V : struct, IVector<V, float>
    {
        foreach (var (offset, length, decays) in Chunks[start..end])
        {
            // Locals, not fields of a struct: the JIT keeps those in memory.
            SgdCoefficients c = decays ? Decaying : Plain;
            V scale = V.Broadcast(c.GradientScale), decay = V.Broadcast(c.WeightDecay), rate = V.Broadcast(c.LearningRate);
            V keep = V.Broadcast(c.Keep), take = V.Broadcast(c.Take), direct = V.Broadcast(c.Direct), ahead = V.Broadcast(c.Ahead);
            ref float p = ref MemoryMarshal.GetReference(Parameters.Slice(offset, length));
            ref readonly float g = ref MemoryMarshal.GetReference(Gradients.Slice(offset, length));
            ref float b = ref MemoryMarshal.GetReference(Velocities.Slice(offset, length));
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
            {
                V parameter = V.Load(in p, i), gradient = V.Load(in g, i) * scale + parameter * decay;
                V velocity = V.Load(in b, i) * keep + gradient * take;
                V.Store(velocity, ref b, i);
                V.Store(parameter - (gradient * direct + velocity * ahead) * rate, ref p, i);
            }
            if (length - i is var tail and > 0)
            {
                V parameter = V.LoadPartial(in p, i, tail), gradient = V.LoadPartial(in g, i, tail) * scale + parameter * decay;
                V velocity = V.LoadPartial(in b, i, tail) * keep + gradient * take;
                V.StorePartial(velocity, ref b, i, tail);
                V.StorePartial(parameter - (gradient * direct + velocity * ahead) * rate, ref p, i, tail);
            }
        }
    }
}
