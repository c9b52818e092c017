namespace AutoDiff.Compiler.IR;

/// <summary>The free values of a region: those that it reads, at any depth, and does not define.</summary>
public static class FreeValues
{
    /// <summary>Each once, in the order of their first use.</summary>
    public static IReadOnlyList<Value> Of(Region region)
    {
        var defined = new HashSet<int>();
        Define(region, defined);
        var free = new List<Value>();
        Read(region, defined, free);
        return free;
    }

    private static void Define(Region region, HashSet<int> defined)
    {
        foreach (Value parameter in region.Parameters) defined.Add(parameter.Id);
        foreach (Instruction instruction in region.Body)
        {
            foreach (Value result in instruction.Results) defined.Add(result.Id);
            foreach (Region nested in instruction.Regions) Define(nested, defined);
        }
    }

    private static void Read(Region region, HashSet<int> defined, List<Value> free)
    {
        foreach (Instruction instruction in region.Body)
        {
            foreach (Value operand in instruction.Operands) Add(operand);
            foreach (Region nested in instruction.Regions) Read(nested, defined, free);
        }

        foreach (Value yielded in region.Yields) Add(yielded);

        void Add(Value value)
        {
            // A value that is free is added to what is defined, so that it is listed once.
            if (defined.Add(value.Id)) free.Add(value);
        }
    }
}
