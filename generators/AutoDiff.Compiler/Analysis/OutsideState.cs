using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis;

/// <summary>What stands outside of a function and may change: static fields, members of objects. It stays as it is while no call changes it.</summary>
internal static class OutsideState
{
    /// <summary>Whether something in the region calls what may change it.</summary>
    public static bool Changes(Region region)
        => region.Body.Any(static i => i is Call { Callee.ChangesState: true } or CallPullback { Callee.ChangesState: true } || i.Regions.Any(Changes));

    /// <summary>Whether the instruction reads what may change.</summary>
    public static bool IsRead(Instruction instruction) => instruction is Apply { Operation.ReadsState: true };
}
