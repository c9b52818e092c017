using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>Instructions that run together: one that is no kernel, or a kernel that grows while fusion goes through a region.</summary>
internal sealed class FusionGroup(int index, Instruction first, Shape? space)
{
    private readonly HashSet<int> _defined = [.. first.Results.Select(static value => value.Id)];

    /// <summary>The place of the first instruction in the region.</summary>
    public int Index { get; private set; } = index;

    public List<Instruction> Body { get; } = [first];

    /// <summary>The space of a kernel that more can join; null for anything else.</summary>
    public Shape? Space { get; private set; } = space;

    /// <summary>The element type that the lanes have.</summary>
    public ElementKind? Kind { get; private set; } = KindOf(first);

    public bool IsProduct => Body[0] is Apply { Operation: MatMul };

    public bool Defines(Value value) => _defined.Contains(value.Id);

    public void Add(Apply apply, Shape space)
    {
        Body.Add(apply);
        _defined.Add(apply.Result.Id);
        Kind ??= KindOf(apply);
        if (Space![-1].IsOne) Space = space;
    }

    /// <summary>Takes over what another kernel computes, in the order of the region.</summary>
    public void Absorb(FusionGroup other, Dictionary<int, int> positions)
    {
        Body.AddRange(other.Body);
        Instruction first = Body[0];
        Body.Sort((a, b) => positions[a.Results[0].Id].CompareTo(positions[b.Results[0].Id]));
        if (first is Apply { Operation: MatMul })
        {
            Body.Remove(first);
            Body.Insert(0, first);
        }

        foreach (Instruction instruction in other.Body)
            foreach (Value result in instruction.Results) _defined.Add(result.Id);
        Kind ??= other.Kind;
        if (Space![-1].IsOne) Space = other.Space;
        Index = Math.Min(Index, other.Index);
    }

    /// <summary>
    /// Whether two kernels could be one, dependencies aside: two passes over the same rows, or a product and elementwise operations on it and on others.
    /// </summary>
    public bool CanAbsorb(FusionGroup other)
        => IsProduct
            ? !other.IsProduct && other.Space is not null && other.Space == Space && (other.Kind is null || other.Kind == Kind)
                && other.Body.All(static i => i is Apply apply && Fusible.InEpilogue(apply)) && other.Body.Any(i => ((Apply)i).Inputs.Any(Defines))
            : CanAbsorbRows(other);

    private bool CanAbsorbRows(FusionGroup other)
        => other != this && !IsProduct && !other.IsProduct && Space is not null && other.Space is { } space
            && other.Body.All(i => Accepts((Apply)i, Fusible.Space((Apply)i)!)) && Body.All(i => other.Accepts((Apply)i, Fusible.Space((Apply)i)!))
            && (space == Space || space[-1].IsOne || Space[-1].IsOne);

    /// <summary>Puts an operation in front of those that read it.</summary>
    public void Insert(Apply apply)
    {
        Body.Insert(0, apply);
        _defined.Add(apply.Result.Id);
    }

    /// <summary>Removes an operation that another kernel takes over.</summary>
    public void Remove(Apply apply)
    {
        Body.Remove(apply);
        _defined.Remove(apply.Result.Id);
    }

    /// <summary>Whether the operation fits into this kernel's rows and columns, dependencies aside.</summary>
    public bool Accepts(Apply apply, Shape space)
    {
        if (Space is null || (Kind is { } kind && KindOf(apply) is { } other && kind != other)) return false;
        if (IsProduct) return Fusible.InEpilogue(apply) && space == Space && !apply.Inputs.Any(input => Defines(input) && input.Type is not TensorType);
        if (Body[0] is Apply { Operation: Copy } || apply.Operation is Copy) return false;
        if (!Fusible.SameRows(space, Space)) return false;
        if (space != Space && !space[-1].IsOne && !Space[-1].IsOne) return false;
        // What a reduction over all rows gives is known only after the pass; what is picked by index has to be in memory.
        if (apply.Inputs.Any(input => Body.Any(b => b is Apply inner && inner.Result.Id == input.Id && Fusible.IsColumnReduction(inner)))) return false;
        return !(apply.Operation is PickTarget or Gather && apply.Inputs.Any(Defines));
    }

    /// <summary>Whether the operation shares a value with this kernel, so that running together saves a pass over memory.</summary>
    public bool Shares(Apply apply)
    {
        foreach (Value input in apply.Inputs)
        {
            if (Defines(input)) return true;
            if (!IsProduct && input.Type is TensorType { Shape.Rank: > 1 } && Body.Any(other => other.Operands.Contains(input))) return true;
        }

        return false;
    }

    /// <summary>The floating type among result and operands; masks and indices go with any.</summary>
    private static ElementKind? KindOf(Instruction instruction)
    {
        if (instruction is not Apply apply) return null;
        foreach (Value value in apply.Inputs.Prepend(apply.Result))
            if (value.Type is TensorType { Element: var kind } && kind.IsFloating()) return kind;
        return null;
    }
}
