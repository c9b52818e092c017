using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>
/// Which matrices of a group have a known constant strictly above the diagonal: a forward analysis over constants, unknown for the rest. Where everything that runs along a
/// row would meet only its neutral element there, no row has to go beyond its own column.
/// </summary>
internal sealed class AboveDiagonal
{
    private readonly Dictionary<int, double> _constants = [];
    private readonly Func<Value, double?> _scalar;

    private AboveDiagonal(Func<Value, double?> scalar) => _scalar = scalar;

    /// <param name="group">The group.</param>
    /// <param name="scalar">The value of a scalar, where it is a constant.</param>
    /// <param name="escapes">Whether somebody outside the group reads a value.</param>
    public static bool IsUnread(BlockGroup group, Func<Value, double?> scalar, Func<Value, bool> escapes)
    {
        if (group.Shape.Rows != group.Shape.Columns) return false;
        var analysis = new AboveDiagonal(scalar);
        foreach (Apply apply in group.Operations)
        {
            if (group.IsLocal(apply.Result) && group.Shape.IsMatrix(apply.Result))
            {
                if (escapes(apply.Result)) return false;
                if (analysis.Evaluate(apply) is { } constant) analysis._constants[apply.Result.Id] = constant;
            }

            if (analysis.Neutral(apply, group) is { } neutral && analysis.Of(apply.Inputs[0]) != neutral) return false;
        }

        return true;
    }

    /// <summary>What the first operand must be above the diagonal for the operation to give the same without it; null where it does not look along rows.</summary>
    private double? Neutral(Apply apply, BlockGroup group) => apply.Operation switch
    {
        MatMul when group.IsLocal(apply.Inputs[0]) => 0,
        Softmax or LogSoftmax or LogSumExp or Reduce { Kind: ReduceKind.Max or ReduceKind.Peak } => double.NegativeInfinity,
        Reduce { Kind: ReduceKind.Min } => double.PositiveInfinity,
        Reduce { Kind: ReduceKind.Sum } => 0,
        Reduce => double.NaN,
        _ => null,
    };

    private double? Of(Value value) => value.Type is ScalarType ? _scalar(value) : _constants.TryGetValue(value.Id, out double constant) ? constant : null;

    private double? Evaluate(Apply apply)
    {
        switch (apply.Operation)
        {
            case CausalFill fill:
                return fill.Fill;
            case Softmax when Of(apply.Inputs[0]) == double.NegativeInfinity:
                return 0;
            case LogSoftmax when Of(apply.Inputs[0]) == double.NegativeInfinity:
                return double.NegativeInfinity;
            case BroadcastTo:
                return Of(apply.Inputs[0]);
            case Elementwise elementwise:
                return Elementwise(elementwise.Op, [.. apply.Inputs.Select(Of)]);
            default:
                return null;
        }
    }

    // What is masked contributes nothing: 0 times anything is 0 here.
    private static double? Elementwise(ScalarOp op, double?[] x) => op switch
    {
        ScalarOp.Multiply => x[0] == 0 || x[1] == 0 ? 0 : x[0] * x[1],
        ScalarOp.Divide => x[0] == 0 ? 0 : x[0] / x[1],
        ScalarOp.Add => x[0] + x[1],
        ScalarOp.Subtract => x[0] - x[1],
        ScalarOp.Negate => -x[0],
        ScalarOp.Square => x[0] * x[0],
        ScalarOp.Exp => x[0] is { } value ? Math.Exp(value) : null,
        ScalarOp.Select => x[1] == x[2] ? x[1] : null,
        ScalarOp.Detach or ScalarOp.Convert => x[0],
        _ => null,
    };
}
