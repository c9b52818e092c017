using AutoDiff.Compiler.Analysis.Shapes;

namespace AutoDiff.Compiler.IR;

/// <summary>The type of an operation's result, from its operands' types.</summary>
public static class TypeInference
{
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static IrType Infer(Operation operation, IReadOnlyList<Value> inputs) => operation switch
    {
        Elementwise elementwise => Elementwise(elementwise.Op, inputs),
        DimensionValue or ModelCount => IrType.Int32,
        _ => Tensor(operation, inputs),
    };

    private static IrType Elementwise(ScalarOp op, IReadOnlyList<Value> inputs)
    {
        ElementKind kind = op.IsComparison() ? ElementKind.Bool : inputs[op == ScalarOp.Select ? 1 : 0].Element;
        Shape? shape = null;
        foreach (Value input in inputs)
            if (input.Type is TensorType tensor) shape = shape is null ? tensor.Shape : ShapeInference.Broadcast(shape, tensor.Shape);
        return shape is null ? new ScalarType(kind, inputs.Max(static v => v.Type is ScalarType scalar ? scalar.Lanes : 1)) : new TensorType(kind, shape);
    }

    private static IrType Tensor(Operation operation, IReadOnlyList<Value> inputs)
    {
        Shape shape = ShapeInference.Infer(operation, inputs.Select(static v => v.Type is TensorType t ? t.Shape : Shape.Scalar).ToArray());
        bool scalar = operation is CrossEntropy || operation is Reduce { KeepDims: false } reduce && reduce.Axes.Length == ((TensorType)inputs[0].Type).Shape.Rank;
        return scalar ? new ScalarType(inputs[0].Element) : new TensorType(inputs[0].Element, shape);
    }
}
