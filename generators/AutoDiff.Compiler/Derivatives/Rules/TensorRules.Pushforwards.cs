using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

/// <summary>What the pushforward of a tensor operation sees.</summary>
/// <param name="Inputs">The operands of the primal.</param>
/// <param name="Result">The result of the primal, y.</param>
/// <param name="Tangents">The tangent of each operand; null where it is zero. At least one is not.</param>
public sealed record PushforwardContext(InstructionBuilder Builder, EquatableArray<Value> Inputs, Value Result, IReadOnlyList<Value?> Tangents)
{
    public Term X => Term(Inputs[0]);

    public Term Y => Term(Result);

    /// <summary>ẋ.</summary>
    public Term XDot => Dot(0);

    public Term Term(Value value) => new(Builder, value);

    /// <summary>The tangent of an operand, zeros where it has none.</summary>
    public Term Dot(int operand) => Term(Tangents[operand] ?? Builder.Zero(Inputs[operand].Type));
}

/// <summary>The tangent of the result, from those of the operands.</summary>
public delegate Value Pushforward<in TOperation>(TOperation operation, PushforwardContext context);

// Forward mode. The rules of linear operations are the operations themselves; those of the others are what the pullbacks are the transposes of.
public static partial class TensorRules
{
    private static Dictionary<Type, Pushforward<Operation>> BuildForward()
    {
        var table = new Dictionary<Type, Pushforward<Operation>>();
        AddLinear(table);
        AddExtremes(table);
        AddRows(table);
        AddLosses(table);
        return table;
    }

    private static void AddForward<TOperation>(Dictionary<Type, Pushforward<Operation>> table, Pushforward<TOperation> rule)
        where TOperation : Operation
        => table.Add(typeof(TOperation), (operation, context) => rule((TOperation)operation, context));

    private static void AddLinear(Dictionary<Type, Pushforward<Operation>> table)
    {
        AddForward<Permute>(table, Same);
        AddForward<Reshape>(table, Same);
        AddForward<BroadcastTo>(table, Same);
        AddForward<SliceAxis>(table, Same);
        AddForward<PadAxis>(table, Same);
        AddForward<Concat>(table, Same);

        // What fills the upper triangle is constant.
        AddForward<CausalFill>(table, static (fill, c) => Same(fill with { Fill = 0 }, c));

        // Rows of the table, rows added to others: the indices have no tangent.
        AddForward<Gather>(table, static (gather, c) => c.Builder.Apply(gather, c.Result.Type, c.XDot.Value, c.Inputs[1]));
        AddForward<ScatterAdd>(table, static (scatter, c) => c.Builder.Apply(scatter, c.Result.Type, c.Inputs[0], c.Dot(1).Value));

        // C = A·B: Ċ = Ȧ·B + A·Ḃ.
        AddForward<MatMul>(table, static (product, c) =>
        {
            Value? left = c.Tangents[0] is { } a ? c.Builder.Apply(product, c.Result.Type, a, c.Inputs[1]) : null;
            Value? right = c.Tangents[1] is { } b ? c.Builder.Apply(product, c.Result.Type, c.Inputs[0], b) : null;
            return left is null ? right! : right is null ? left : c.Builder.Scalar(ScalarOp.Add, left, right);
        });
    }

    private static Value Same(Operation operation, PushforwardContext c)
        => c.Builder.Apply(operation, c.Result.Type, [.. c.Inputs.Select((_, k) => c.Dot(k).Value)]);

    /// <summary>y = max x: ẏ = the mean of ẋ where x = y, which is what shares an adjoint equally among ties.</summary>
    private static void AddExtremes(Dictionary<Type, Pushforward<Operation>> table) => AddForward<Reduce>(table, static (reduce, c) =>
    {
        if (reduce.Kind is ReduceKind.Sum or ReduceKind.Mean) return c.Builder.Apply(reduce, c.Result.Type, c.XDot.Value);
        var source = (TensorType)c.Inputs[0].Type;
        Operation sum = reduce with { Kind = ReduceKind.Sum };
        Term hit = c.X.EqualTo(c.Term(Repeat(c.Builder, reduce, c.Result, source)));
        Value moved = c.Builder.Apply(sum, c.Result.Type, hit.Select(c.XDot, 0).Value);
        Value ties = c.Builder.Apply(sum, c.Result.Type, hit.Select(c.X.Constant(1), 0).Value);
        return (c.Term(moved) / c.Term(ties)).Value;
    });

