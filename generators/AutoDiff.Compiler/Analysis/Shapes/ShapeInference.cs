using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis.Shapes;

/// <summary>The shape of an operation's result from its operands' shapes, by <see cref="ShapeRules"/>; what cannot be throws.</summary>
public static class ShapeInference
{
    /// <exception cref="ShapeException">The shapes certainly do not fit.</exception>
    public static Shape Infer(Operation operation, IReadOnlyList<Shape> operands) => operation switch
    {
        MatMul product => Known(ShapeRules.MatMul(ProvableSizes.Instance, operands[0], operands[1], product.TransposeA,
            product.TransposeB)),
        Reduce reduce => ShapeRules.Reduced(operands[0], reduce.Axes, reduce.KeepDims),
        Permute permute => new Shape(permute.Axes.Select(axis => operands[0][axis]).ToEquatable()),
        Concat concat => Known(ShapeRules.Concat(ProvableSizes.Instance, concat.Axis, operands)),
        Gather => new Shape([.. operands[1].Dims, .. operands[0].Dims.Skip(1)]),
        LogSumExp => ShapeRules.Reduced(operands[0], [operands[0].Rank - 1], keepDims: true),
        CrossEntropy => Shape.Scalar,
        CausalFill or Softmax or LogSoftmax or LayerNorm or RmsNorm or CrossEntropyGradient => operands[0],
        _ => throw new InvalidOperationException($"the shape of {operation.Name} is part of its type"),
    };

    /// <exception cref="ShapeException">The shapes certainly do not broadcast.</exception>
    public static Shape Broadcast(Shape a, Shape b) => Known(ShapeRules.Broadcast(ProvableSizes.Instance, a, b));

    /// <summary>One of two dimensions that have to be the same.</summary>
    /// <exception cref="ShapeException">They certainly are not.</exception>
    public static Dim Same(Dim a, Dim b, string otherwise)
        => ProvableSizes.Instance.Same(a, b) ?? throw new ShapeException($"{otherwise}: {a} is not {b}");

    private static Shape Known(Shape? shape) => shape ?? throw new ShapeException("the shapes are not known well enough");
}
