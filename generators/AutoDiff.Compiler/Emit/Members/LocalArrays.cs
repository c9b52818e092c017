using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members;

/// <summary>
/// A local array that never leaves the method is a span of pooled memory in generated code: nothing is allocated. It leaves where a call takes it, where it is saved, or where
/// it flows through a branch or a loop as a value.
/// </summary>
internal static class LocalArrays
{
    public static Derivative OnScratch(Derivative derivative)
    {
        var local = new HashSet<int>();
        foreach (Instruction instruction in DerivativeBody.All(derivative))
            if (instruction is AllocateBuffer { Result: { Type: BufferType { Kind: BufferKind.Array } } result }) local.Add(result.Id);
        if (local.Count == 0) return derivative;
        Leave(derivative.Forward, local);
        Leave(derivative.Backward, local);
        if (local.Count == 0) return derivative;

        Value Map(Value value) => local.Contains(value.Id) ? value with { Type = ((BufferType)value.Type) with { Kind = BufferKind.Span } } : value;
        return derivative with { Forward = Rewrite(derivative.Forward, Map), Backward = Rewrite(derivative.Backward, Map) };
    }

    private static Region Rewrite(Region region, Func<Value, Value> map)
        => region with { Body = region.Body.Select(i => i.Rewrite(map, map)).ToEquatable(), Yields = region.Yields.Select(map).ToEquatable() };

    private static void Leave(Region region, HashSet<int> local)
    {
        foreach (Instruction instruction in region.Body)
        {
            if (instruction is Call or CallPullback or Push or If or For or While or SliceBuffer { Result.Type: BufferType { Kind: BufferKind.Array } })
                foreach (Value operand in instruction.Operands) local.Remove(operand.Id);
            foreach (Region nested in instruction.Regions) Leave(nested, local);
        }

        foreach (Value yielded in region.Yields) local.Remove(yielded.Id);
    }
}
