using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>
/// Puts the operations of a region into kernels. Greedy, in order: an operation joins the latest kernel that has its rows, shares a value with it, and does not
/// (through anything in between) wait for it. Then the kernels are put in an order in which each finds its operands.
/// </summary>
internal sealed class Fuser
{
    private readonly List<FusionGroup> _groups = [];
    private readonly Dictionary<int, FusionGroup> _definedBy = [];

    /// <summary>Effects keep their order: the one before each.</summary>
    private readonly Dictionary<FusionGroup, FusionGroup> _effectBefore = [];
    private FusionGroup? _lastEffect;

    public static Region Run(Region region, ICollection<int> keptValues)
    {
        var fuser = new Fuser();
        for (int i = 0; i < region.Body.Length; i++) fuser.Place(region.Body[i], i, keptValues);
        fuser.Merge();
        fuser.Sink(region, keptValues);
        return region with { Body = fuser.Ordered(region, keptValues).ToEquatable() };
    }

    private readonly List<Instruction> _order = [];

    private void Place(Instruction instruction, int index, ICollection<int> kept)
    {
        _order.Add(instruction);
        Shape? space = instruction is Apply apply ? SpaceOf(apply) : null;
        if (space is not null && instruction is Apply { Operation: not MatMul } joining)
        {
            for (int k = _groups.Count - 1; k >= 0; k--)
            {
                FusionGroup group = _groups[k];
                if (!group.Accepts(joining, space) || !group.Shares(joining) || WaitsFor(joining, group)) continue;
                group.Add(joining, space);
                _definedBy[joining.Result.Id] = group;
                return;
            }
        }

        if (instruction is If or For or While or BlockLoop) instruction = WithFusedRegions(instruction, kept);
        var single = new FusionGroup(index, instruction, space);
        _groups.Add(single);
        foreach (Value result in instruction.Results) _definedBy[result.Id] = single;
        if (!Uses.HasEffect(instruction)) return;
        if (_lastEffect is not null) _effectBefore[single] = _lastEffect;
        _lastEffect = single;
    }

    /// <summary>
    /// Makes one kernel of two that share rows and a value, where nothing in between needs the one and is needed by the other.
    /// </summary>
    private void Merge()
    {
        var positions = new Dictionary<int, int>();
        int next = 0;
        foreach (Instruction instruction in _order)
            foreach (Value result in instruction.Results) positions[result.Id] = next++;
        for (bool merged = true; merged;)
        {
            merged = false;
            for (int i = 0; i < _groups.Count && !merged; i++)
                for (int k = _groups.Count - 1; k >= 0 && !merged; k--)
                {
                    (FusionGroup first, FusionGroup second) = (_groups[i], _groups[k]);
                    if (k <= i && !first.IsProduct) continue;
                    if (!first.CanAbsorb(second) || !second.Body.Any(b => first.Shares((Apply)b)) || PassesThrough(first, second) || PassesThrough(second, first)) continue;
                    first.Absorb(second, positions);
                    _groups.RemoveAt(k);
                    foreach (Instruction instruction in second.Body) _definedBy[instruction.Results[0].Id] = first;
                    merged = true;
                }
        }
    }

    /// <summary>Whether a third kernel needs <paramref name="before"/> and is needed by <paramref name="after"/>.</summary>
    private bool PassesThrough(FusionGroup before, FusionGroup after)
    {
        var seen = new HashSet<FusionGroup> { after };
        return Before(after).Where(group => group != before).ToArray().Any(group => Reaches(group, before, seen));
    }

    /// <summary>
    /// Moves the last operation of an epilogue into the pass over rows that alone reads its result, where all that the operation reads is in memory anyway: one
    /// buffer less is written and read.
    /// </summary>
    private void Sink(Region region, ICollection<int> kept)
    {
        for (bool moved = true; moved;)
        {
            moved = false;
            foreach (FusionGroup product in _groups.Where(static g => g is { IsProduct: true, Space: not null, Body.Count: > 1 }).ToArray())
            {
                foreach (Apply apply in product.Body.Skip(1).Cast<Apply>().Reverse().ToArray())
                {
                    if (kept.Contains(apply.Result.Id) || region.Yields.Contains(apply.Result)) continue;
                    FusionGroup[] readers = [.. _groups.Where(g => g.Body.Any(i => Uses.Read(i).Contains(apply.Result)))];
                    if (readers is not [var rows] || rows.IsProduct || rows.Space is null || !rows.Accepts(apply, product.Space!) || !rows.Body.Any(static i => i is Apply a && Fusible.IsRowReduction(a)))
                        continue;
                    bool inMemory = apply.Inputs.All(input => !product.Defines(input) || kept.Contains(input.Id) || region.Yields.Contains(input)
                        || _groups.Any(g => g != product && g.Body.Any(i => Uses.Read(i).Contains(input))));
                    if (!inMemory || apply.Inputs.Any(input => _definedBy.TryGetValue(input.Id, out FusionGroup? by) && by != product && Reaches(by, rows, []))) continue;
                    product.Remove(apply);
                    rows.Insert(apply);
                    _definedBy[apply.Result.Id] = rows;
                    moved = true;
                    break;
                }

                if (moved) break;
            }
        }
    }

