namespace AutoDiff.Compiler.IR;

/// <summary>Value ids of a function.</summary>
public static class Numbering
{
    /// <summary>One more than the largest id in use.</summary>
    public static int NextId(Function function)
        => Math.Max(NextId(function.Body), function.Parameters.Select(static p => p.Value.Id + 1).DefaultIfEmpty(0).Max());

    public static int NextId(Region region)
    {
        int next = 0;
        foreach (Value value in region.Parameters) next = Math.Max(next, value.Id + 1);
        foreach (Instruction instruction in region.Body)
        {
            foreach (Value value in instruction.Results) next = Math.Max(next, value.Id + 1);
            foreach (Region nested in instruction.Regions) next = Math.Max(next, NextId(nested));
        }

        return next;
    }
}
