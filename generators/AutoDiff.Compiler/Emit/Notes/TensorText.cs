using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>Tensor expressions in the notation of a paper: <c>x · wᵀ</c>, <c>Softmax(scores)</c>, <c>qkv[.., width..]</c>.</summary>
/// <param name="definitions">The instruction of each value.</param>
/// <param name="names">The values that have a name.</param>
internal sealed class TensorText(IReadOnlyDictionary<int, Instruction> definitions, IReadOnlyDictionary<int, string> names)
{
    private const int MaxDepth = 6;

    public string Of(Value value) => Expr(value, MaxDepth).Text;

    public Expression Operand(Value value) => Expr(value, MaxDepth);

    public string RightSide(Instruction instruction) => Text(instruction, MaxDepth).Text;

    /// <summary>The value that a view is a view of.</summary>
    public Value Source(Value value)
    {
        while (!names.ContainsKey(value.Id) && value.Name.Length == 0 && definitions.TryGetValue(value.Id, out Instruction? instruction)
            && instruction is Apply { Operation: Reshape or BroadcastTo or Permute or SliceAxis or Elementwise { Op: ScalarOp.Convert }, Inputs: [var source, ..] })
            value = source;
        return value;
    }

    public static string Transposed(Expression x) => x.Within(Precedence.Primary) + "ᵀ";

    private Expression Expr(Value value, int depth)
    {
        if (names.TryGetValue(value.Id, out string? name)) return Expression.Atom(name);
        if (value.Name.Length > 0) return Expression.Atom(value.Name);
        return depth == 0 || !definitions.TryGetValue(value.Id, out Instruction? instruction) ? Expression.Atom("…") : Text(instruction, depth);
    }

    private Expression Text(Instruction instruction, int depth)
    {
        Expression At(int k) => Expr(instruction.Operands[k], depth - 1);
        switch (instruction)
        {
            case Constant constant:
                return Expression.Atom(Literals.Brief(constant).Text.Replace('-', '−'));
            case Call call:
                string holder = call.Inputs is [{ Type: ModelType } model, ..] && Of(model) is var name and not "this" ? name + "." : "";
                return Expression.Call(holder + call.Callee.Method, call.Inputs.Where(static v => v.Type is TensorType).Select(v => Expr(v, depth - 1)));
            case Apply { Operation: Elementwise { Op: var op } } apply:
                return Scalar(op, apply, At);
            case Apply { Operation: MatMul product }:
                return Expression.Binary(Turned(At(0), product.TransposeA), "·", Turned(At(1), product.TransposeB), Precedence.Multiplicative);
            case Apply { Operation: Reshape or BroadcastTo }:
                return At(0);
            case Apply { Operation: Permute { Axes: var axes } }:
                return IsTranspose(axes) ? Expression.Atom(Transposed(At(0))) : Expression.Call("Transpose", At(0));
            case Apply { Operation: SliceAxis slice }:
                return Expression.Atom($"{At(0).Within(Precedence.Primary)}[{slice.Start}..]");
            case Apply { Operation: GetParameter parameter }:
                return Held(instruction.Operands[0], parameter.Parameter);
            case Apply { Operation: GetMember member }:
                return Held(instruction.Operands[0], member.Shown);
            case Apply { Operation: ElementAt }:
                return Expression.Atom(At(0) + "[…]");
            case Apply { Operation: Reduce reduce }:
                return Expression.Call(reduce.Kind.ToString(), At(0));
            case Apply { Operation: DimensionValue size }:
                return Expression.Atom(size.Dimension.ToString());
            case Apply { Operation: CausalFill }:
                return Expression.Call("CausalMask", At(0));
            case Apply apply:
                return Expression.Call(CSharpNames.Pascal(apply.Operation.Name), apply.Inputs.Where(static v => v.Type is not ScalarType).Select(v => Expr(v, depth - 1)));
            default:
                return Expression.Atom("…");
        }
    }

    /// <summary>Element by element, or by a number.</summary>
    public static string Times(Apply apply) => apply.Inputs.All(static v => v.Type is TensorType) ? "∘" : "·";

    private Expression Held(Value holder, string member)
        => Of(holder) is "this" ? Expression.Atom(member) : Expression.Atom($"{Of(holder)}.{member}");

    private static Expression Turned(Expression x, bool isTransposed) => isTransposed ? Expression.Atom(Transposed(x)) : x;

    private static bool IsTranspose(EquatableArray<int> axes)
    {
        int n = axes.Length;
        if (n < 2 || axes[n - 1] != n - 2 || axes[n - 2] != n - 1) return false;
        for (int k = 0; k < n - 2; k++)
            if (axes[k] != k) return false;
        return true;
    }

    private static Expression Scalar(ScalarOp op, Apply apply, Func<int, Expression> at) => op switch
    {
        ScalarOp.Convert or ScalarOp.Detach => at(0),
        ScalarOp.Square => Expression.Atom(at(0).Within(Precedence.Primary) + "²"),
        ScalarOp.Multiply => Expression.Binary(at(0), Times(apply), at(1), Precedence.Multiplicative),
        ScalarOp.Subtract => Expression.Binary(at(0), "−", at(1), Precedence.Additive),
        ScalarOp.Negate => Expression.Prefix("−", at(0)),
        ScalarOp.Sqrt => new("√" + at(0).Within(Precedence.Primary), Precedence.Unary),
        _ when ScalarText.Operator(op) is (string text, Precedence precedence) => Expression.Binary(at(0), text, at(1), precedence),
        _ => Expression.Call(op.ToString(), Enumerable.Range(0, apply.Inputs.Length).Select(at)),
    };
}
