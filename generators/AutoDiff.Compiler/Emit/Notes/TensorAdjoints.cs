using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// The adjoint equations of tensor operations as they are taught, for comments: <c>∘</c> is the product element by element, <c>Σ</c> sums over the axes along
/// which the operand was broadcast. What the code computes comes from the derivative rules.
/// </summary>
internal static class TensorAdjoints
{
    public static EquatableArray<AdjointEquation> Of(
        Instruction instruction, IReadOnlyDictionary<int, Instruction> definitions, IReadOnlyDictionary<int, string> names, HashSet<int> varied)
    {
        if (instruction.Results.Length == 0 || !varied.Contains(instruction.Results[0].Id)) return [];
        var text = new TensorText(definitions, names);
        string z = names[instruction.Results[0].Id], dz = MemberNames.Adjoint(z);
        if (instruction is Call call)
        {
            Value[] active = [.. call.Inputs.Where(v => v.Type.IsDifferentiable && varied.Contains(v.Id))];
            string[] gradients = [.. active.Select(v => Adjoint(v, text)).Distinct()];
            Value[] tensors = [.. active.Where(static v => v.Type is TensorType)];
            string left = gradients.Length == 0 ? "" : string.Join(", ", gradients) + " = ";
            return [new($"{left}{call.Callee.Method}Pullback({dz})", tensors.Length == 1 ? ShapeOf(text.Source(tensors[0])) : "")];
        }

        if (instruction is not Apply apply) return [];
        var equations = new List<AdjointEquation>();
        for (int k = 0; k < apply.Inputs.Length; k++)
        {
            Value operand = apply.Inputs[k];
            if (!varied.Contains(operand.Id) || RightSide(apply, k, z, dz, text) is not { } right) continue;
            bool isSummed = operand.Type is ScalarType && apply.Result.Type is TensorType || definitions.TryGetValue(operand.Id, out Instruction? view) && view is Apply { Operation: BroadcastTo }
                || apply is { Operation: Elementwise, Result.Type: TensorType whole } && operand.Type is TensorType part && part.Shape != whole.Shape;
            string left = Adjoint(operand, text), equation = $"{left} = {(isSummed ? "Σ " : "")}{right}", shape = ShapeOf(text.Source(operand));
            int same = equations.FindIndex(e => e.Text.StartsWith(left + " = ", StringComparison.Ordinal));
            if (same < 0) equations.Add(new(equation, shape));
            else if (equations[same].Text != equation) equations.Add(new($"{left} += {(isSummed ? "Σ " : "")}{right}", shape));
            else if (apply.Operation is not Elementwise { Op: ScalarOp.Multiply }) equations[same] = new($"{left} = 2 · {right}", shape);
        }

        return equations.ToEquatable();
    }

    private static string ShapeOf(Value value) => value.Type is TensorType tensor ? tensor.Shape.ToString() : "";

    /// <summary>The adjoint of what a view is a view of: that of <c>Wᵀ</c> goes to <c>dW</c>.</summary>
    private static string Adjoint(Value operand, TensorText text)
    {
        string name = text.Of(text.Source(operand));
        return name.All(static c => char.IsLetterOrDigit(c) || c is '_' or '@') ? MemberNames.Adjoint(name.TrimStart('@')) : $"d({name})";
    }

