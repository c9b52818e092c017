using AutoDiff.Compiler.Derivatives.Rules;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Reverse;

public sealed partial class ReverseTransform
{
    private void ReverseApply(Apply apply, InstructionBuilder builder, AdjointMap adjoints)
    {
        if (adjoints[apply.Result] is not { } seed) return;
        switch (apply.Operation)
        {
            case GetParameter parameter:
                builder.Append(new AccumulateParameter(apply.Inputs[0], parameter.Parameter, seed));
                break;
            case Elementwise { Op: ScalarOp.Convert }:
                // The derivative is 1, in the type of the operand.
                if (_activity.IsActive(apply.Inputs[0])) adjoints.Add(builder, apply.Inputs[0], builder.Convert(seed, apply.Inputs[0].Element));
                break;
            case Elementwise elementwise:
                ReverseElementwise(elementwise, apply, seed, builder, adjoints);
                break;
            default:
                if (TensorRules.Find(apply.Operation) is not { } rule) break;
                for (int k = 0; k < apply.Inputs.Length; k++)
                {
                    if (!_activity.IsActive(apply.Inputs[k])) continue;
                    var context = new PullbackContext(builder, apply.Inputs, apply.Result, seed);
                    if (rule(apply.Operation, context, k) is { } contribution) adjoints.Add(builder, apply.Inputs[k], contribution);
                }

                break;
        }
    }

    private void ReverseElementwise(Elementwise elementwise, Apply apply, Value seed, InstructionBuilder builder, AdjointMap adjoints)
    {
        // x·x is x²: one contribution, 2·dz·x.
        if (elementwise.Op == ScalarOp.Multiply && apply.Inputs[0] == apply.Inputs[1])
            (elementwise, apply) = (new Elementwise(ScalarOp.Square), apply with { Inputs = [apply.Inputs[0]] });
        if (ElementwiseRules.Find(elementwise.Op) is not { } rule) return;
        var context = new RuleContext(
            apply.Inputs.Select(v => new Term(builder, v)).ToEquatable(), new Term(builder, apply.Result), new Term(builder, seed),
            apply.Inputs.Select(_activity.Carries).ToEquatable());
        for (int k = 0; k < apply.Inputs.Length; k++)
        {
            Value operand = apply.Inputs[k];
            if (rule[k] is not { } partial || !_activity.IsActive(operand)) continue;
            adjoints.Add(builder, operand, Unbroadcast.To(builder, Fit(partial(context).Value, apply.Result.Type, builder), operand.Type));
        }
    }

    /// <summary>A partial that does not depend on a tensor operand is a scalar; its adjoint has the shape of the result all the same.</summary>
    private static Value Fit(Value contribution, IrType type, InstructionBuilder builder)
        => type is TensorType tensor && (contribution.Type as TensorType)?.Shape != tensor.Shape
            ? builder.Apply(new BroadcastTo(), tensor with { Element = contribution.Element }, contribution)
            : contribution;
}
