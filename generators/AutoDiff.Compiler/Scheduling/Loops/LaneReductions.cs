using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling.Loops;

/// <summary>
/// Whether what a loop carries only gathers: its next state is the state plus (or the greater, or the smaller of the state and) something that does not depend
/// on the state, perhaps under a condition, and nothing else reads the state.
/// </summary>
internal static class LaneReductions
{
    public static LaneReduction? Of(Value state, Value next, IndexFacts facts, HashSet<int> inside, IReadOnlyDictionary<int, int> uses)
    {
        LaneReduction? kind = null;
        int reached = 0;
        var known = new Dictionary<int, bool>();
        if (!Flows(next, isYield: true)) return null;
        return kind is not null && uses.TryGetValue(state.Id, out int all) && all == reached ? kind : null;

        bool Flows(Value value, bool isYield)
        {
            if (value.Id == state.Id)
            {
                reached++;
                return true;
            }

            if (!inside.Contains(value.Id) || !isYield && Uses(value) != 1 || isYield && Uses(value) != 1) return false;
            switch (facts.DefinitionOf(value))
            {
                case Apply { Operation: Elementwise { Op: ScalarOp.Add } } sum:
                    return Is(LaneReduction.Sum) && (Depends(sum.Inputs[0]) ? !Depends(sum.Inputs[1]) && Flows(sum.Inputs[0], false) : Flows(sum.Inputs[1], false));
                case Apply { Operation: Elementwise { Op: ScalarOp.Subtract } } difference:
                    return Is(LaneReduction.Sum) && !Depends(difference.Inputs[1]) && Flows(difference.Inputs[0], false);
                case Apply { Operation: Elementwise { Op: ScalarOp.Max or ScalarOp.Min } extreme } greater:
                    return Is(extreme.Op == ScalarOp.Max ? LaneReduction.Max : LaneReduction.Min)
                        && (Depends(greater.Inputs[0]) ? !Depends(greater.Inputs[1]) && Flows(greater.Inputs[0], false) : Flows(greater.Inputs[1], false));
                case If branch when !Depends(branch.Condition):
                    int index = IndexOf(branch, value);
                    return Flows(branch.Then.Yields[index], true) && Flows(branch.Else.Yields[index], true);
                default:
                    return false;
            }
        }

        int Uses(Value value) => uses.TryGetValue(value.Id, out int count) ? count : 0;

        bool Is(LaneReduction reduction) => (kind ??= reduction) == reduction;

        // A state that is used just along the way cannot come in from the side: that use would be one too many.
        bool Depends(Value value)
        {
            if (value.Id == state.Id) return true;
            if (!inside.Contains(value.Id)) return false;
            // Values are shared: each is looked at once.
            if (known.TryGetValue(value.Id, out bool depends)) return depends;
            return known[value.Id] = facts.DefinitionOf(value) switch
            {
                Apply apply => apply.Inputs.Any(Depends),
                If branch => Depends(branch.Condition) || Depends(branch.Then.Yields[IndexOf(branch, value)]) || Depends(branch.Else.Yields[IndexOf(branch, value)]),
                For loop => FreeValues.Of(loop.Body).Concat(loop.Operands).Any(v => v.Id == state.Id),
                _ => false,
            };
        }
    }

    private static int IndexOf(If branch, Value result)
    {
        for (int k = 0; k < branch.Defines.Length; k++)
            if (branch.Defines[k].Id == result.Id) return k;
        throw new InvalidOperationException($"{result} is no result of this branch");
    }
}
