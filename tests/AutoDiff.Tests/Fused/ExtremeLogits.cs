using System.Numerics.Tensors;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Fused;

/// <summary>The softmax family, differentiated.</summary>
public static partial class ExtremeLogits
{
    [Differentiable]
    [return: Shape("rows classes")]
    public static Tensor<float> Soft([Shape("rows classes")] Tensor<float> x) => Softmax(x);

    [Differentiable]
    [return: Shape("rows classes")]
    public static Tensor<float> LogSoft([Shape("rows classes")] Tensor<float> x) => LogSoftmax(x);

    [Differentiable]
    public static float TotalLogSumExp([Shape("rows classes")] Tensor<float> x) => Sum(LogSumExp(x));

    [Differentiable]
    public static float Loss([Shape("rows classes")] Tensor<float> x, [Shape("rows")] ReadOnlySpan<int> targets) => CrossEntropy(x, targets);
}
