using System.Runtime.InteropServices;
using AutoDiff.Parallel;
using AutoDiff.Simd;

namespace AutoDiff.NeuralNetworks;

/// <summary>One pass over parameters and gradients, in the order of PyTorch's SGD without momentum: g ← g + λp; p ← p − ηg.</summary>
/// <remarks>No sum and no fused multiply-add: lanes, tails, all widths and any number of threads have the same bits.</remarks>
internal ref struct SgdPass : IRowLoop<float>
{
    public required ReadOnlySpan<OptimizerChunk> Chunks;
    public required Span<float> Parameters;
    public required ReadOnlySpan<float> Gradients;
    public required SgdCoefficients Decaying, Plain;

    public void Run() => RowLoops.Run<float, SgdPass>(ref this, Chunks.Length, OptimizerChunk.Cost);

    public readonly void Rows<V>(int start, int end)
        where V : struct, IVector<V, float>
    {
        foreach (var (offset, length, decays) in Chunks[start..end])
        {
            var c = decays ? Decaying : Plain;
            V scale = V.Broadcast(c.GradientScale), decay = V.Broadcast(c.WeightDecay), rate = V.Broadcast(c.LearningRate);
            ref float p = ref MemoryMarshal.GetReference(Parameters.Slice(offset, length));
            ref readonly float g = ref MemoryMarshal.GetReference(Gradients.Slice(offset, length));
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
            {
                V parameter = V.Load(in p, i);
                V.Store(parameter - (V.Load(in g, i) * scale + parameter * decay) * rate, ref p, i);
            }
            if (length - i is var tail and > 0)
            {
                V parameter = V.LoadPartial(in p, i, tail);
                V.StorePartial(parameter - (V.LoadPartial(in g, i, tail) * scale + parameter * decay) * rate, ref p, i, tail);
            }
        }
    }
}