    private static Shape? SpaceOf(Apply apply) => apply.Operation is MatMul
        ? Fusible.Full(apply.Result)
        : LanesOnly(apply) ? Fusible.Space(apply) : null;

    /// <summary>Whether the lanes of a kernel can hold the values: floating numbers and masks of them.</summary>
    private static bool LanesOnly(Apply apply)
    {
        ElementKind? kind = null;
        foreach (Value value in apply.Inputs.Prepend(apply.Result))
        {
            if (value.Type is not TensorType tensor || tensor.Element == ElementKind.Bool) continue;
            if (tensor.Element.IsInteger())
            {
                if (value.Id == apply.Result.Id) return false;
                continue;
            }

            if (tensor.Element == ElementKind.Half || (kind is not null && kind != tensor.Element)) return false;
            kind = tensor.Element;
        }

        return kind is not null;
    }

    private static Instruction WithFusedRegions(Instruction instruction, ICollection<int> kept) => instruction switch
    {
        If branch => branch with { Then = Run(branch.Then, kept), Else = Run(branch.Else, kept) },
        For loop => loop with { Body = Run(loop.Body, kept) },
        While loop => loop with { Body = Run(loop.Body, kept) },
        BlockLoop loop => loop with { Again = Run(loop.Again, WithMemos(loop, kept)), Body = Run(loop.Body, WithMemos(loop, kept)) },
        _ => instruction,
    };

    private static HashSet<int> WithMemos(BlockLoop loop, ICollection<int> kept) => [.. kept, .. loop.Memos.Select(static memo => memo.Inner.Id)];

    /// <summary>Whether an operand from outside the group needs the group to have run.</summary>
    private bool WaitsFor(Apply apply, FusionGroup group)
    {
        var seen = new HashSet<FusionGroup>();
        return apply.Inputs.Any(input => !group.Defines(input) && _definedBy.TryGetValue(input.Id, out FusionGroup? other) && Reaches(other, group, seen));
    }

    private bool Reaches(FusionGroup from, FusionGroup target, HashSet<FusionGroup> seen)
    {
        if (from == target) return true;
        if (!seen.Add(from)) return false;
        return Before(from).Any(before => Reaches(before, target, seen));
    }

    private IEnumerable<FusionGroup> Before(FusionGroup group)
    {
        foreach (Instruction instruction in group.Body)
            foreach (Value value in Uses.Read(instruction))
                if (_definedBy.TryGetValue(value.Id, out FusionGroup? other) && other != group) yield return other;
        if (_effectBefore.TryGetValue(group, out FusionGroup? effect)) yield return effect;
    }

    private IEnumerable<Instruction> Ordered(Region region, ICollection<int> kept)
    {
        Dictionary<FusionGroup, HashSet<FusionGroup>> waiting = _groups.ToDictionary(static group => group, group => new HashSet<FusionGroup>(Before(group)));
        var readers = new Dictionary<int, HashSet<FusionGroup?>>();
        foreach (FusionGroup group in _groups)
            foreach (Instruction instruction in group.Body)
                foreach (Value value in Uses.Read(instruction)) Add(value, group);
        foreach (Value value in region.Yields) Add(value, null);

        while (waiting.Count > 0)
        {
            FusionGroup next = waiting.Where(static pair => pair.Value.Count == 0).Select(static pair => pair.Key).OrderBy(static g => g.Index).First();
            waiting.Remove(next);
            foreach (HashSet<FusionGroup> others in waiting.Values) others.Remove(next);
            yield return Finished(next, value => kept.Contains(value.Id)
                || (readers.TryGetValue(value.Id, out HashSet<FusionGroup?>? who) && who.Any(reader => reader != next)));
        }

        void Add(Value value, FusionGroup? reader)
        {
            if (!readers.TryGetValue(value.Id, out HashSet<FusionGroup?>? set)) readers[value.Id] = set = [];
            set.Add(reader);
        }
    }

    private static Instruction Finished(FusionGroup group, Func<Value, bool> isRead)
    {
        if (group.Space is null) return group.Body[0];
        Apply[] body = group.Body.Cast<Apply>().ToArray();
        EquatableArray<Value> defines = body.Select(static apply => apply.Result).Where(isRead).ToEquatable();
        int step = body.Select(static apply => apply.Step).Max();
        IEnumerable<Value> operands = body.SelectMany(static apply => apply.Inputs).Where(value => !group.Defines(value));
        if (!group.IsProduct) return new RowKernel(defines, group.Space, new(body), operands.Distinct().ToEquatable()) { Step = step };
        IEnumerable<Value> others = body.Skip(1).SelectMany(static apply => apply.Inputs).Where(value => !group.Defines(value)).Distinct();
        return new ProductKernel(defines, body[0], new(body.Skip(1).ToArray()), [.. body[0].Inputs, .. others]) { Step = step };
    }
}
