using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>Which operations can share a pass over rows, and over which rows.</summary>
internal static class Fusible
{
    /// <summary>The rows and columns that an operation runs over; null where it is none that a row kernel has.</summary>
    public static Shape? Space(Apply apply) => apply.Operation switch
    {
        Elementwise or BroadcastTo or CausalFill or Gather or DropoutMask or OneHot or MaskTarget or Copy => (apply.Result.Type as TensorType)?.Shape,
        PickTarget => Full(apply.Inputs[0]),
        Reduce reduce when IsRowReduction(reduce, apply) || IsColumnReduction(reduce, apply) => Full(apply.Inputs[0]),
        _ => null,
    };

    public static bool IsRowReduction(Reduce reduce, Apply apply)
        => apply.Result.Type is TensorType && reduce is { KeepDims: true, Axes.Length: 1 } && reduce.Axes[0] == Full(apply.Inputs[0]).Rank - 1;

    public static bool IsColumnReduction(Reduce reduce, Apply apply)
        => apply.Result.Type is TensorType && !reduce.KeepDims && Full(apply.Inputs[0]).Rank > 1 && reduce.Axes.Length == Full(apply.Inputs[0]).Rank - 1
            && reduce.Axes[reduce.Axes.Length - 1] == reduce.Axes.Length - 1;

    public static bool IsColumnReduction(Apply apply) => apply.Operation is Reduce reduce && IsColumnReduction(reduce, apply);

    public static bool IsRowReduction(Apply apply) => apply.Operation is Reduce reduce && IsRowReduction(reduce, apply);

    /// <summary>Whether an operation can be applied to a block of a matrix product in registers.</summary>
    public static bool InEpilogue(Apply apply) => apply.Operation is Elementwise or BroadcastTo or CausalFill or DropoutMask;

    /// <summary>Whether two spaces have the same rows: all axes but the last agree.</summary>
    public static bool SameRows(Shape a, Shape b) => a.Rank == b.Rank && a.Dims.Take(a.Rank - 1).SequenceEqual(b.Dims.Take(b.Rank - 1));

    public static Shape Full(Value value) => ((TensorType)value.Type).Shape;
}
