using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>
/// The space of a block loop: leading axes, rows and columns of the matrices in between, such as the scores of attention. Says what an operation on such a
/// matrix does to its rows.
/// </summary>
internal sealed record BlockShape(Shape Batch, Dim Rows, Dim Columns)
{
    /// <summary>The space of a product of two batches of matrices; null where an operand is the same for the whole batch, or there is none.</summary>
    public static BlockShape? Of(Apply apply)
    {
        if (apply.Operation is not MatMul) return null;
        (Shape a, Shape b, Shape result) = (Fusible.Full(apply.Inputs[0]), Fusible.Full(apply.Inputs[1]), Fusible.Full(apply.Result));
        if (result.Rank < 3 || a.Rank != result.Rank || b.Rank != result.Rank || !apply.Result.Element.IsFloating()) return null;
        Shape batch = Leading(result);
        return Leading(a) == batch && Leading(b) == batch ? new BlockShape(batch, result[-2], result[-1]) : null;
    }

    /// <summary>Whether a value has an element for each row and column.</summary>
    public bool IsMatrix(Value value) => value.Type is TensorType { Shape: var s } && s.Rank == Batch.Rank + 2 && s[-2] == Rows && s[-1] == Columns && Leading(s) == Batch;

    /// <summary>Whether a value has an element for each row.</summary>
    public bool IsColumn(Value value) => value.Type is TensorType { Shape: var s } && s.Rank == Batch.Rank + 2 && s[-2] == Rows && s[-1].IsOne && Leading(s) == Batch;

    public bool IsInside(Value value) => IsMatrix(value) || IsColumn(value);

    /// <summary>Whether an operation on rows gives rows, each from the same rows of its operands alone.</summary>
    public bool IsRowwise(Apply apply)
    {
        if (!IsInside(apply.Result)) return false;
        return apply.Operation switch
        {
            Elementwise or BroadcastTo => apply.Inputs.All(input => input.Type is ScalarType || IsInside(input)),
            CausalFill or Softmax or LogSoftmax or LogSumExp => IsMatrix(apply.Inputs[0]),
            Reduce { KeepDims: true, Axes: { Length: 1 } axes } => IsMatrix(apply.Inputs[0]) && axes[0] == Batch.Rank + 1,
            _ => false,
        };
    }

    /// <summary>Whether an operation multiplies the matrix in between, on its left, by a batch of others.</summary>
    public bool Multiplies(Apply apply, Func<Value, bool> isLocal)
        => Of(apply) is { } space && space.Batch == Batch && IsMatrix(apply.Inputs[0]) && isLocal(apply.Inputs[0]) && !isLocal(apply.Inputs[1]);

    private static Shape Leading(Shape shape) => new(shape.Dims.Take(shape.Rank - 2).ToEquatable());
}
