using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

// Softmax and its relatives, over the last axis: the largest element is subtracted first, and the difference of equal infinities is 0.
internal sealed partial class Decomposer
{
    private void DefineSoftmax(Value result, Value x)
    {
        Value e = Exponentials(x, out _);
        Define(result, ScalarOp.Multiply, e, Scalar(ScalarOp.Reciprocal, OverRow(ReduceKind.Sum, e)));
    }

    private void DefineLogSoftmax(Value result, Value x)
    {
        Value max = OverRow(ReduceKind.Peak, x);
        Value sum = OverRow(ReduceKind.Sum, Scalar(ScalarOp.Exp, Shifted(x, max)));
        Define(result, ScalarOp.Subtract, Shifted(x, max), Scalar(ScalarOp.Log, sum));
    }

    private void DefineLogSumExp(Value result, Value x)
    {
        Value sum = OverRow(ReduceKind.Sum, Exponentials(x, out Value max));
        Define(result, ScalarOp.Add, max, Scalar(ScalarOp.Log, sum));
    }

    private void DefineCrossEntropy(Value result, Value logits, Value targets, int ignoreIndex)
    {
        Value sum = OverRow(ReduceKind.Sum, Exponentials(logits, out Value max));
        Value picked = Apply(new PickTarget(ignoreIndex), max.Type, logits, targets);
        Value losses = Scalar(ScalarOp.Subtract, Scalar(ScalarOp.Log, sum), Shifted(picked, max));
        Value counted = Apply(new MaskTarget(ignoreIndex), losses.Type, losses, targets);
        Value total = SumOfAll(counted);
        Define(result, ScalarOp.Divide, total, CountOf(logits, targets, ignoreIndex));
    }

    private void DefineCrossEntropyGradient(Value result, Value logits, Value targets, Value seed, int ignoreIndex)
    {
        Value scale = Scalar(ScalarOp.Divide, seed, CountOf(logits, targets, ignoreIndex));
        Value e = Exponentials(logits, out _);
        Value probabilities = Scalar(ScalarOp.Multiply, e, Scalar(ScalarOp.Reciprocal, OverRow(ReduceKind.Sum, e)));
        Value difference = Scalar(ScalarOp.Subtract, probabilities, Apply(new OneHot(), logits.Type, targets));
        Define(result, new MaskTarget(ignoreIndex), Scalar(ScalarOp.Multiply, difference, scale), targets);
    }

    private Value CountOf(Value logits, Value targets, int ignoreIndex)
        => Apply(new CountTargets(ignoreIndex, ShapeOf(logits)[-1]), new ScalarType(logits.Element), targets);

    private Value Exponentials(Value x, out Value max)
    {
        max = OverRow(ReduceKind.Peak, x);
        return Scalar(ScalarOp.Exp, Shifted(x, max));
    }

    private Value Shifted(Value x, Value max)
        => Scalar(ScalarOp.Select, Scalar(ScalarOp.Equal, x, max), Constant(x.Element, 0), Scalar(ScalarOp.Subtract, x, max));

    private Value SumOfAll(Value x)
    {
        Shape shape = ShapeOf(x);
        return Apply(new Reduce(ReduceKind.Sum, [0], KeepDims: false), new ScalarType(x.Element), Reshape(x, Shape.Of(shape.Count)));
    }
}
