using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Reverse;

/// <summary>
/// Lets a function say which memory its branches and loops have chosen: beside each buffer that they hand on go the position of its root and its first element.
/// The backward part finds the adjoint of the memory by these numbers, which are saved or computed again like any others; spans themselves could not be saved.
/// Allocations that outlive the region that makes them (one in each iteration, say) have their adjoints one behind the other in an arena; a counter says how
/// much of it is used.
/// </summary>
internal sealed class OriginTracker
{
    private readonly ValueFactory _values;
    private readonly BufferRoots _roots;
    private readonly BufferOrigins _origins;
    private readonly Func<Value, bool> _isTracked;
    private readonly Dictionary<ElementKind, Value> _used = [];

    private OriginTracker(BufferRoots roots, Func<Value, bool> isTracked, ValueFactory values)
    {
        _values = values;
        _roots = roots;
        _isTracked = isTracked;
        _origins = new BufferOrigins(roots);
    }

    /// <param name="function">The function.</param>
    /// <param name="isTracked">Whether a buffer has an adjoint.</param>
    /// <param name="values">Where new values come from.</param>
    /// <param name="origins">What the backward part may ask.</param>
    public static Function Run(Function function, Func<Value, bool> isTracked, ValueFactory values, out BufferOrigins origins)
    {
        var roots = new BufferRoots(function.Parameters, function.Body);
        var tracker = new OriginTracker(roots, isTracked, values);
        origins = tracker._origins;
        if (!roots.HasJoins) return function;

        var entry = new InstructionBuilder(values);
        foreach (ElementKind kind in tracker.Arenas(function.Body)) tracker._used[kind] = entry.Int(0);
        InstructionBuilder body = tracker.Visit(function.Body, entry);
        foreach (KeyValuePair<ElementKind, Value> total in tracker._used) origins.Totals[total.Key] = total.Value;
        return function with { Body = body.ToRegion(function.Body.Parameters, function.Body.Yields) };
    }

    private InstructionBuilder Visit(Region region, InstructionBuilder builder)
    {
        foreach (Instruction instruction in region.Body)
        {
            builder.Step = instruction.Step;
            switch (instruction)
            {
                case If branch:
                    VisitIf(branch, builder);
                    break;
                case For loop:
                    Loop(loop, loop.Initial, loop.Body, 1, builder, (defines, initial, body) => loop with { Defines = defines, Initial = initial, Body = body });
                    break;
                case While loop:
                    Loop(loop, loop.Initial, loop.Body, 0, builder, (defines, initial, body) => loop with { Defines = defines, Initial = initial, Body = body });
                    break;
                case AllocateBuffer allocate when IsInArena(allocate.Result):
                    builder.Append(allocate);
                    _origins.Starts[allocate.Result.Id] = _used[allocate.Result.Element];
                    _used[allocate.Result.Element] = builder.Scalar(ScalarOp.Add, _used[allocate.Result.Element], allocate.Length);
                    break;
                default:
                    builder.Append(instruction);
                    break;
            }
        }

        return builder;
    }

    private void VisitIf(If branch, InstructionBuilder builder)
    {
        Dictionary<ElementKind, Value> before = new(_used);
        InstructionBuilder then = Visit(branch.Then, builder.Nested());
        Dictionary<ElementKind, Value> afterThen = new(_used);
        Restore(before);
        InstructionBuilder other = Visit(branch.Else, builder.Nested());
        List<Value> defines = [.. branch.Defines], thenYields = [.. branch.Then.Yields], otherYields = [.. branch.Else.Yields];
        var joins = new List<(Value Buffer, JoinOrigin Origin)>();
        for (int k = 0; k < branch.Defines.Length; k++)
        {
            if (!IsTrackedJoin(branch.Defines[k])) continue;
            JoinOrigin join = NewJoin(branch.Defines[k]);
            joins.Add((branch.Defines[k], join));
            if (join.Selector is { } selector) Add(selector, Selector(branch.Then.Yields[k], join, then), Selector(branch.Else.Yields[k], join, other));
            if (join.Start is { } start) Add(start, Start(branch.Then.Yields[k], then) ?? then.Int(0), Start(branch.Else.Yields[k], other) ?? other.Int(0));
        }

        foreach (ElementKind kind in before.Keys)
        {
            if (afterThen[kind] == _used[kind]) continue;
            Value used = _values.New(IrType.Int32);
            Add(used, afterThen[kind], _used[kind]);
            _used[kind] = used;
        }

        builder.Append(branch with
        {
            Defines = defines.ToEquatable(), Then = then.ToRegion([], thenYields), Else = other.ToRegion([], otherYields),
        });
        foreach ((Value buffer, JoinOrigin join) in joins) builder.Append(new BufferLength(join.Length, buffer));

        void Add(Value define, Value first, Value second)
        {
            defines.Add(define);
            thenYields.Add(first);
            otherYields.Add(second);
        }
    }

