using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Derivatives.Rules;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Forward;

public sealed partial class ForwardTransform
{
    private void ForwardApply(Apply apply, InstructionBuilder builder)
    {
        if (!_activity.IsActive(apply.Result)) return;
        Value? tangent = apply.Operation switch
        {
            // The derivative is 1, in the type of the result.
            Elementwise { Op: ScalarOp.Convert } => Tangent(apply.Inputs[0]) is { } seed ? builder.Convert(seed, apply.Result.Element) : null,
            Elementwise elementwise => ForwardElementwise(elementwise, apply, builder),
            _ when apply.Inputs.All(v => Tangent(v) is null) => null,
            _ when TensorRules.FindForward(apply.Operation) is { } rule
                => rule(apply.Operation, new PushforwardContext(builder, apply.Inputs, apply.Result, [.. apply.Inputs.Select(Tangent)])),
            _ => throw new NotSupportedException($"'{apply.Operation.Name}' has no forward rule"),
        };
        if (tangent is null) return;
        _tangents[apply.Result.Id] = builder.Name(tangent, Functions.DerivedNames.Tangent(apply.Result.Name));
    }

    /// <summary>ż = Σ ∂z/∂xₖ · ẋₖ over the operands that have a tangent.</summary>
    private Value? ForwardElementwise(Elementwise elementwise, Apply apply, InstructionBuilder builder)
    {
        // x·x is x²: one contribution, 2·ẋ·x.
        if (elementwise.Op == ScalarOp.Multiply && apply.Inputs[0] == apply.Inputs[1])
            (elementwise, apply) = (new Elementwise(ScalarOp.Square), apply with { Inputs = [apply.Inputs[0]] });
        if (ElementwiseRules.Find(elementwise.Op) is not { } rule)
            return _activity.Carries(apply.Result) ? throw new NotSupportedException($"'{elementwise.Op}' has no derivative rule") : null;
        EquatableArray<Term> operands = apply.Inputs.Select(v => new Term(builder, v)).ToEquatable();
        EquatableArray<bool> active = apply.Inputs.Select(_activity.Carries).ToEquatable();
        Value? sum = null;
        for (int k = 0; k < apply.Inputs.Length; k++)
        {
            if (rule[k] is not { } partial || Tangent(apply.Inputs[k]) is not { } seed) continue;
            Value part = partial(new RuleContext(operands, new Term(builder, apply.Result), new Term(builder, seed), active)).Value;
            sum = sum is null ? part : builder.Scalar(ScalarOp.Add, sum, part);
        }

        // The operands that have a tangent may be smaller than the result.
        return sum is null || sum.Type == apply.Result.Type || apply.Result.Type is not TensorType ? sum : builder.Apply(new BroadcastTo(), apply.Result.Type, sum);
    }

    /// <summary>A call that reaches nothing active is left as it is; any other one goes to the method that gives the tangent, too.</summary>
    private void ForwardCall(Call call, InstructionBuilder builder)
    {
        if (call.Callee.Tangent is { } callee && call.Results.Any(_activity.IsActive))
        {
            Value[] tangents = [.. call.Defines.Select(v => v.Type.IsDifferentiable ? NewTangent(v) : _values.New(v.Type))];
            builder.Append(new Call([.. call.Defines, .. tangents], callee, [.. call.Inputs, .. Seeds(call, builder)], []));
            return;
        }

        builder.Append(call);
        bool isInactive = call.Callee is { IsDifferentiable: false, Rule: null };
        if (!isInactive && call.Results.Any(_activity.IsActive) || Analysis.CallFacts.WrittenBuffers(call).Any(_activity.IsActive))
            throw new NotSupportedException($"the call of '{call.Callee.Method}' has no forward rule");
    }

    /// <summary>The tangents of the arguments that have one, in order. That of a struct is all of its leaves, whatever is in those without derivative.</summary>
    private List<Value> Seeds(Call call, InstructionBuilder builder)
    {
        var seeds = new List<Value>();
        int next = 0;
        foreach (CalleeArgument argument in SignatureParts.Arguments(call.Callee))
        {
            bool hasTangent = argument.Leaves.Any(static l => l.IsDifferentiable);
            foreach (CalleeParameter leaf in argument.Leaves)
            {
                Value operand = call.Inputs[next++];
                if (hasTangent) seeds.Add(leaf.IsDifferentiable ? TangentOrZeros(operand, builder) : operand.Type is ScalarType ? builder.Zero(operand.Type) : operand);
            }
        }

        return seeds;
    }

    private Value TangentOrZeros(Value operand, InstructionBuilder builder)
    {
        if (operand.Type is not BufferType type || Tangent(operand) is not null) return TangentOrZero(operand, builder);
        Value length = _values.New(IrType.Int32), zeros = _values.New(type with { Kind = BufferKind.Span });
        builder.Append(new BufferLength(length, operand));
        builder.Append(new AllocateBuffer(zeros, length));
        return zeros;
    }
}
