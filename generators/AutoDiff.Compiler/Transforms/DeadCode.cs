using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>
/// Leaves out what neither an output, a gradient nor an effect needs: instructions, results of branches, carried values, and tapes that nobody reads. What does not reach a
/// result contributes nothing, even where its derivative would be NaN, because its code is not there.
/// </summary>
public sealed class DeadCode
{
    private readonly Dictionary<int, Action> _definitions = [];
    private readonly Dictionary<int, List<Value>> _pushes = [];
    private readonly HashSet<int> _live = [];
    private readonly Stack<int> _work = new();

    public static Derivative Run(Derivative derivative)
    {
        var pass = new DeadCode();
        pass.Index(derivative.Forward);
        pass.Index(derivative.Backward);
        pass.Mark(derivative.Forward.Yields);
        pass.Mark(derivative.Backward.Yields);
        pass.Spread();
        return derivative with { Forward = pass.Sweep(derivative.Forward), Backward = pass.Sweep(derivative.Backward) };
    }

    public static Region Run(Region region)
    {
        var pass = new DeadCode();
        pass.Index(region);
        pass.Mark(region.Yields);
        pass.Spread();
        return pass.Sweep(region);
    }

    private void Mark(IEnumerable<Value> values)
    {
        foreach (Value value in values) Mark(value);
    }

    private void Mark(Value value)
    {
        if (_live.Add(value.Id)) _work.Push(value.Id);
    }

    private void Spread()
    {
        while (_work.Count > 0)
            if (_definitions.TryGetValue(_work.Pop(), out Action? need)) need();
    }

    /// <summary>
    /// Records, for each value, what becomes live with it, and marks what effects need. <paramref name="context"/> is what decides whether the region runs: a
    /// saved residual needs it too.
    /// </summary>
    private void Index(Region region, EquatableArray<Value> context = default)
    {
        foreach (Instruction instruction in region.Body)
        {
            switch (instruction)
            {
                case If branch:
                    for (int k = 0; k < branch.Results.Length; k++)
                    {
                        int index = k;
                        _definitions[branch.Results[k].Id] = () => Mark([branch.Condition, branch.Then.Yields[index], branch.Else.Yields[index]]);
                    }

                    if (HasEffects(branch)) Mark(branch.Condition);
                    break;
                case For loop:
                    IndexLoop(loop, loop.Initial, loop.Body.Parameters.Skip(1).ToEquatable(), loop.Body.Yields, [loop.Start, loop.End], loop.HasCondition);
                    _definitions[loop.Counter.Id] = () => Mark([loop.Start, loop.End]);
                    break;
                case While loop:
                    IndexLoop(loop, loop.Initial, loop.Body.Parameters, loop.Body.Yields, [], hasCondition: true);
                    break;
                case Push push:
                    if (!_pushes.TryGetValue(push.Tape.Id, out List<Value>? pushed)) _pushes[push.Tape.Id] = pushed = [];
                    pushed.Add(push.Operand);
                    pushed.AddRange(context);
                    break;
                case NewTape tape:
                    _definitions[tape.Result.Id] = () => Mark(_pushes.TryGetValue(tape.Result.Id, out List<Value>? saved) ? saved : []);
                    break;
                default:
                    foreach (Value result in instruction.Results) _definitions[result.Id] = () => Mark(instruction.Operands);
                    if (IsEffect(instruction))
                    {
                        Mark(instruction.Operands);
                        Mark(instruction.Results);
                    }

                    break;
            }

            EquatableArray<Value> inner = instruction.Regions.IsEmpty ? context : [.. context, .. Guards(instruction)];
            foreach (Region nested in instruction.Regions) Index(nested, inner);
        }
    }

    /// <summary>What decides whether, and how often, the regions of an instruction run.</summary>
    private static IEnumerable<Value> Guards(Instruction instruction) => instruction switch
    {
        If branch => [branch.Condition],
        For { HasCondition: true } loop => [loop.Start, loop.End, loop.Results[0]],
        For loop => [loop.Start, loop.End],
        _ => [instruction.Results[0]],
    };

    private void IndexLoop(
        Instruction loop, EquatableArray<Value> initial, EquatableArray<Value> states, EquatableArray<Value> yields, EquatableArray<Value> bounds, bool hasCondition)
    {
        for (int k = 0; k < initial.Length; k++)
        {
            int index = k;
            Action need = () =>
            {
                Mark(bounds);
                Mark([initial[index], states[index], yields[index], loop.Results[index]]);
                if (hasCondition) Mark([initial[0], states[0], yields[0], loop.Results[0]]);
            };
            _definitions[loop.Results[k].Id] = need;
            _definitions[states[k].Id] = need;
        }

        if (!HasEffects(loop)) return;
        Mark(bounds);
        if (hasCondition) Mark([initial[0], states[0], yields[0], loop.Results[0]]);
    }

    private static bool IsEffect(Instruction instruction) => instruction switch
    {
        Store or Accumulate or FillBuffer or CopyBuffer or AccumulateParameter or Throw => true,
        Call call => !call.IsPure,
        CallPullback pullback => pullback.Callee.UsesPair || pullback.Callee.Rule is not null || !pullback.Shadows.IsEmpty,
        _ => false,
    };

    private static bool HasEffects(Instruction instruction)
        => IsEffect(instruction) || instruction.Regions.Any(static r => r.Body.Any(HasEffects));

    /// <summary>Effects, and pushes onto tapes that are read.</summary>
    private bool MustRun(Instruction instruction)
        => IsEffect(instruction) || (instruction is Push push && _live.Contains(push.Tape.Id)) || instruction.Regions.Any(r => r.Body.Any(MustRun));

    private bool IsLive(Instruction instruction) => instruction.Results.Any(r => _live.Contains(r.Id)) || MustRun(instruction);

    private Region Sweep(Region region)
        => region with { Body = region.Body.Where(IsLive).Select(Sweep).ToEquatable() };

    private Instruction Sweep(Instruction instruction)
    {
        switch (instruction)
        {
            case If branch:
                bool[] keep = branch.Results.Select(r => _live.Contains(r.Id)).ToArray();
                return branch with
                {
                    Defines = Keep(branch.Defines, keep),
                    Then = Sweep(branch.Then with { Yields = Keep(branch.Then.Yields, keep) }),
                    Else = Sweep(branch.Else with { Yields = Keep(branch.Else.Yields, keep) }),
                };
            case For loop:
                keep = loop.Results.Select(r => _live.Contains(r.Id)).ToArray();
                Region body = loop.Body with
                {
                    Parameters = [loop.Counter, .. Keep(loop.Body.Parameters.Skip(1).ToEquatable(), keep)], Yields = Keep(loop.Body.Yields, keep),
                };
                return loop with { Defines = Keep(loop.Defines, keep), Initial = Keep(loop.Initial, keep), Body = Sweep(body) };
            case While loop:
                keep = loop.Results.Select(r => _live.Contains(r.Id)).ToArray();
                body = new Region(Keep(loop.Body.Parameters, keep), loop.Body.Body, Keep(loop.Body.Yields, keep));
                return loop with { Defines = Keep(loop.Defines, keep), Initial = Keep(loop.Initial, keep), Body = Sweep(body) };
            default:
                return instruction;
        }
    }

    private static EquatableArray<Value> Keep(EquatableArray<Value> values, bool[] keep) => values.Where((_, k) => keep[k]).ToEquatable();
}
