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

    /// <summary>The tangents of arrays that control flow chooses from are spans: those of a parameter are one, and an array converts.</summary>
    private static IrType JoinedType(Value primal) => primal.Type is BufferType { Kind: BufferKind.Array } array ? array with { Kind = BufferKind.Span } : primal.Type;

    private Value Joined(Value primal, InstructionBuilder builder)
    {
        Value tangent = TangentOrZero(primal, builder);
        IrType type = JoinedType(primal);
        if (tangent.Type == type || tangent.Type is not BufferType found) return tangent;
        if (type is BufferType { Kind: BufferKind.Span } && found.Kind == BufferKind.ReadOnlySpan)
            throw new NotSupportedException($"the tangents of '{primal.Name}' are read-only, and it stands for memory that may be written; take a Span in its place");
        Value length = _values.New(IrType.Int32), view = _values.New(type), start = builder.Int(0);
        builder.Append(new BufferLength(length, tangent));
        builder.Append(new SliceBuffer(view, tangent, start, length));
        return view;
    }

    private EquatableArray<Value> Extended(EquatableArray<Value> values, int[] active, InstructionBuilder builder)
        => [.. values, .. active.Select(k => Joined(values[k], builder))];
}
