using System.Runtime.CompilerServices;
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
            var step = new Step<V>(decays ? Decaying : Plain);
            ref float p = ref MemoryMarshal.GetReference(Parameters.Slice(offset, length));
            ref readonly float g = ref MemoryMarshal.GetReference(Gradients.Slice(offset, length));
            ref float b = ref MemoryMarshal.GetReference(Velocities.Slice(offset, length));
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
            {
                V velocity = V.Load(in b, i);
                V updated = step.Apply(V.Load(in p, i), V.Load(in g, i), ref velocity);
                V.Store(velocity, ref b, i);
                V.Store(updated, ref p, i);
            }
            if (length - i is var tail and > 0)
            {
                V velocity = V.LoadPartial(in b, i, tail);
                V updated = step.Apply(V.LoadPartial(in p, i, tail), V.LoadPartial(in g, i, tail), ref velocity);
                V.StorePartial(velocity, ref b, i, tail);
                V.StorePartial(updated, ref p, i, tail);
            }
        }
    }

    /// <summary>The step of one vector of elements, its coefficients in registers.</summary>
    private readonly struct Step<V>(SgdCoefficients c)
        where V : struct, IVector<V, float>
    {
        private readonly V _scale = V.Broadcast(c.GradientScale), _decay = V.Broadcast(c.WeightDecay), _rate = V.Broadcast(c.LearningRate);
        private readonly V _keep = V.Broadcast(c.Keep), _take = V.Broadcast(c.Take);
        private readonly V _direct = V.Broadcast(c.Direct), _ahead = V.Broadcast(c.Ahead);

        // Too large for the JIT to inline by itself.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V parameter, V gradient, ref V velocity)
        {
            gradient = gradient * _scale + parameter * _decay;
            velocity = velocity * _keep + gradient * _take;
            return parameter - (gradient * _direct + velocity * _ahead) * _rate;
        }
    }
}
