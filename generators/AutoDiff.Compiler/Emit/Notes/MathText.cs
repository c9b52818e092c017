using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>Values in the notation of a paper, for comments: <c>dp · (1 − p²)</c>. Temporaries are spelled out, variables have the user's names.</summary>
internal sealed class MathText(VariablePlan plan)
{
    private const int MaxDepth = 8;

    public string Of(Value value) => Expr(value, MaxDepth).Text;

    public string Element(Value buffer, Value index) => $"{Name(buffer)}[{Of(index)}]";

    public string Name(Value value) => plan.NameOf(value) is { Length: > 0 } name ? name : Expr(value, 1).Text;

    /// <summary>The right-hand side of an instruction.</summary>
    public string RightSide(Instruction instruction) => Text(instruction, MaxDepth).Text;

    private Expression Expr(Value value, int depth)
    {
        string name = plan.NameOf(value);
        Instruction? definition = plan.Layout.InstructionOf(value);
        // The number 1 may be the seed too, and be called after it: here it is the number.
        if (definition is Constant number && name is ['d', ..]) return Text(number, depth);
        if (name.Length > 0) return Expression.Atom(name);
        // What only one of two branches computes and the backward part of that branch reads.
        if (definition is If choice && !plan.Folding.IsTernary(choice) && Chosen(choice, value) is { } chosen) return depth == 0 ? Expression.Atom("…") : Expr(chosen, depth - 1);
        if (depth > 0 && definition is If both && Array.FindIndex([.. both.Defines], v => v.Id == value.Id) is >= 0 and int k && !plan.Folding.IsTernary(both))
            return new($"{Expr(both.Condition, depth - 1)} ? {Expr(both.Then.Yields[k], depth - 1)} : {Expr(both.Else.Yields[k], depth - 1)}", Precedence.Conditional);
        if (depth > 0 && definition is For sum && Summand(sum, value) is { } term) return new("Σ " + Expr(term, depth - 1).Within(Precedence.Multiplicative), Precedence.Unary);
        if (plan.Layout.InstructionOf(value) is not Instruction instruction)
            return Expression.Atom(plan.Layout.DefinitionOf(value) is { Index: -1, Region.Holder: For loop } && loop.Counter.Id == value.Id ? "i" : "state");
        return depth == 0 ? Expression.Atom("…") : Text(instruction, depth);
    }

    /// <summary>What each iteration adds to a carried value that begins with zero; null for other values.</summary>
    private Value? Summand(For loop, Value value)
    {
        int index = Array.FindIndex([.. loop.Defines], v => v.Id == value.Id);
        if (index < 0 || plan.Layout.InstructionOf(loop.Initial[index]) is not Constant { Bits: 0 }) return null;
        return plan.Layout.InstructionOf(loop.Body.Yields[index]) is Apply { Operation: Elementwise { Op: ScalarOp.Add }, Inputs: [var state, var term] }
            && state.Id == loop.Body.Parameters[index + 1].Id ? term : null;
    }

    private Value? Chosen(If choice, Value value)
    {
        int index = 0;
        while (index < choice.Defines.Length && choice.Defines[index].Id != value.Id) index++;
        if (index == choice.Defines.Length) return null;
        Value[] computed = [.. new[] { choice.Then.Yields[index], choice.Else.Yields[index] }.Where(v => plan.Layout.InstructionOf(v) is not (null or Constant))];
        return computed is [var only] ? only : null;
    }

    private Expression Text(Instruction instruction, int depth)
    {
        Expression At(int k) => Expr(instruction.Operands[k], depth - 1);
        switch (instruction)
        {
            case Constant constant:
                string text = Literals.Brief(constant).Text.Replace("global::System.Half.", "").Replace("(global::System.Half)", "").Replace('-', '−');
                return new(text, text[0] == '−' ? Precedence.Unary : Precedence.Primary);
            case Load load:
                return Expression.Atom($"{Name(load.Buffer)}[{Expr(load.Index, depth - 1)}]{load.Path}");
            case BufferLength length:
                return Expression.Atom($"{Name(length.Buffer)}.Length");
            case Pop:
                return Expression.Atom("saved");
            case Call call:
                return Expression.Call(call.Callee.Method, call.Inputs.Select(v => Expr(v, depth - 1)));
            case If branch when plan.Folding.IsTernary(branch):
                return new($"{At(0)} ? {Expr(branch.Then.Yields[0], depth - 1)} : {Expr(branch.Else.Yields[0], depth - 1)}", Precedence.Conditional);
            case Apply { Operation: Elementwise { Op: var op } } apply:
                return Scalar(op, apply, At);
            case Apply { Operation: MatMul product }:
                return Expression.Binary(Transposed(At(0), product.TransposeA), "·", Transposed(At(1), product.TransposeB), Precedence.Multiplicative);
            case Apply { Operation: Reshape or BroadcastTo }:
                return At(0);
            case Apply { Operation: GetParameter parameter }:
                return Expression.Atom(parameter.Parameter);
            case Apply { Operation: Outside outside }:
                return Expression.Atom(Outside.Shown(outside.Text.Substring(outside.Text.LastIndexOf('.') + 1)));
            case Apply { Operation: OutsideElement array } apply:
                return Expression.Atom(array.Short.With([.. Enumerable.Range(0, apply.Inputs.Length).Select(k => At(k).Text)]));
            case Apply { Operation: EnumNumber or EnumValue }:
                return At(0);
            case Apply { Operation: GetMember member }:
                return Expression.Atom(member.Shown);
            case Apply { Operation: Reduce { Kind: ReduceKind.Sum } }:
                return Expression.Atom("Σ " + At(0).Within(Precedence.Multiplicative));
            case Apply apply:
                return Expression.Call(apply.Operation.Name, apply.Inputs.Select(v => Expr(v, depth - 1)));
            default:
                return Expression.Atom("…");
        }
    }

    private static Expression Scalar(ScalarOp op, Apply apply, Func<int, Expression> at) => op switch
    {
        ScalarOp.Multiply when apply.Inputs[0].Id == apply.Inputs[1].Id => Squared(at(0)),
        ScalarOp.Square => Squared(at(0)),
        ScalarOp.Multiply or ScalarOp.StrongProduct => Expression.Binary(at(0), "·", at(1), Precedence.Multiplicative),
        ScalarOp.Subtract => Expression.Binary(at(0), "−", at(1), Precedence.Additive),
        ScalarOp.Negate => Expression.Prefix("−", at(0)),
        ScalarOp.Reciprocal => Expression.Binary(Expression.Atom("1"), "/", at(0), Precedence.Multiplicative),
        ScalarOp.Convert or ScalarOp.Detach => at(0),
        ScalarOp.Not => Expression.Prefix("!", at(0)),
        ScalarOp.Sqrt => new("√" + at(0).Within(Precedence.Primary), Precedence.Unary),
        ScalarOp.Select => new($"{at(0)} ? {at(1)} : {at(2)}", Precedence.Conditional),
        _ when ScalarText.Operator(op) is (string text, Precedence precedence) => Expression.Binary(at(0), text, at(1), precedence),
        _ => Expression.Call(op.ToString(), Enumerable.Range(0, apply.Inputs.Length).Select(at)),
    };

    private static Expression Transposed(Expression x, bool isTransposed) => isTransposed ? Expression.Atom(x.Within(Precedence.Primary) + "ᵀ") : x;

    private static Expression Squared(Expression x) => Expression.Atom(x.Within(Precedence.Primary) + "²");
}
