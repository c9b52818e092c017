using System.Runtime.CompilerServices;
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
            var step = new Step<V>(decays ? Decaying : Plain);
            ref float p = ref MemoryMarshal.GetReference(Parameters.Slice(offset, length));
            ref readonly float g = ref MemoryMarshal.GetReference(Gradients.Slice(offset, length));
            ref float m = ref MemoryMarshal.GetReference(First.Slice(offset, length));
            ref float v = ref MemoryMarshal.GetReference(Second.Slice(offset, length));
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
            {
                V first = V.Load(in m, i), second = V.Load(in v, i);
                V updated = step.Apply(V.Load(in p, i), V.Load(in g, i), ref first, ref second);
                V.Store(first, ref m, i);
                V.Store(second, ref v, i);
                V.Store(updated, ref p, i);
            }
            if (length - i is var tail and > 0)
            {
                V first = V.LoadPartial(in m, i, tail), second = V.LoadPartial(in v, i, tail);
                V updated = step.Apply(V.LoadPartial(in p, i, tail), V.LoadPartial(in g, i, tail), ref first, ref second);
                V.StorePartial(first, ref m, i, tail);
                V.StorePartial(second, ref v, i, tail);
                V.StorePartial(updated, ref p, i, tail);
            }
        }
    }

    /// <summary>The step of one vector of elements, its coefficients in registers.</summary>
    private readonly struct Step<V>(AdamWCoefficients c)
        where V : struct, IVector<V, float>
    {
        private readonly V _scale = V.Broadcast(c.GradientScale), _keep = V.Broadcast(c.Keep), _beta1 = V.Broadcast(c.Beta1);
        private readonly V _beta2 = V.Broadcast(c.Beta2), _take1 = V.Broadcast(c.Take1), _take2 = V.Broadcast(c.Take2);
        private readonly V _size = V.Broadcast(c.StepSize), _perRoot = V.Broadcast(1 / c.RootCorrection2), _epsilon = V.Broadcast(c.Epsilon);

        // Too large for the JIT to inline by itself.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V parameter, V gradient, ref V first, ref V second)
        {
            gradient *= _scale;
            first = first * _beta1 + gradient * _take1;
            second = second * _beta2 + gradient * gradient * _take2;
            return parameter * _keep - first / (V.Sqrt(second) * _perRoot + _epsilon) * _size;
        }
    }
}
