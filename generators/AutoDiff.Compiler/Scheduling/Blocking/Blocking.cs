using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>
/// Makes the leading axes of batched products the outer loop, so that what is in between stays in cache: attention never has a (time, time) tensor in memory. The
/// block structure is that of FlashAttention (Dao et al. 2022), found from the products and what is done to the rows between them.
/// </summary>
internal static class Blocking
{
    public static Region Run(Region region, ValueFactory values, IReadOnlyCollection<Value> kept, BlockMemos memos)
    {
        HashSet<int> read = [.. kept.Select(static value => value.Id)];
        var constants = new Dictionary<int, Constant>();
        return Run(region, values, value => read.Contains(value.Id), constants, memos);
    }

    private static Region Run(Region region, ValueFactory values, Func<Value, bool> isRead, Dictionary<int, Constant> constants, BlockMemos memos)
    {
        foreach (Constant constant in region.Body.OfType<Constant>()) constants[constant.Result.Id] = constant;
        region = region with { Body = region.Body.Select(instruction => Inside(instruction, values, isRead, constants, memos)).ToEquatable() };
        foreach (BlockGroup group in BlockGroup.Find(region, isRead))
        {
            Region all = region;
            bool Escapes(Value value) => group.Escapes(value, all, isRead);
            bool isCausal = AboveDiagonal.IsUnread(
                group, value => constants.TryGetValue(value.Id, out Constant? constant) ? constant.AsDouble : null, Escapes);
            region = Replace(region, group, BlockBuilder.Build(group, isCausal, Escapes, values, constants, memos));
        }

        return region;
    }

    private static Instruction Inside(Instruction instruction, ValueFactory values, Func<Value, bool> isRead, Dictionary<int, Constant> constants, BlockMemos memos) => instruction switch
    {
        If branch => branch with { Then = Run(branch.Then, values, isRead, constants, memos), Else = Run(branch.Else, values, isRead, constants, memos) },
        For loop => loop with { Body = Run(loop.Body, values, isRead, constants, memos) },
        While loop => loop with { Body = Run(loop.Body, values, isRead, constants, memos) },
        _ => instruction,
    };

    /// <summary>
    /// Puts the loop where the last operation of the group was; what reads its results before that moves behind it, and with it every effect that comes later. Where the
    /// group would have to wait for those, there is no loop.
    /// </summary>
    private static Region Replace(Region region, BlockGroup group, BlockLoop loop)
    {
        HashSet<int> waiting = [.. loop.Results.Select(static value => value.Id)], moved = [];
        var later = new List<Instruction>();
        var body = new List<Instruction>();
        bool effectsWait = false;
        int left = group.Operations.Count;
        foreach (Instruction instruction in region.Body)
        {
            if (instruction is Apply apply && group.Operations.Contains(apply))
            {
                if (apply.Inputs.Any(input => moved.Contains(input.Id))) return region;
                if (--left > 0) continue;
                body.Add(loop);
                body.AddRange(later);
            }
            else if (left > 0 && ((effectsWait && Uses.HasEffect(instruction)) || Uses.Read(instruction).Any(value => waiting.Contains(value.Id))))
            {
                later.Add(instruction);
                effectsWait |= Uses.HasEffect(instruction);
                foreach (Value result in instruction.Results)
                {
                    waiting.Add(result.Id);
                    moved.Add(result.Id);
                }
            }
            else
            {
                body.Add(instruction);
            }
        }

        return region with { Body = body.ToEquatable() };
    }
}
