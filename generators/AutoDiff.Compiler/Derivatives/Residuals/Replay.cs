using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Derivatives.Residuals;

/// <summary>
/// A backward loop that carries nothing from one iteration to the next, and adds to another element in each, may as well run in the order of the forward loop. Then states
/// that follow from one another by cheap arithmetic alone (the powers of a number, say) are computed again on the way, and none is stored.
/// </summary>
internal static class Replay
{
    // More than this costs more than a store and a load.
    private const int MaxOperations = 4;

    /// <summary>The indices of the states to run through again; empty where none is asked for, null where some have to be stored.</summary>
    public static List<int>? States(Instruction primal, Region body, For adjoint, Region backward, Level level, List<Value> demanded)
    {
        if (primal is not For { HasCondition: false } loop || !adjoint.Initial.IsEmpty || !IsOrderFree(loop, body, backward)) return null;
        var states = new SortedSet<int>();
        var seen = new HashSet<int>();
        int operations = 0;
        return demanded.All(Follow) && states.Count > 0 && operations <= MaxOperations ? [.. states] : null;

        bool Follow(Value value)
        {
            if (level.IsFree(value) || !seen.Add(value.Id)) return true;
            for (int k = 0; k < loop.Initial.Length; k++)
                if (body.Parameters[k + 1].Id == value.Id) return value.Type is ScalarType && states.Add(k) && Follow(body.Yields[k]);
            if (level.Repeated(value) is not { } instruction) return false;
            operations++;
            return Recomputation.Reads(instruction).All(Follow);
        }
    }

    private static bool IsOrderFree(For loop, Region body, Region backward)
    {
        var facts = new IndexFacts([loop.Body with { Body = body.Body }, backward]);
        var touched = new Dictionary<int, IndexPolynomial>();
        foreach (Instruction instruction in backward.Body)
        {
            if (instruction is Constant or Apply or BufferLength or SliceBuffer || instruction is Load { IsPure: true }) continue;
            if (instruction is not Accumulate { Path.Length: 0 } accumulate || facts.RootOf(accumulate.Buffer) is not { } root) return false;
            IndexPolynomial index = facts.StartOf(accumulate.Buffer) + facts.Of(accumulate.Index);
            if (index.Split(IndexFacts.AtomOf(loop.Counter)) is not var (step, _) || step.AsConstant is not (long and not 0)) return false;
            if (touched.TryGetValue(root.Id, out IndexPolynomial? other) && !other.IsSame(index)) return false;
            touched[root.Id] = index;
        }

        return true;
    }
}
