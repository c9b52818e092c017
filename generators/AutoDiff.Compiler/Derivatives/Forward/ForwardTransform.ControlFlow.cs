using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Forward;

public sealed partial class ForwardTransform
{
    /// <summary>The results that carry a tangent each get one more result; both arms yield theirs.</summary>
    private void ForwardIf(If branch, InstructionBuilder builder)
    {
        int[] active = Active(branch.Results);
        Region then = Arm(branch.Then, active, builder), otherwise = Arm(branch.Else, active, builder);
        builder.Append(branch with { Defines = [.. branch.Defines, .. Tangents(branch.Defines, active)], Then = then, Else = otherwise });
    }

    private Region Arm(Region arm, int[] active, InstructionBuilder outer)
    {
        InstructionBuilder builder = outer.Nested();
        Run(arm, builder);
        return builder.ToRegion(arm.Parameters, Extended(arm.Yields, active, builder));
    }

    private void ForwardFor(For loop, InstructionBuilder builder)
    {
        int[] active = Active(loop.Body.Parameters.Skip(1));
        (EquatableArray<Value> initial, Region body) = Carry(loop.Initial, loop.Body, loop.Body.Parameters.Skip(1).ToArray(), active, builder);
        builder.Append(loop with { Initial = initial, Body = body, Defines = [.. loop.Defines, .. Tangents(loop.Defines, active)] });
    }

    private void ForwardWhile(While loop, InstructionBuilder builder)
    {
        int[] active = Active(loop.Body.Parameters);
        (EquatableArray<Value> initial, Region body) = Carry(loop.Initial, loop.Body, loop.Body.Parameters.ToArray(), active, builder);
        builder.Append(loop with { Initial = initial, Body = body, Defines = [.. loop.Defines, .. Tangents(loop.Defines, active)] });
    }

    /// <summary>The carried values that have a tangent each bring one more carried value.</summary>
    private (EquatableArray<Value> Initial, Region Body) Carry(
        EquatableArray<Value> initial, Region body, IReadOnlyList<Value> states, int[] active, InstructionBuilder builder)
    {
        EquatableArray<Value> first = Extended(initial, active, builder);
        Value[] tangents = Tangents(states, active);
        InstructionBuilder inner = builder.Nested();
        Run(body, inner);
        EquatableArray<Value> next = Extended(body.Yields, active, inner);
        return (first, inner.ToRegion([.. body.Parameters, .. tangents], next));
    }

    private int[] Active(IEnumerable<Value> values)
        => values.Select(static (value, k) => (value, k)).Where(p => _activity.IsActive(p.value)).Select(static p => p.k).ToArray();

    private Value[] Tangents(IReadOnlyList<Value> values, int[] active)
        => active.Select(k => _tangents[values[k].Id] = _values.New(JoinedType(values[k]), Functions.DerivedNames.Tangent(values[k].Name))).ToArray();

    /// <summary>
    /// The tangents of memory that control flow chooses from are spans: those of a parameter are one, and an array converts. Where one of them may only be read, the
    /// method writes none of them.
    /// </summary>
    private IrType JoinedType(Value primal)
    {
        if (primal.Type is not BufferType buffer) return primal.Type;
        bool isReadOnly = buffer.Kind == BufferKind.ReadOnlySpan || _roots.RootsOf(primal).Any(
            root => _tangents.TryGetValue(root.Id, out Value? tangent) && tangent.Type is BufferType { Kind: BufferKind.ReadOnlySpan });
        return buffer with { Kind = isReadOnly ? BufferKind.ReadOnlySpan : BufferKind.Span };
    }

    private Value Joined(Value primal, InstructionBuilder builder)
    {
        if (primal.Type is not BufferType buffer) return TangentOrZero(primal, builder);
        Value? tangent = Tangent(primal);
        Value length = _values.New(IrType.Int32);
        if (tangent is null)
        {
            builder.Append(new BufferLength(length, primal));
            builder.Append(new AllocateBuffer(tangent = _values.New(buffer with { Kind = BufferKind.Array }), length));
            length = _values.New(IrType.Int32);
        }

        IrType type = JoinedType(primal);
        if (tangent.Type == type) return tangent;
        Value view = _values.New(type), start = builder.Int(0);
        builder.Append(new BufferLength(length, tangent));
        builder.Append(new SliceBuffer(view, tangent, start, length));
        return view;
    }

    private EquatableArray<Value> Extended(EquatableArray<Value> values, int[] active, InstructionBuilder builder)
        => [.. values, .. active.Select(k => Joined(values[k], builder))];
}
