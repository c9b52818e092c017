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

    public static Region Run(Region region, ICollection<int> keptValues)
    {
        var fuser = new Fuser();
        for (int i = 0; i < region.Body.Length; i++) fuser.Place(region.Body[i], i, keptValues);
        return region with { Body = fuser.Ordered(region, keptValues).ToEquatable() };
    }

    private void Place(Instruction instruction, int index, ICollection<int> kept)
    {
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

        if (instruction is If or For or While) instruction = WithFusedRegions(instruction, kept);
        var single = new FusionGroup(index, instruction, space);
        _groups.Add(single);
        foreach (Value result in instruction.Results) _definedBy[result.Id] = single;
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
        _ => instruction,
    };

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
    }

    private IEnumerable<Instruction> Ordered(Region region, ICollection<int> kept)
    {
        var waiting = new Dictionary<FusionGroup, HashSet<FusionGroup>>();
        FusionGroup? lastEffect = null;
        foreach (FusionGroup group in _groups)
        {
            var before = new HashSet<FusionGroup>(Before(group));
            if (group.Body.Any(Uses.HasEffect))
            {
                if (lastEffect is not null) before.Add(lastEffect);
                lastEffect = group;
            }

            waiting[group] = before;
        }

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
