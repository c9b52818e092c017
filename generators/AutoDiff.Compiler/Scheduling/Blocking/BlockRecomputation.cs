using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>
/// Matrices that the forward part has block by block are computed again by the backward part, block by block too, instead of being kept: memory grows with the number of
/// rows, not with its square, for one more product (Dao et al. 2022, algorithm 4). Where there is so little of them that they stay in cache, they are kept after all.
/// </summary>
internal static class BlockRecomputation
{
    /// <param name="forward">The forward part.</param>
    /// <param name="backward">The backward part.</param>
    /// <param name="residuals">What the backward part reads of the forward part.</param>
    /// <returns>The backward part with what it computes again in front, the residuals that it needs then, and what the two parts share.</returns>
    public static (Region Backward, Value[] Residuals, BlockMemos Memos) Run(Region forward, Region backward, Value[] residuals)
    {
        HashSet<int> kept = [], recomputed = [];
        foreach (BlockGroup group in BlockGroup.Find(forward, static _ => false))
        {
            HashSet<int> wanted = [.. residuals.Where(value => group.IsLocal(value) && group.Shape.IsMatrix(value)).Select(static value => value.Id)];
            if (wanted.Count == 0) continue;
            Apply[] again = Needed(group, residuals.Where(group.IsLocal));
            Region recomputing = backward with { Body = again.Concat(backward.Body).ToEquatable() };
            bool staysInBlocks = BlockGroup.Find(recomputing, static _ => false).Any(other => again.All(other.Operations.Contains)
                && again.All(apply => !other.Escapes(apply.Result, recomputing, static _ => false)));
            if (!staysInBlocks) continue;
            HashSet<int> computed = [.. again.Select(static apply => apply.Result.Id)];
            backward = recomputing;
            kept.UnionWith(residuals.Where(group.IsLocal).Select(static value => value.Id));
            recomputed.UnionWith(computed);
            residuals = [.. residuals.Where(value => !computed.Contains(value.Id)), .. again.SelectMany(static apply => apply.Inputs)
                .Where(value => !computed.Contains(value.Id) && !residuals.Contains(value)).Distinct()];
        }

        return (backward, residuals, new BlockMemos(kept, recomputed));
    }

    /// <summary>The operations of a group that lead to some values.</summary>
    private static Apply[] Needed(BlockGroup group, IEnumerable<Value> values)
    {
        HashSet<int> needed = [.. values.Select(static value => value.Id)];
        var operations = new List<Apply>();
        for (int i = group.Operations.Count - 1; i >= 0; i--)
        {
            Apply apply = group.Operations[i];
            if (!needed.Contains(apply.Result.Id)) continue;
            operations.Add(apply);
            foreach (Value input in apply.Inputs) needed.Add(input.Id);
        }

        operations.Reverse();
        return [.. operations];
    }
}