    private static string? RightSide(Apply apply, int k, string z, string dz, TensorText text)
    {
        Expression Other(int index) => text.Operand(apply.Inputs[index]);
        string Factor(int index) => Other(index).Within(Precedence.Multiplicative);
        string Atom(int index) => Other(index).Within(Precedence.Primary);
        switch (apply.Operation)
        {
            case Reshape or BroadcastTo or Permute:
                return $"{dz}, laid out as before";
            case SliceAxis:
                return $"{dz}, in its place";
            case MatMul product:
                return Product(product, k, dz, Other(1 - k));
            case Reduce { Kind: ReduceKind.Sum }:
                return $"{dz}, to every element";
            case Reduce { Kind: ReduceKind.Mean }:
                return $"{dz} / n, to every one of the n elements";
            case Reduce reduce:
                return $"{dz} where {Factor(0)} is the {(reduce.Kind == ReduceKind.Max ? "largest" : "smallest")}";
            case Softmax:
                return $"{z} ∘ ({dz} − Σ {dz} ∘ {z})";
            case LogSoftmax:
                return $"{dz} − Softmax({Other(0)}) ∘ Σ {dz}";
            case LogSumExp:
                return $"{dz} ∘ Softmax({Other(0)})";
            case CrossEntropy when k == 0:
                return $"{dz} · (Softmax({Other(0)}) − onehot({Other(1)})) / rows";
            case LayerNorm when k == 0:
                return $"(g − mean g − x̂ ∘ mean(g ∘ x̂)) / σ, g = {dz} ∘ {Factor(1)}";
            case RmsNorm when k == 0:
                return $"(g − x̂ ∘ mean(g ∘ x̂)) / rms, g = {dz} ∘ {Factor(1)}";
            case LayerNorm or RmsNorm:
                return k == 1 ? $"Σ {dz} ∘ x̂" : $"Σ {dz}";
            case Gather when k == 0:
                return $"the rows of {dz}, added where {Other(1)} points";
            case Concat:
                return $"its part of {dz}";
            case CausalFill:
                return $"{dz} up to the diagonal, 0 above";
            case Elementwise { Op: var op }:
                return Scalar(op, k, apply, z, dz, Factor, Atom);
            default:
                return null;
        }
    }

    private static string Product(MatMul product, int k, string dz, Expression other)
    {
        string plain = other.Within(Precedence.Multiplicative), turned = TensorText.Transposed(other);
        return (k, product.TransposeA, product.TransposeB) switch
        {
            (0, false, var b) => $"{dz} · {(b ? plain : turned)}",
            (0, true, var b) => $"{(b ? turned : plain)} · {dz}ᵀ",
            (_, var a, false) => $"{(a ? plain : turned)} · {dz}",
            (_, var a, true) => $"{dz}ᵀ · {(a ? turned : plain)}",
        };
    }

    private static string Scalar(ScalarOp op, int k, Apply apply, string z, string dz, Func<int, string> factor, Func<int, string> atom) => op switch
    {
        ScalarOp.Add or ScalarOp.Convert => dz,
        ScalarOp.Subtract => k == 0 ? dz : $"−{dz}",
        ScalarOp.Negate => $"−{dz}",
        ScalarOp.Multiply when factor(0) == factor(1) => $"2 · {dz} {TensorText.Times(apply)} {factor(0)}",
        ScalarOp.Multiply => $"{dz} {(apply.Inputs[1 - k].Type is TensorType ? "∘" : "·")} {factor(1 - k)}",
        ScalarOp.Divide => k == 0 ? $"{dz} / {atom(1)}" : $"−{dz} {(apply.Result.Type is TensorType ? "∘" : "·")} {z} / {atom(1)}",
        ScalarOp.Square => $"2 · {dz} ∘ {factor(0)}",
        ScalarOp.Sqrt => $"{dz} / (2 · {z})",
        ScalarOp.Exp => $"{dz} ∘ {z}",
        ScalarOp.Log => $"{dz} / {atom(0)}",
        ScalarOp.Tanh => $"{dz} ∘ (1 − {z}²)",
        ScalarOp.Sigmoid => $"{dz} ∘ {z} ∘ (1 − {z})",
        ScalarOp.Relu => $"{dz} where {factor(0)} > 0",
        ScalarOp.Abs => $"{dz} ∘ Sign({factor(0)})",
        ScalarOp.Max or ScalarOp.Min => $"{dz} where {factor(k)} {(op == ScalarOp.Max ? ">" : "<")} {factor(1 - k)}",
        ScalarOp.Select => $"{dz} where it was chosen",
        _ when apply.Inputs.Length == 1 => $"{dz} ∘ {op}′({factor(0)})",
        _ => $"{dz} ∘ ∂{op}/∂{factor(k)}",
    };
}
