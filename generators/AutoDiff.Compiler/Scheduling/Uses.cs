using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>Who reads what.</summary>
internal static class Uses
{
    /// <summary>Adds the number of times that each value is read in the region and the regions inside it.</summary>
    public static void Count(Region region, Dictionary<int, int> uses)
    {
        foreach (Instruction instruction in region.Body)
        {
            foreach (Value operand in instruction.Operands) Add(operand, uses);
            foreach (Region inner in instruction.Regions) Count(inner, uses);
        }

        foreach (Value yield in region.Yields) Add(yield, uses);
    }

    public static void Add(Value value, Dictionary<int, int> uses)
    {
        uses.TryGetValue(value.Id, out int count);
        uses[value.Id] = count + 1;
    }

    /// <summary>Everything that an instruction reads, its regions included; values defined inside them may be among these.</summary>
    public static IEnumerable<Value> Read(Instruction instruction)
    {
        foreach (Value operand in instruction.Operands) yield return operand;
        foreach (Region region in instruction.Regions)
        {
            foreach (Instruction inner in region.Body)
                foreach (Value value in Read(inner)) yield return value;
            foreach (Value value in region.Yields) yield return value;
        }
    }

    /// <summary>Whether the instruction, or one inside it, does more than define its results.</summary>
    public static bool HasEffect(Instruction instruction) => instruction switch
    {
        If or For or While => instruction.Regions.Any(static region => region.Body.Any(HasEffect)),
        AllocateBuffer or NewTape => false,
        _ => !instruction.IsPure,
    };

    /// <summary>The largest id of a value in the region, and one more.</summary>
    public static int NextId(Region region, int atLeast = 0)
    {
        int next = atLeast;
        foreach (Value parameter in region.Parameters) next = Math.Max(next, parameter.Id + 1);
        foreach (Instruction instruction in region.Body)
        {
            foreach (Value result in instruction.Results) next = Math.Max(next, result.Id + 1);
            foreach (Region inner in instruction.Regions) next = NextId(inner, next);
        }

        return next;
    }
}
