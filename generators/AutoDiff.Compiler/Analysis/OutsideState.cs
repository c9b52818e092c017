using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis;

/// <summary>What stands outside of a function and may change: static fields, members of objects. It stays as it is while no call changes it.</summary>
internal static class OutsideState
{
    /// <summary>Whether something in the region may change it: calls do, and memory that is written may be an array that an object holds.</summary>
    public static bool Changes(Region region) => IsCalledUpon(region) || ReadsNumbers(region) && WritesOutside(region, []);

    private static bool IsCalledUpon(Region region)
        => region.Body.Any(static i => i is Call { Callee.ChangesState: true } or CallPullback { Callee.ChangesState: true } || i.Regions.Any(IsCalledUpon));

    private static bool ReadsNumbers(Region region) => region.Body.Any(static i
        => i is Apply { Operation: OutsideElement { MayChange: true }, Result.Type: ScalarType { Kind: var kind } } && kind.IsFloating() || i.Regions.Any(ReadsNumbers));

    /// <summary>Whether memory is written that the region did not make.</summary>
    private static bool WritesOutside(Region region, HashSet<int> own)
    {
        foreach (Instruction instruction in region.Body)
        {
            switch (instruction)
            {
                case AllocateBuffer made:
                    own.Add(made.Result.Id);
                    break;
                case SliceBuffer view when own.Contains(view.Buffer.Id):
                    own.Add(view.Result.Id);
                    break;
                case Store or Accumulate or FillBuffer or CopyBuffer when !own.Contains(instruction.Operands[0].Id):
                    return true;
            }

            if (instruction.Regions.Any(inner => WritesOutside(inner, own))) return true;
        }

        return false;
    }

    /// <summary>Whether the instruction reads what may change.</summary>
    public static bool IsRead(Instruction instruction) => instruction is Apply { Operation.ReadsState: true };
}
