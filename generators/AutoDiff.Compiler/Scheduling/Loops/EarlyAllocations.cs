using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Scheduling.Loops;

/// <summary>
/// Memory that each iteration of a loop has for itself is taken once, before the outermost loop in front of which its length is known; an iteration takes a view of
/// it (which throws for a negative length, as an allocation does) and clears it, unless the first thing that happens to it is that every element is written.
/// </summary>
internal sealed class EarlyAllocations
{
    private readonly ValueFactory _values;
    private readonly IndexFacts _facts;
    private readonly MemoryEffects _effects;
    private readonly HashSet<int> _escaping = [];

    private EarlyAllocations(Region[] regions, ValueFactory values)
    {
        _values = values;
        _facts = new IndexFacts(regions);
        _effects = new MemoryEffects(_facts.RootOf);
        foreach (Region region in regions) FindEscapes(region);
    }

    /// <param name="values">Hands out new values.</param>
    /// <param name="parameters">The values that are known where the first region starts.</param>
    /// <param name="regions">Regions that follow one another.</param>
    public static Region[] Run(ValueFactory values, IEnumerable<Value> parameters, params Region[] regions)
    {
        var pass = new EarlyAllocations(regions, values);
        var known = parameters.ToDictionary(static v => v.Id);
        return [.. regions.Select(r => pass.Visit(r, known, []))];
    }

    // A buffer that outlives its iteration: it is handed on as a value, or kept for the backward part.
    private void FindEscapes(Region region)
    {
        foreach (Instruction instruction in region.Body)
        {
            foreach (Region nested in instruction.Regions) FindEscapes(nested);
            if (instruction is Push or For or While or Call { IsRecording: true }) Escape(instruction.Operands);
        }

        Escape(region.Yields);

        void Escape(IEnumerable<Value> values)
        {
            foreach (Value value in values)
                if (value.Type is BufferType && _facts.RootOf(value) is { } root) _escaping.Add(root.Id);
        }
    }

    /// <summary>A place in front of a loop: the values that are known there, and what is taken there for the loop's iterations.</summary>
    private sealed record Front(Dictionary<int, Value> Known, List<Instruction> Early);

    /// <param name="region">A region.</param>
    /// <param name="known">The values that are known where it starts; those that it defines are added while it runs.</param>
    /// <param name="fronts">The places in front of the loops around it, the outermost first.</param>
    private Region Visit(Region region, Dictionary<int, Value> known, IReadOnlyList<Front> fronts)
    {
        var body = new List<Instruction>();
        for (int i = 0; i < region.Body.Length; i++)
        {
            Instruction instruction = region.Body[i];
            switch (instruction)
            {
                case For or While:
                    var front = new Front(new(known), []);
                    Region inside = instruction.Regions[0];
                    var defined = new Dictionary<int, Value>(known);
                    foreach (Value parameter in inside.Parameters) defined[parameter.Id] = parameter;
                    inside = Visit(inside, defined, [.. fronts, front]);
                    body.AddRange(front.Early);
                    body.Add(instruction is For loop ? loop with { Body = inside } : ((While)instruction) with { Body = inside });
                    break;
                case If branch:
                    body.Add(branch with { Then = Visit(branch.Then, new(known), fronts), Else = Visit(branch.Else, new(known), fronts) });
                    break;
                case AllocateBuffer { Result.Type: BufferType { Kind: BufferKind.Span } } allocate when !_escaping.Contains(allocate.Result.Id) && Early(allocate, fronts) is { } memory:
                    Value zero = _values.New(IrType.Int32);
                    body.Add(new Constant(zero, 0));
                    body.Add(new SliceBuffer(allocate.Result, memory, zero, allocate.Length) { Step = allocate.Step });
                    if (!IsOverwritten(allocate, region, i + 1))
                    {
                        Value nothing = _values.New(new ScalarType(allocate.Result.Element));
                        body.Add(new Constant(nothing, 0));
                        body.Add(new FillBuffer(allocate.Result, nothing) { Step = allocate.Step });
                    }

                    break;
                default:
                    body.Add(instruction);
                    break;
            }

            foreach (Value result in instruction.Results) known[result.Id] = result;
        }

        return region with { Body = body.ToEquatable() };
    }

    /// <summary>The memory, taken in front of the outermost loop where its length is known; null where that is nowhere.</summary>
    private Value? Early(AllocateBuffer allocate, IReadOnlyList<Front> fronts)
    {
        foreach (Front front in fronts)
        {
            if (Length(allocate, front) is not { } length) continue;
            Value memory = _values.New(allocate.Result.Type, allocate.Result.Name.Length == 0 ? "" : allocate.Result.Name + "Memory");
            front.Early.Add(new AllocateBuffer(memory, length) { IsEarly = true, Step = allocate.Step });
            return memory;
        }

        return null;
    }

    /// <summary>The length as it is known in front of a loop; null where it is not.</summary>
    private Value? Length(AllocateBuffer allocate, Front front)
    {
        if (front.Known.ContainsKey(allocate.Length.Id)) return allocate.Length;
        IndexPolynomial length = _facts.Of(allocate.Length);
        if (length.AsConstant is long constant)
        {
            Value value = _values.New(IrType.Int32);
            front.Early.Add(new Constant(value, constant));
            return value;
        }

        if (length.Terms.Count() != 1 || length.Terms.First() is not { Coefficient: 1, Atoms: [var atom] }) return null;
        if (!front.Known.TryGetValue(atom >> 1, out Value? origin)) return null;
        if ((atom & 1) == 0) return origin;
        Value ofBuffer = _values.New(IrType.Int32);
        front.Early.Add(new BufferLength(ofBuffer, origin));
        return ofBuffer;
    }

    private bool IsOverwritten(AllocateBuffer allocate, Region region, int from)
    {
        for (int i = from; i < region.Body.Length; i++)
        {
            Instruction instruction = region.Body[i];
            if (!_effects.Touched(instruction).Overlaps([allocate.Result.Id, MemoryEffects.Unknown])) continue;
            return instruction is For { HasCondition: false, Stride: 1 } loop && _facts.Of(loop.Start).AsConstant == 0
                && _facts.Of(loop.End).IsSame(_facts.Of(allocate.Length)) && IsFirstWritten(allocate.Result, loop);
        }

        return false;
    }

    private bool IsFirstWritten(Value buffer, For loop)
    {
        foreach (Instruction instruction in loop.Body.Body)
        {
            if (!_effects.Touched(instruction).Overlaps([buffer.Id, MemoryEffects.Unknown])) continue;
            return instruction is Store { Path.Length: 0 } store && store.Buffer.Id == buffer.Id && store.Index.Id == loop.Counter.Id;
        }

        return false;
    }
}
