using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling.Loops;

/// <summary>
/// A few numbers that a method keeps for itself, as many as is known at build time, lie on the processor's stack: local buffers, and what a loop saves for its backward
/// loop. Nothing is rented for them, and nothing has to be given back. Not inside a loop, where each iteration would take more, and not what control flow hands on.
/// </summary>
internal sealed class StackMemory
{
    private const int MaxBytes = 1024;

    private readonly IndexFacts _facts;
    private readonly HashSet<int> _escaping = [];
    private readonly HashSet<int> _onStack = [];
    private readonly Dictionary<int, Value> _runs = [];
    private int _bytes;

    private StackMemory(Region forward, Region backward)
    {
        _facts = new IndexFacts([forward, backward]);
        var tapes = new Dictionary<int, int>();
        foreach (Region region in new[] { forward, backward }) FindEscapes(region, tapes);
        foreach (Instruction instruction in forward.Body.Concat(backward.Body))
            if (instruction is AllocateBuffer { Result.Type: BufferType { Kind: BufferKind.Span, Struct: null } } allocate && !_escaping.Contains(allocate.Result.Id)
                && Fits(allocate.Result.Element, _facts.Of(allocate.Length).AsConstant)) _onStack.Add(allocate.Result.Id);

        // A tape on which one loop saves, and from which its backward loop takes, is a buffer that both know.
        foreach (ReserveTape reserve in forward.Body.OfType<ReserveTape>())
        {
            if (tapes[reserve.Tape.Id] != 2 || backward.Body.OfType<ReleaseTape>().FirstOrDefault(r => r.Tape.Id == reserve.Tape.Id) is not { } release) continue;
            if (!Fits(reserve.Result.Element, _facts.LengthOf(reserve.Result).AsConstant)) continue;
            Value buffer = new(reserve.Tape.Id, reserve.Result.Type, reserve.Tape.Name);
            _onStack.Add(buffer.Id);
            _runs[reserve.Result.Id] = _runs[release.Result.Id] = buffer;
        }
    }

    public static (Region Forward, Region Backward) Run(Region forward, Region backward, ValueFactory values)
    {
        var pass = new StackMemory(forward, backward);
        return pass._onStack.Count == 0 ? (forward, backward) : (pass.Rewrite(forward, values), pass.Rewrite(backward, values));
    }

    private bool Fits(ElementKind element, long? length)
    {
        int size = element switch
        {
            ElementKind.Double or ElementKind.Int64 or ElementKind.UInt64 => 8,
            ElementKind.Single or ElementKind.Int32 or ElementKind.UInt32 => 4,
            _ => 0,
        };
        if (size == 0 || length is not (> 0 and <= MaxBytes) || _bytes + size * length > MaxBytes) return false;
        _bytes += size * (int)length;
        return true;
    }

    /// <summary>Buffers that are handed on as values, and how often each tape is named besides its declaration.</summary>
    private void FindEscapes(Region region, Dictionary<int, int> tapes)
    {
        foreach (Instruction instruction in region.Body)
        {
            foreach (Value operand in instruction.Operands)
                if (operand.Type is TapeType) tapes[operand.Id] = (tapes.TryGetValue(operand.Id, out int count) ? count : 0) + 1;
            foreach (Region nested in instruction.Regions) FindEscapes(nested, tapes);
            if (instruction is Push or If or For or While || instruction is Call call && call.Results.Any(static r => r.Type is BufferType)) Escape(instruction.Operands);
        }

        Escape(region.Yields);

        void Escape(IEnumerable<Value> values)
        {
            foreach (Value value in values)
                if (value.Type is BufferType && _facts.RootOf(value) is { } root) _escaping.Add(root.Id);
        }
    }

    private Region Rewrite(Region region, ValueFactory values)
    {
        var body = new InstructionBuilder(values);
        foreach (Instruction instruction in region.Body)
        {
            switch (instruction)
            {
                case NewTape tape when _onStack.Contains(tape.Result.Id):
                case ReleaseTape release when _runs.ContainsKey(release.Result.Id):
                    break;
                case ReserveTape reserve when _runs.TryGetValue(reserve.Result.Id, out Value? run):
                    body.Append(new AllocateBuffer(run, body.Int((int)_facts.LengthOf(reserve.Result).AsConstant!.Value)) { IsOnStack = true, IsEarly = true, Step = reserve.Step });
                    break;
                case AllocateBuffer allocate when _onStack.Contains(allocate.Result.Id):
                    body.Append(allocate with { IsOnStack = true });
                    break;
                default:
                    body.Append(instruction.Rewrite(v => _runs.TryGetValue(v.Id, out Value? run) ? run : v, static v => v));
                    break;
            }
        }

        return region with { Body = body.Body.ToEquatable() };
    }
}
