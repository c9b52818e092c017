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
        HashSet<int> local = Of(derivative.Forward, derivative.Backward);
        if (local.Count == 0) return derivative;
        Value Map(Value value) => AsSpan(value, local);
        return derivative with
        {
            Forward = Rewrite(derivative.Forward, Map),
            Backward = Rewrite(derivative.Backward, Map),
            Residuals = derivative.Residuals.Select(Map).ToEquatable(),
        };
    }

    public static Region OnScratch(Region region)
    {
        HashSet<int> local = Of(region);
        return local.Count == 0 ? region : Rewrite(region, value => AsSpan(value, local));
    }

    private static Value AsSpan(Value value, HashSet<int> local)
        => local.Contains(value.Id) ? value with { Type = ((BufferType)value.Type) with { Kind = BufferKind.Span } } : value;

    private static HashSet<int> Of(params Region[] regions)
    {
        HashSet<int> local =
        [
            .. regions.SelectMany(DerivativeBody.All).OfType<AllocateBuffer>().Select(static a => a.Result).Where(static r => r.Type is BufferType { Kind: BufferKind.Array }).Select(static r => r.Id),
        ];
        if (local.Count > 0)
            foreach (Region region in regions) Leave(region, local);
        return local;
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