    private void Loop(
        Instruction loop, EquatableArray<Value> initial, Region body, int counters, InstructionBuilder builder,
        Func<EquatableArray<Value>, EquatableArray<Value>, Region, Instruction> make)
    {
        var added = new List<(Value Initial, Value State, Value Result, Func<InstructionBuilder, Value> Next)>();
        var results = new List<(Value Buffer, JoinOrigin Origin)>();
        InstructionBuilder inner = builder.Nested();
        for (int k = 0; k < initial.Length; k++)
        {
            Value state = body.Parameters[k + counters], yielded = body.Yields[k], first = initial[k];
            if (!IsTrackedJoin(state)) continue;
            JoinOrigin inside = NewJoin(state), after = NewJoin(loop.Results[k]);
            results.Add((loop.Results[k], after));
            if (inside.Selector is { } selector)
                added.Add((Selector(first, inside, builder), selector, after.Selector!, b => Selector(yielded, inside, b)));
            if (inside.Start is { } start)
                added.Add((Start(first, builder) ?? builder.Int(0), start, after.Start!, b => Start(yielded, b) ?? b.Int(0)));
            inner.Append(new BufferLength(inside.Length, state));
        }

        Dictionary<ElementKind, Value> before = new(_used);
        foreach (ElementKind kind in Arenas(body))
        {
            Value used = _values.New(IrType.Int32), after = _values.New(IrType.Int32);
            added.Add((before[kind], used, after, _ => _used[kind]));
            _used[kind] = used;
            before[kind] = after;
        }

        Visit(body, inner);
        List<Value> yields = [.. body.Yields, .. added.Select(a => a.Next(inner))];
        Restore(before);
        builder.Append(make(
            [.. loop.Results, .. added.Select(static a => a.Result)], [.. initial, .. added.Select(static a => a.Initial)],
            inner.ToRegion([.. body.Parameters, .. added.Select(static a => a.State)], yields)));
        foreach ((Value buffer, JoinOrigin join) in results) builder.Append(new BufferLength(join.Length, buffer));
    }

    private bool IsTrackedJoin(Value buffer) => _roots.IsJoin(buffer) && _isTracked(buffer);

    private bool IsInArena(Value allocation) => _roots.Escapes(allocation) && _isTracked(allocation);

    private JoinOrigin NewJoin(Value buffer)
    {
        OriginRoot[] roots = [.. _roots.RootsOf(buffer).Select(r => new OriginRoot(IsInArena(r) ? null : r, r.Element)).Distinct()];
        var join = new JoinOrigin(
            roots, roots.Length > 1 ? _values.New(IrType.Int32) : null, _roots.IsShifted(buffer) ? _values.New(IrType.Int32) : null, _values.New(IrType.Int32));
        return _origins.Joins[buffer.Id] = join;
    }

    /// <summary>The position of a buffer's root among those of a join that it goes to.</summary>
    private Value Selector(Value buffer, JoinOrigin to, InstructionBuilder builder)
    {
        while (_roots.SliceOf(buffer) is { } slice) buffer = slice.Buffer;
        if (_origins.Find(buffer) is not { } from) return builder.Int(Position(to, new OriginRoot(IsInArena(buffer) ? null : buffer, buffer.Element)));
        if (from.Selector is not { } selector) return builder.Int(Position(to, from.Roots[0]));
        if (from.Roots.SequenceEqual(to.Roots)) return selector;

        // The same root has another position there.
        Value position = builder.Int(Position(to, from.Roots[from.Roots.Count - 1]));
        for (int k = from.Roots.Count - 2; k >= 0; k--)
        {
            Value isThis = builder.Scalar(ScalarOp.Equal, selector, builder.Int(k));
            position = builder.Scalar(ScalarOp.Select, isThis, builder.Int(Position(to, from.Roots[k])), position);
        }

        return position;
    }

    private static int Position(JoinOrigin join, OriginRoot root)
    {
        for (int k = 0; k < join.Roots.Count; k++)
            if (join.Roots[k] == root) return k;
        throw new InvalidOperationException("a buffer goes to a join that does not know its root");
    }

    /// <summary>The first element of a buffer in its root; null where that is the first of the root.</summary>
    private Value? Start(Value buffer, InstructionBuilder builder)
    {
        if (_roots.SliceOf(buffer) is { } slice)
            return Start(slice.Buffer, builder) is { } start ? builder.Scalar(ScalarOp.Add, start, slice.Start) : slice.Start;
        if (_origins.Find(buffer) is { } join) return join.Start;
        return _origins.Starts.TryGetValue(buffer.Id, out Value? first) ? first : null;
    }

    /// <summary>The kinds of arenas that a region, at any depth, takes from.</summary>
    private List<ElementKind> Arenas(Region region)
    {
        var kinds = new SortedSet<ElementKind>();
        Collect(region);
        return [.. kinds];

        void Collect(Region part)
        {
            foreach (Instruction instruction in part.Body)
            {
                if (instruction is AllocateBuffer allocate && IsInArena(allocate.Result)) kinds.Add(allocate.Result.Element);
                foreach (Region nested in instruction.Regions) Collect(nested);
            }
        }
    }

    private void Restore(Dictionary<ElementKind, Value> used)
    {
        foreach (KeyValuePair<ElementKind, Value> pair in used) _used[pair.Key] = pair.Value;
    }
}
