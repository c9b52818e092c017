namespace AutoDiff.Compiler.IR;

/// <summary>
/// A straight run of instructions with its own parameters, which ends by yielding values to the instruction (or function) that holds it. A region
/// sees every value of the regions around it. Control never leaves a region early: the front end lowers <c>break</c>, <c>continue</c> and early
/// <c>return</c> to conditions.
/// </summary>
public sealed record Region(EquatableArray<Value> Parameters, EquatableArray<Instruction> Body, EquatableArray<Value> Yields)
{
    public static readonly Region Empty = new([], [], []);
}
