using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Reverse;

public sealed partial class ReverseTransform
{
    private readonly Dictionary<ElementKind, Value> _arenas = [];

    /// <summary>What comes first in the backward part: the adjoints of allocations that outlive their regions, and of memory that a join may stand for though it has no gradient.</summary>
    private InstructionBuilder ShadowArenas()
    {
        var entry = new InstructionBuilder(_values);
        foreach (KeyValuePair<ElementKind, Value> total in _origins.Totals)
        {
            Value arena = _values.New(new BufferType(total.Key, BufferKind.Span), "arena");
            entry.Append(new AllocateBuffer(arena, total.Value));
            _arenas[total.Key] = arena;
        }

        foreach (Value root in _origins.Joins.Values.SelectMany(static j => j.Roots).Select(static r => r.Buffer!).Where(static r => r is not null).Distinct())
        {
            if (_shadows.ContainsKey(root.Id) || !_primal.Parameters.Any(p => p.Value == root)) continue;
            Value length = _origins.LengthOf(root, entry), unused = NewShadow(root);
            entry.Append(new AllocateBuffer(unused, length));
        }

        return entry;
    }

    /// <summary>The shadow of a buffer that a branch or a loop chose: the shadow of the root that it stands for, from where it begins in it.</summary>
    private void ShadowJoin(Value buffer, InstructionBuilder prologue)
    {
        if (_origins.Find(buffer) is not { } join) return;
        Value chosen = Choose(join, 0, prologue);
        if (join.Start is not null)
        {
            Value view = NewShadow(buffer);
            prologue.Append(new SliceBuffer(view, chosen, join.Start, join.Length));
        }
        else
        {
            _shadows[buffer.Id] = chosen;
        }
    }

    private Value Choose(JoinOrigin join, int position, InstructionBuilder builder)
    {
        if (position == join.Roots.Count - 1) return ShadowOf(join.Roots[position]);
        Value isThis = builder.Scalar(ScalarOp.Equal, join.Selector!, builder.Int(position));
        InstructionBuilder then = builder.Nested(), other = builder.Nested();
        Value first = ShadowOf(join.Roots[position]), rest = Choose(join, position + 1, other);
        Value chosen = _values.New(first.Type);
        builder.Append(new If([chosen], isThis, then.ToRegion([], [first]), other.ToRegion([], [rest])));
        return chosen;
    }

    private Value ShadowOf(OriginRoot root) => root.Buffer is null ? _arenas[root.Element] : _shadows[root.Buffer.Id];
}