    private static void AddRows(Dictionary<Type, Pushforward<Operation>> table)
    {
        // y = softmax(x): ẏ = y·(ẋ − Σ y·ẋ).
        AddForward<Softmax>(table, static (_, c) => (c.Y * (c.XDot - SumOfRow(c.Y * c.XDot))).Value);

        // y = x − ln Σ eˣ: ẏ = ẋ − Σ eʸ·ẋ.
        AddForward<LogSoftmax>(table, static (_, c) => (c.XDot - SumOfRow(c.Y.Apply(ScalarOp.Exp) * c.XDot)).Value);

        // y = ln Σ eˣ: ẏ = Σ softmax(x)·ẋ.
        AddForward<LogSumExp>(table, static (_, c) => SumOfRow(c.X.Apply(new Softmax()) * c.XDot).Value);

        // y = x̂·w + b, x̂ = (x − μ)·r, r = 1/√(σ² + ε): ẏ = w·r·(ẋ − mean ẋ − x̂·mean(x̂·ẋ)) + x̂·ẇ + ḃ.
        AddForward<LayerNorm>(table, static (norm, c) =>
        {
            Term centred = c.X - MeanOfRow(c.X);
            Term r = 1 / (MeanOfRow(centred * centred) + c.Term(c.Inputs[norm.HasBias ? 3 : 2])).Apply(ScalarOp.Sqrt);
            Value moved = Normalised(c, centred * r, r, centre: true);
            return norm.HasBias && c.Tangents[2] is { } b ? (c.Term(moved) + c.Term(b)).Value : moved;
        });

        // y = x̂·w, x̂ = x·r, r = 1/√(mean x² + ε): ẏ = w·r·(ẋ − x̂·mean(x̂·ẋ)) + x̂·ẇ.
        AddForward<RmsNorm>(table, static (_, c) =>
        {
            Term r = 1 / (MeanOfRow(c.X * c.X) + c.Term(c.Inputs[2])).Apply(ScalarOp.Sqrt);
            return Normalised(c, c.X * r, r, centre: false);
        });
    }

    private static Value Normalised(PushforwardContext c, Term normalised, Term r, bool centre)
    {
        Term rest = centre ? c.XDot - MeanOfRow(c.XDot) : c.XDot;
        Term moved = c.Term(c.Inputs[1]) * (r * (rest - normalised * MeanOfRow(normalised * c.XDot)));
        return (c.Tangents[1] is { } w ? moved + normalised * c.Term(w) : moved).Value;
    }

    private static void AddLosses(Dictionary<Type, Pushforward<Operation>> table)
    {
        // y = −mean log softmax(x)[target]: ẏ = Σ (softmax(x) − onehot(target))/count·ẋ.
        AddForward<CrossEntropy>(table, static (loss, c) =>
        {
            Value gradient = c.Builder.Apply(new CrossEntropyGradient(loss.IgnoreIndex), c.Inputs[0].Type, c.Inputs[0], c.Inputs[1], c.Y.Constant(1).Value);
            int rank = ((TensorType)gradient.Type).Shape.Rank;
            return (c.Term(gradient) * c.XDot).Apply(new Reduce(ReduceKind.Sum, Enumerable.Range(0, rank).ToEquatable(), KeepDims: false)).Value;
        });

        // g = s·(p − onehot(target))/count, p = softmax(x): ġ = ṡ·(p − onehot(target))/count + s/count·p·(ẋ − Σ p·ẋ), 0 in ignored rows.
        AddForward<CrossEntropyGradient>(table, static (loss, c) =>
        {
            Value? scaled = c.Tangents[2] is { } s ? c.Builder.Apply(loss, c.Result.Type, c.Inputs[0], c.Inputs[1], s) : null;
            if (c.Tangents[0] is null) return scaled!;
            Term curved = CrossEntropyCurvature(loss, c.Builder, c.Inputs, c.XDot);
            return (scaled is null ? curved : c.Term(scaled) + curved).Value;
        });
    }
}
