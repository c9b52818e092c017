using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>A region of kernels.</summary>
/// <param name="Region">The region.</param>
/// <param name="Places">Where its tensors lie.</param>
/// <param name="Accumulated">The storages that are gradients of parameters, to which is added.</param>
/// <param name="Parts">The storages of the results of block loops, as the loops' bodies name them.</param>
internal sealed record ScheduledBody(
    Region Region, Dictionary<int, Place> Places, Dictionary<int, AccumulateParameter> Accumulated, Dictionary<int, Value> Parts);

/// <summary>From tensor operations to kernels: block, decompose, place, fuse.</summary>
internal static class Scheduler
{
    /// <param name="region">The region of a method.</param>
    /// <param name="values">Makes values that the method does not have yet.</param>
    /// <param name="places">The places of tensors from outside.</param>
    /// <param name="kept">What somebody reads after the region, besides its yields.</param>
    /// <param name="destinations">Which tensors are to be written to which storages of the caller.</param>
    /// <param name="memos">What block loops leave to, or take from, those of the other part; nothing by default.</param>
    public static ScheduledBody Run(
        Region region, ValueFactory values, Dictionary<int, Place> places, IReadOnlyCollection<Value> kept, IEnumerable<(Value Value, Value Destination)> destinations,
        BlockMemos? memos = null)
    {
        region = DeadCode.Run(region with { Yields = [.. region.Yields, .. kept] }) with { Yields = region.Yields };
        region = BranchConversion.Run(region, values);
        region = Unflattening.Run(region);
        region = Blocking.Run(region, values, kept, memos ?? BlockMemos.None);
        region = Decomposer.Run(region, values, kept);
        region = Pruning.Run(region, kept);
        var planner = new PlacePlanner(places, values, kept);
        region = planner.Run(region, destinations);
        var read = new HashSet<int>(kept.Select(static value => value.Id));
        // Who computes a value in its place is read by nobody else but its place.
        foreach (KeyValuePair<int, Place> place in places)
            if (place.Key != place.Value.Root.Id) read.Add(place.Key);
        region = Fuser.Run(region, read);
        return new ScheduledBody(region, places, planner.Accumulated, planner.Parts);
    }
}
