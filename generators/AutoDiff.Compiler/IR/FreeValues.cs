namespace AutoDiff.Compiler.IR;

/// <summary>The values that regions read, at any depth, and do not define, in order of first use.</summary>
public static class FreeValues
{
    public static List<Value> Of(params Region[] regions)
    {
        var free = new List<Value>();
        var seen = new HashSet<int>();
        foreach (Region region in regions) Visit(region, free, seen);
        return free;
    }

    private static void Visit(Region region, List<Value> free, HashSet<int> seen)
    {
        foreach (Value parameter in region.Parameters) seen.Add(parameter.Id);
        foreach (Instruction instruction in region.Body)
        {
            foreach (Value operand in instruction.Operands) Meet(operand);
            foreach (Region nested in instruction.Regions) Visit(nested, free, seen);
            foreach (Value result in instruction.Results) seen.Add(result.Id);
        }

        foreach (Value yielded in region.Yields) Meet(yielded);

        void Meet(Value value)
        {
            if (seen.Add(value.Id)) free.Add(value);
        }
    }
}
