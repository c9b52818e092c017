using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

// Memory for storages, taken where they are first written; what a loop writes is taken once, before the loop.
internal sealed partial class TensorBody
{
    /// <summary>A value is about to be written: its storage has to be there.</summary>
    private void Written(Value value)
    {
        Value root = _places[value.Id].Root;
        if (!_spans.ContainsKey(root.Id)) Allocate(root);
    }

    private void Allocate(Value root)
    {
        string element = root.Element.CSharp(), name = _context.NewName(NameOf(root)), length = Spell(Fusible.Full(root).Count);
        if (_accumulated.TryGetValue(root.Id, out AccumulateParameter? accumulate))
        {
            _context.Statement($"global::System.Span<{element}> {name} = {GradientOf(accumulate)};");
        }
        else if (_memory.Kept.Contains(root.Id))
        {
            string block = _blocks[root.Id] = _context.NewName(CSharpNames.Unescape(name) + "Block");
            _context.Statement($"global::AutoDiff.Kernels.Block<{element}> {block} = {_memory.Workspace}.AllocateBlock<{element}>({length});");
            _context.Statement($"global::System.Span<{element}> {name} = {_memory.Workspace}.Span({block});");
        }
        else
        {
            string memory = Memory(root, length);
            _context.Statement($"global::System.Span<{element}> {name} = {memory};");
        }

        _spans[root.Id] = name;
    }

    /// <summary>The memory of a storage: its own, or what several use one after the other.</summary>
    private string Memory(Value root, string length)
    {
        string element = root.Element.CSharp();
        if (_memos.TryGetValue(root.Id, out (string Field, string Start) memo))
            return $"{memo.Field}.IsEmpty ? {_memory.Scratch}.Allocate<{element}>({length}) : {memo.Field}.Slice({memo.Start}, {length})";
        if (!_slots.TryGetValue(root.Id, out StorageSlot? slot) || slot.Roots.Count == 1) return $"{_memory.Scratch}.Allocate<{element}>({length})";
        if (!_slotSpans.TryGetValue(slot, out string? span))
        {
            span = _slotSpans[slot] = _context.NewName("shared");
            string size = slot.Sizes.Skip(1).Aggregate(Spell(slot.Sizes[0]), (text, next) => $"global::System.Math.Max({text}, {Spell(next)})");
            if (_context.Notes.Level != Explain.None)
                _context.Statement($"// Memory for {string.Join(", then ", slot.Roots.Select(r => CSharpNames.Unescape(NameOf(r))))}: each is needed no more when the next one begins.");
            _context.Statement($"global::System.Span<{element}> {span} = {_memory.Scratch}.Allocate<{element}>({size});");
        }

        return slot.Sizes.Count == 1 && slot.Sizes[0] == Fusible.Full(root).Count ? span : $"{span}.Slice(0, {length})";
    }

    private void Hoist(Instruction loop, Region body)
    {
        HoistStates(loop, body);
        foreach (Instruction instruction in body.Body)
        {
            if (instruction is For or While) foreach (Region inner in instruction.Regions) Hoist(instruction, inner);
            else if (instruction is If branch) foreach (Region arm in branch.Regions) Hoist(branch, arm);
            else if (StoragePlan.Writes(instruction))
                foreach (Value result in instruction.Results.Where(static v => v.Type is TensorType)) HoistRoot(_places[result.Id].Root);
        }
    }

    private void HoistRoot(Value root)
    {
        if (_spans.ContainsKey(root.Id) || _memory.Kept.Contains(root.Id) || _accumulated.ContainsKey(root.Id)) return;
        Allocate(root);
    }

    /// <summary>A state that the body computes alternates between two storages: the next one is written while the present one is read.</summary>
    private void HoistStates(Instruction loop, Region body)
    {
        int first = loop switch { For => 1, While => 0, _ => -1 };
        if (first < 0) return;
        for (int k = 0; k < body.Yields.Length; k++)
        {
            Value state = body.Parameters[k + first], next = body.Yields[k];
            if (state.Type is not TensorType || next.Id == state.Id || _alternating.ContainsKey(state.Id)) continue;
            Value root = _places[next.Id].Root;
            if (_memory.Kept.Contains(root.Id) || _spans.ContainsKey(root.Id)) continue;
            string element = root.Element.CSharp(), length = Spell(Fusible.Full(root).Count), name = NameOf(state);
            string other = _context.NewName("next" + CSharpNames.Pascal(name)), spare = _context.NewName("spare" + CSharpNames.Pascal(name));
            _context.Statement($"global::System.Span<{element}> {other} = {_memory.Scratch}.Allocate<{element}>({length});");
            _context.Statement($"global::System.Span<{element}> {spare} = {_memory.Scratch}.Allocate<{element}>({length});");
            _alternating[state.Id] = (other, spare);
            _spans[root.Id] = other;
        }
    }

    private void EmitTape(Instruction instruction)
    {
        switch (instruction)
        {
            case NewTape tape:
                string name = _context.Declare(tape.Result, tape.Result.Name.Length > 0 ? tape.Result.Name : "saved");
                _context.Statement(tape, $"{TypeText(tape.Result.Type)} {name} = default;");
                break;
            case Push { Operand.Type: TensorType } push:
                _context.Statement(push, $"{_context.Use(push.Tape)}.Push({_memory.Workspace}, {KeptBlock(push.Operand)});");
                break;
            case Push { Operand.Type: BufferType memory } push:
                _context.Statement(push, $"{_context.Use(push.Tape)}.Push({_memory.Workspace}, {Reductions}.Keep<{memory.ElementText}>({_memory.Workspace}, {_context.Use(push.Operand)}));");
                break;
            case Push push:
                _context.Statement(push, $"{_context.Use(push.Tape)}.Push({_memory.Workspace}, {_context.Use(push.Operand)});");
                break;
            case Pop { Result.Type: TensorType tensor } pop:
                string span = _context.NewName(NameOf(pop.Result));
                _context.Statement(pop, $"global::System.ReadOnlySpan<{tensor.Element.CSharp()}> {span} = {_memory.Workspace}.Span({_context.Use(pop.Tape)}.Pop({_memory.Workspace}));");
                _spans[pop.Result.Id] = span;
                break;
            case Pop { Result.Type: BufferType memory } pop:
                string elements = _context.Declare(pop.Result), taken = $"{_memory.Workspace}.Span({_context.Use(pop.Tape)}.Pop({_memory.Workspace}))";
                _context.Statement(pop, memory.Kind == BufferKind.Array ? $"{memory.ElementText}[] {elements} = {taken}.ToArray();" : $"global::System.Span<{memory.ElementText}> {elements} = {taken};");
                break;
            case Pop pop:
                _context.Statement(pop, $"{_context.Receive(pop.Result, NameHints.Of(pop.Result, _context))} = {_context.Use(pop.Tape)}.Pop({_memory.Workspace});");
                break;
        }
    }

    /// <summary>A handle on a tensor in memory that stays: where it lies, or a copy.</summary>
    public string KeptBlock(Value value)
    {
        Place place = _places[value.Id];
        if (_blocks.TryGetValue(place.Root.Id, out string? block) && Whole(value) == SpanOf(place.Root)) return block;
        string element = value.Element.CSharp();
        return $"global::AutoDiff.Generated.Reductions.Keep<{element}>({_memory.Workspace}, {Whole(value)})";
    }
}
