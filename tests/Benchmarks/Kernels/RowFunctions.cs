using System.Numerics.Tensors;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>
/// The row-wise functions of models, as a user writes them: what is measured is what was generated for them. With a sum over constant weights behind it, the gradient of a
/// function is its backward pass: it reads x and the weights, and writes dX.
/// </summary>
internal static partial class RowFunctions
{
    [Differentiable]
    [return: Shape("rows width")]
    public static Tensor<float> Softmax([Shape("rows width")] Tensor<float> x) => Ops.Softmax(x);

    [Differentiable]
    public static float SoftmaxSum([Shape("rows width")] Tensor<float> x, [NoGradient, Shape("rows width")] Tensor<float> c) => Ops.Sum(Ops.Softmax(x) * c);

    [Differentiable]
    [return: Shape("rows width")]
    public static Tensor<float> LayerNorm([Shape("rows width")] Tensor<float> x, [Shape("width")] Tensor<float> w, [Shape("width")] Tensor<float> b)
        => Ops.LayerNorm(x, w, b);

    [Differentiable]
    public static float LayerNormSum(
        [Shape("rows width")] Tensor<float> x, [Shape("width")] Tensor<float> w, [Shape("width")] Tensor<float> b, [NoGradient, Shape("rows width")] Tensor<float> c)
        => Ops.Sum(Ops.LayerNorm(x, w, b) * c);

    [Differentiable]
    [return: Shape("rows width")]
    public static Tensor<float> RmsNorm([Shape("rows width")] Tensor<float> x, [Shape("width")] Tensor<float> w) => Ops.RmsNorm(x, w);

    [Differentiable]
    public static float RmsNormSum([Shape("rows width")] Tensor<float> x, [Shape("width")] Tensor<float> w, [NoGradient, Shape("rows width")] Tensor<float> c)
        => Ops.Sum(Ops.RmsNorm(x, w) * c);

    [Differentiable]
    public static float CrossEntropy([Shape("rows width")] Tensor<float> logits, [Shape("rows")] int[] targets) => Ops.CrossEntropy(logits, targets);
}
