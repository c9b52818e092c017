using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Residuals;

/// <summary>
/// When an adjoint is not zero by its very form: the adjoint of an operand of max or min is chosen by a comparison, and is zero where the other operand was. A value
/// that merely happens to be zero does not count, since its own derivative need not be zero.
/// </summary>
/// <param name="before">The instructions in front.</param>
/// <param name="builder">Receives the condition.</param>
internal sealed class SeedConditions(IEnumerable<Instruction> before, InstructionBuilder builder)
{
    private readonly Dictionary<int, Instruction> _definitions = before.SelectMany(static i => i.Results, static (i, r) => (r.Id, i)).ToDictionary(static p => p.Id, static p => p.i);

    /// <summary>The truth value; null where nothing is known.</summary>
    public Value? Of(Value seed) => Find(seed, 6) is { } condition ? condition() : null;

    // Null: may be anything. Otherwise what builds the condition; for a zero, one that gives null.
    private Func<Value?>? Find(Value value, int depth)
    {
        if (depth == 0 || !_definitions.TryGetValue(value.Id, out Instruction? definition)) return null;
        if (definition is Constant { AsDouble: 0 }) return static () => null;
        if (definition is not Apply { Operation: Elementwise { Op: var op } } apply) return null;
        switch (op)
        {
            case ScalarOp.Negate or ScalarOp.Convert or ScalarOp.Divide:
                return Find(apply.Inputs[0], depth - 1);
            case ScalarOp.Multiply:
                return Find(apply.Inputs[0], depth - 1) ?? Find(apply.Inputs[1], depth - 1);
            case ScalarOp.Select:
                Value chooser = apply.Inputs[0];
                Func<Value?>? then = Find(apply.Inputs[1], depth - 1), otherwise = Find(apply.Inputs[2], depth - 1);
                if (then is null && otherwise is null) return null;
                if (then is null) return () => otherwise!() is { } rest ? builder.Scalar(ScalarOp.Or, chooser, rest) : chooser;
                if (otherwise is not null) return null;
                return () =>
                {
                    Value not = builder.Scalar(ScalarOp.Not, chooser);
                    return then() is { } rest ? builder.Scalar(ScalarOp.Or, not, rest) : not;
                };
            default:
                return null;
        }
    }
}
