using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>Leaves out what nobody reads.</summary>
internal static class Pruning
{
    public static Region Run(Region region, IEnumerable<Value> alsoRead)
    {
        HashSet<int> read = [.. alsoRead.Select(static value => value.Id)];
        return Run(region, read);
    }

    private static BlockLoop Run(BlockLoop loop)
    {
        HashSet<int> read = [.. loop.Memos.Select(static memo => memo.Inner.Id)];
        Region body = Run(loop.Body, read);
        return loop with { Body = body, Again = Run(loop.Again, read) };
    }

    private static Region Run(Region region, HashSet<int> read)
    {
        foreach (Value yield in region.Yields) read.Add(yield.Id);
        var kept = new List<Instruction>();
        for (int i = region.Body.Length - 1; i >= 0; i--)
        {
            Instruction instruction = region.Body[i];
            bool isNeeded = Uses.HasEffect(instruction) || instruction.Results.Any(result => read.Contains(result.Id));
            if (!isNeeded) continue;
            instruction = instruction switch
            {
                If branch => branch with { Then = Run(branch.Then, read), Else = Run(branch.Else, read) },
                For loop => loop with { Body = Run(loop.Body, read) },
                While loop => loop with { Body = Run(loop.Body, read) },
                BlockLoop loop => Run(loop),
                _ => instruction,
            };
            foreach (Value value in Uses.Read(instruction)) read.Add(value.Id);
            kept.Add(instruction);
        }

        kept.Reverse();
        return region with { Body = kept.ToEquatable() };
    }
}
