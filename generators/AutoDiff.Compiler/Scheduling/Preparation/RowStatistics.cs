using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>
/// What the forward part has found out about whole rows (a largest element, a sum of exponentials, a reciprocal deviation) is kept for the backward part: a number
/// a row, for which the backward part would otherwise read the row once more.
/// </summary>
internal sealed class RowStatistics
{
    private readonly Dictionary<(Operation Operation, EquatableArray<int> Inputs, IrType Type), Value> _known = [];
    private readonly Dictionary<(long Bits, IrType Type), Value> _constants = [];
    private readonly Dictionary<int, int> _number = [];
    private readonly HashSet<int> _ones = [];
    private readonly HashSet<int> _reduced = [];

    public static Derivative Run(Derivative derivative, ValueFactory values)
    {
        Region forward = Decomposer.Normalisations(derivative.Forward, values), backward = Decomposer.Normalisations(derivative.Backward, values);
        var statistics = new RowStatistics();
        HashSet<int> own = [];
        foreach (Instruction instruction in forward.Body)
        {
            statistics.Known(instruction);
            foreach (Value result in instruction.Results) own.Add(result.Id);
        }

        var kept = new Dictionary<int, Value>();
        foreach (Instruction instruction in backward.Body)
            if (statistics.Known(instruction) is { } same && own.Contains(same.Id) && statistics.IsStatistic(same)) kept[instruction.Results[0].Id] = same;
        if (kept.Count == 0) return derivative;

        backward = backward with { Body = backward.Body.Select(i => i.Rewrite(Use, static v => v)).ToEquatable(), Yields = backward.Yields.Map(Use) };
        backward = Pruning.Run(backward, []);
        return derivative with { Forward = forward, Backward = backward, Residuals = FreeValues.Of(backward).Where(v => own.Contains(v.Id)).ToEquatable() };

        Value Use(Value value) => kept.TryGetValue(value.Id, out Value? same) ? same : value;
    }

    /// <summary>An earlier value that is the same as what the instruction defines; null where there is none.</summary>
    private Value? Known(Instruction instruction)
    {
        switch (instruction)
        {
            case Constant constant:
                if (constant.Result.Element.IsFloating() && constant.AsDouble == 1) _ones.Add(constant.Result.Id);
                return First(_constants, (constant.Bits, constant.Result.Type), constant.Result);
            case Apply { Operation: not Elementwise { Op: ScalarOp.Detach } } apply:
                if (apply.Operation is Reduce || apply.Inputs.Any(v => _reduced.Contains(v.Id))) _reduced.Add(apply.Result.Id);
                return First(_known, Key(apply), apply.Result);
            default:
                return null;
        }
    }

    private Value? First<TKey>(Dictionary<TKey, Value> known, TKey key, Value value)
        where TKey : notnull
    {
        if (!known.TryGetValue(key, out Value? first))
        {
            known[key] = value;
            return null;
        }

        _number[value.Id] = Number(first);
        return first;
    }

    // The rules write x · x and 1 / x where kernels have an operation for it.
    private (Operation, EquatableArray<int>, IrType) Key(Apply apply) => apply switch
    {
        { Operation: Elementwise { Op: ScalarOp.Square } } => (new Elementwise(ScalarOp.Multiply), [Number(apply.Inputs[0]), Number(apply.Inputs[0])], apply.Result.Type),
        { Operation: Elementwise { Op: ScalarOp.Divide } } when _ones.Contains(apply.Inputs[0].Id)
            => (new Elementwise(ScalarOp.Reciprocal), [Number(apply.Inputs[1])], apply.Result.Type),
        _ => (apply.Operation, apply.Inputs.Select(Number).ToEquatable(), apply.Result.Type),
    };

    private int Number(Value value) => _number.TryGetValue(value.Id, out int number) ? number : value.Id;

    private bool IsStatistic(Value value) => value.Type is TensorType { Shape: { Rank: > 0 } shape } && shape[-1].IsOne && _reduced.Contains(value.Id);
}
