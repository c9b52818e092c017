using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Derivatives.Residuals;

/// <summary>
/// Leaves out of a region that is run again what it stores for later iterations, and what only those stores need. Memory whose last store is gone still holds what was
/// read of it before, so that it is read again and not saved.
/// </summary>
internal sealed class DeadStores
{
    private readonly IndexFacts _facts;
    private readonly HashSet<int> _memory;
    private readonly HashSet<int> _read;
    private readonly List<(Instruction Instruction, For[] Loops)> _order = [];
    private readonly HashSet<Instruction> _dead = new(IdentityComparer<Instruction>.Instance);

    private DeadStores(Region region, HashSet<int> memory, HashSet<int> demanded)
    {
        _facts = new IndexFacts([region]);
        (_memory, _read) = (memory, [.. demanded]);
        Collect(region, []);
        foreach (Value yielded in region.Yields) _read.Add(yielded.Id);
    }

    /// <param name="region">What is run again.</param>
    /// <param name="memory">The roots of the buffers that nobody reads behind it.</param>
    /// <param name="demanded">The values that somebody needs.</param>
    public static Region Run(Region region, HashSet<int> memory, HashSet<int> demanded)
    {
        while (true)
        {
            var pass = new DeadStores(region, memory, demanded);
            foreach ((Instruction instruction, For[] loops) in pass._order)
                if (pass.IsDead(instruction, loops)) pass._dead.Add(instruction);
            if (pass._dead.Count == 0) return region;
            region = pass.Sweep(region);
        }
    }

    private void Collect(Region region, For[] loops)
    {
        foreach (Instruction instruction in region.Body)
        {
            foreach (Value operand in instruction.Operands) _read.Add(operand.Id);
            foreach (Region nested in instruction.Regions)
            {
                Collect(nested, instruction is For loop ? [.. loops, loop] : loops);
                foreach (Value yielded in nested.Yields) _read.Add(yielded.Id);
            }

            _order.Add((instruction, loops));
        }
    }

    private bool IsDead(Instruction instruction, For[] loops) => instruction switch
    {
        Load or Constant or Apply => !_read.Contains(instruction.Results[0].Id),
        Store store => Root(store.Buffer) is { } root && _memory.Contains(root.Id) && !IsReadLater(store, loops, root),
        _ => false,
    };

    private bool IsReadLater(Store store, For[] loops, Value root)
    {
        bool isBehind = false;
        foreach ((Instruction other, For[] around) in _order)
        {
            if (ReferenceEquals(other, store))
            {
                isBehind = true;
                continue;
            }

            if (other is Store or SliceBuffer or BufferLength or If or For || !other.Operands.Any(v => v.Type is BufferType && (Root(v) is not { } r || r.Id == root.Id))) continue;
            if (isBehind || other is not Load load) return true;
            For[] common = [.. loops.TakeWhile((l, k) => k < around.Length && ReferenceEquals(l, around[k]))];
            if (common.Length > 0 && !(common.Length == 1 && IsSameElement(store, load, common[0]))) return true;
        }

        return false;
    }

    /// <summary>Whether a load in front of a store reads the element that is stored in the same iteration, and no iteration the element of another one.</summary>
    private bool IsSameElement(Store store, Load load, For loop)
    {
        IndexPolynomial at = _facts.StartOf(store.Buffer) + _facts.Of(store.Index);
        return at.IsSame(_facts.StartOf(load.Buffer) + _facts.Of(load.Index)) && at.Split(IndexFacts.AtomOf(loop.Counter)) is var (step, _) && step.AsConstant is not (null or 0);
    }

    private Value? Root(Value buffer) => _facts.RootOf(buffer);

    private Region Sweep(Region region) => region with
    {
        Body = region.Body.Where(i => !_dead.Contains(i)).Select(instruction => instruction switch
        {
            If branch => branch with { Then = Sweep(branch.Then), Else = Sweep(branch.Else) },
            For loop => loop with { Body = Sweep(loop.Body) },
            _ => instruction,
        }).ToEquatable(),
    };
}
