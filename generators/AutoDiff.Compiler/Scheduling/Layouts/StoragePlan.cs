using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>
/// Which storages of a body share memory. A storage is live from the first instruction that writes a part of it to the last that reads one; storages whose
/// live ranges do not meet may lie in one slot, which is as large as the largest of them. Linear scan over the instructions in order (Poletto and Sarkar
/// 1999), the regions inside them included.
/// </summary>
internal sealed class StoragePlan
{
    private readonly Dictionary<int, Place> _places;
    private readonly HashSet<int> _fixed;
    private readonly HashSet<int> _owned = [];
    private readonly Dictionary<int, StorageSlot> _slots = [];

    private StoragePlan(Dictionary<int, Place> places, HashSet<int> fixedRoots) => (_places, _fixed) = (places, fixedRoots);

    /// <param name="region">The scheduled body.</param>
    /// <param name="places">Where its tensors lie.</param>
    /// <param name="fixedRoots">Storages that have memory of their own: of the caller, or read after the body.</param>
    /// <returns>The slot of each storage that the body provides.</returns>
    public static IReadOnlyDictionary<int, StorageSlot> Run(Region region, Dictionary<int, Place> places, IEnumerable<int> fixedRoots)
    {
        var plan = new StoragePlan(places, [.. fixedRoots]);
        plan.FixEscaping(region);
        plan.Scan(region, []);
        return plan._slots;
    }

    /// <summary>Whether the instruction writes its tensor results to storages that the body provides; others give another name to what is there.</summary>
    public static bool Writes(Instruction instruction) => instruction is RowKernel or ProductKernel or BlockLoop or Call or CallPullback
        or Apply { Operation: not (Permute or Reshape or SliceAxis or Concat or GetParameter or GetMember) };

    // What goes into a loop or comes out of a region is read under another name too: by the next iteration, or after the region.
    private void FixEscaping(Region region)
    {
        foreach (Value yield in region.Yields) Fix(yield);
        foreach (Instruction instruction in region.Body)
        {
            if (instruction.Regions.IsEmpty) continue;
            foreach (Value value in instruction.Operands.Concat(instruction.Results)) Fix(value);
            foreach (Region inner in instruction.Regions) FixEscaping(inner);
        }
    }

    private void Fix(Value value)
    {
        if (_places.TryGetValue(value.Id, out Place? place)) _fixed.Add(place.Root.Id);
    }

    private void Scan(Region region, List<StorageSlot> free)
    {
        // A storage belongs to the outermost region that names it; it is as long alive as regions inside read it.
        var roots = new Dictionary<int, Value>();
        var last = new Dictionary<int, int>();
        foreach (Instruction instruction in region.Body)
            foreach (Value root in Roots(instruction.Operands.Concat(instruction.Results)))
                if (!_owned.Contains(root.Id)) roots[root.Id] = root;
        for (int i = 0; i < region.Body.Length; i++)
            foreach (Value root in Roots(Uses.Read(region.Body[i]).Concat(region.Body[i].Results))) last[root.Id] = i;
        _owned.UnionWith(roots.Keys);

        var begun = new HashSet<int>();
        for (int i = 0; i < region.Body.Length; i++)
        {
            Instruction instruction = region.Body[i];
            foreach (Value root in Roots(instruction.Results))
            {
                if (!Writes(instruction)) _fixed.Add(root.Id);
                else if (roots.ContainsKey(root.Id) && begun.Add(root.Id) && !_fixed.Contains(root.Id)) Take(root, free);
            }

            foreach (Region inner in instruction.Regions) Scan(inner, instruction is If ? [.. free] : free);
            foreach (int root in begun)
                if (last[root] == i && _slots.TryGetValue(root, out StorageSlot? slot)) free.Add(slot);
        }
    }

    private void Take(Value root, List<StorageSlot> free)
    {
        // The memory that was used last is the warmest; one of the same size wastes none. A vector does not take the place of a matrix.
        Dim size = Fusible.Full(root).Count;
        int k = free.FindLastIndex(slot => slot.Element == root.Element && slot.Sizes.Contains(size));
        if (k < 0) k = free.FindLastIndex(slot => slot.Element == root.Element && Degree(slot.Sizes[0]) == Degree(size));
        StorageSlot taken = k < 0 ? new StorageSlot(root.Element) : free[k];
        if (k >= 0) free.RemoveAt(k);
        taken.Add(root, size);
        _slots[root.Id] = taken;
    }

    private IEnumerable<Value> Roots(IEnumerable<Value> values)
    {
        foreach (Value value in values)
            if (value.Type is TensorType && _places.TryGetValue(value.Id, out Place? place)) yield return place.Root;
    }

    private static int Degree(Dim dim) => dim.Terms.Max(static term => (int?)term.Powers.Sum(static power => power.Exponent)) ?? 0;
}
