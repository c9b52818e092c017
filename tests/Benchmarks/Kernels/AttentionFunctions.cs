using System.Numerics.Tensors;
using static AutoDiff.Ops;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>Causal attention of several heads as a user writes it.</summary>
internal static partial class AttentionFunctions
{
    [Differentiable]
    [return: Shape("batch heads time size")]
    public static Tensor<float> Attention(
        [Shape("batch heads time size")] Tensor<float> q, [Shape("batch heads time size")] Tensor<float> k, [Shape("batch heads time size")] Tensor<float> v, [NoGradient] float scale)
        => MatMul(Softmax(CausalMask(MatMul(q, k, transposeB: true) * scale)), v);
}
