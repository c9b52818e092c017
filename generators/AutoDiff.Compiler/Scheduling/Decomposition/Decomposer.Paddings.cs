using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

// The adjoints of slices are padded and added up. Parts that do not overlap are joined instead, each written once in its place.
internal sealed partial class Decomposer
{
    private readonly Dictionary<int, EquatableArray<Part>> _parts = [];

    /// <summary>Adjacent operands along an axis; a null operand is zero.</summary>
    private sealed record Part(Value? Operand, Dim Length);

    private void DefinePadding(Value result, PadAxis pad, Value x)
    {
        Dim before = pad.Start, after = ShapeOf(result)[pad.Axis] - pad.Start - ShapeOf(x)[pad.Axis];
        var parts = new List<Part>();
        if (before != Dim.Zero) parts.Add(new(null, before));
        parts.Add(new(x, ShapeOf(x)[pad.Axis]));
        if (after != Dim.Zero) parts.Add(new(null, after));
        DefineJoin(result, pad.Axis, parts.ToEquatable());
    }

    private void DefineJoin(Value result, int axis, EquatableArray<Part> parts)
    {
        _parts[result.Id] = parts;
        Shape shape = ShapeOf(result);
        Value[] operands = parts.Select(part => part.Operand ?? Zeros(result.Element, shape, axis, part.Length)).ToArray();
        Define(result, new Concat(axis), operands);
    }

    private Value Zeros(ElementKind kind, Shape shape, int axis, Dim length)
    {
        var part = new Shape(shape.Dims.Select((dim, k) => k == axis ? length : dim).ToEquatable());
        return Apply(new BroadcastTo(), new TensorType(kind, part), Constant(kind, 0));
    }

    private bool TryJoinPaddings(Value result, EquatableArray<Value> inputs)
    {
        if (!IsJoin(inputs[0], out Concat? left, out EquatableArray<Part> a) || !IsJoin(inputs[1], out Concat? right, out EquatableArray<Part> b)) return false;
        if (left.Axis != right.Axis || ShapeOf(inputs[0]) != ShapeOf(inputs[1])) return false;
        if (Merge(a, b) is not { } parts) return false;
        Remove(inputs[0]);
        Remove(inputs[1]);
        DefineJoin(result, left.Axis, parts);
        return true;
    }

    private bool IsJoin(Value value, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Concat? concat, out EquatableArray<Part> parts)
    {
        concat = null;
        if (!_parts.TryGetValue(value.Id, out parts) || _uses[value.Id] != 1) return false;
        concat = _definitions[value.Id].Operation as Concat;
        return concat is not null && _body.Contains(_definitions[value.Id]);
    }

    private void Remove(Value value)
    {
        Apply concat = _definitions[value.Id];
        _body.Remove(concat);
        foreach (Value operand in concat.Inputs)
            if (_definitions.TryGetValue(operand.Id, out Apply? zeros) && zeros.Operation is BroadcastTo && !_uses.ContainsKey(operand.Id)) _body.Remove(zeros);
    }

    /// <summary>Both runs in one; null where they overlap or their borders cannot be put in order.</summary>
    private static EquatableArray<Part>? Merge(EquatableArray<Part> a, EquatableArray<Part> b)
    {
        var merged = new List<Part>();
        int i = 0, j = 0;
        Dim restOfA = a[0].Length, restOfB = b[0].Length;
        while (true)
        {
            Value? x = a[i].Operand, y = b[j].Operand;
            if (x is not null && y is not null) return null;
            Dim step;
            if (restOfA == restOfB) step = restOfA;
            else if (x is not null || (y is null && IsLess(restOfA, restOfB))) step = restOfA;
            else step = restOfB;
            // Inside zeros of one side lies an operand of the other, whole.
            if ((x is not null && step != a[i].Length) || (y is not null && step != b[j].Length)) return null;
            if ((step != restOfA && !IsLess(step, restOfA)) || (step != restOfB && !IsLess(step, restOfB))) return null;
            merged.Add(new(x ?? y, step));
            restOfA -= step;
            restOfB -= step;
            if (restOfA == Dim.Zero && ++i < a.Length) restOfA = a[i].Length;
            if (restOfB == Dim.Zero && ++j < b.Length) restOfB = b[j].Length;
            if (i == a.Length || j == b.Length) return i == a.Length && j == b.Length ? merged.ToEquatable() : (EquatableArray<Part>?)null;
        }
    }

    /// <summary>Whether the difference is certainly positive: dimensions are, so a polynomial with only positive coefficients is.</summary>
    private static bool IsLess(Dim a, Dim b) => (b - a).Terms is { IsEmpty: false } terms && terms.All(static term => term.Numerator > 0);
}
