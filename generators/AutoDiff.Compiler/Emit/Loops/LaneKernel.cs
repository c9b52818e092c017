using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Emit;

/// <summary>The method of one loop in lanes: its parameters are what the loop reads and writes, its result is what the loop gathers.</summary>
internal sealed class LaneKernel
{
    private readonly EmitContext _caller;
    private readonly LaneLoop _lanes;
    private readonly IndexFacts _facts;
    private readonly string _name;
    private readonly UniqueNames _names = new();
    private readonly List<(string Declaration, string Argument)> _parameters = [];
    private readonly HashSet<int> _written = [];

    public LaneKernel(EmitContext caller, LaneLoop lanes, IndexFacts facts, string name)
    {
        (_caller, _lanes, _facts, _name) = (caller, lanes, facts, name);
        FindWritten(lanes.Loop.Body);
    }

    public void Write(SourceWriter writer, Func<Value, string> carried)
    {
        For loop = _lanes.Loop;
        string element = _lanes.Element.CSharp();
        _names.Reserve(LaneEmitter.Vector);
        EmitContext inner = _caller.For(writer, _names);
        foreach (Value value in FreeValues.Of(loop.Body).Concat([loop.Start, loop.End])) Capture(value, inner);
        for (int k = 0; k < loop.Initial.Length; k++)
        {
            Value state = loop.Body.Parameters[k + 1];
            if (_lanes.Reductions.TryGetValue(state.Id, out LaneReduction reduction) ? reduction != LaneReduction.Sum : true) Capture(state, inner, carried(state));
        }

        Value[] results = [.. loop.Body.Parameters.Skip(1).Where((p, k) => _lanes.Reductions.ContainsKey(p.Id) || _lanes.Delayed.Contains(p.Id) && IsUsed(loop.Defines[k]))];
        string type = results.Length switch { 0 => "void", 1 => element, _ => $"({string.Join(", ", results.Select(_ => element))})" };
        writer.WriteLine(Files.FileHeader.GeneratedCode);
        string list = string.Join(", ", _parameters.Select(static p => p.Declaration));
        writer.WriteLine($"private static {type} {_name}<V>({list})");
        using (writer.Indent()) writer.WriteLine($"where V : struct, global::AutoDiff.Simd.IVector<V, {element}>");
        LaneRest? rest = LaneRest.IsNeeded(loop.Body) ? new(_name + "Rest", element, [.. _parameters.Select(static p => p.Declaration)]) : null;
        using (writer.Block()) new LaneEmitter(inner, _lanes, _facts, rest).Write(results);
        rest?.Write(writer);
        WriteCall(results, carried);
    }

    private void WriteCall(Value[] results, Func<Value, string> carried)
    {
        For loop = _lanes.Loop;
        string call = $"{_name}<V>({string.Join(", ", _parameters.Select(static p => p.Argument))})";
        if (results.Length == 0)
        {
            _caller.Statement(loop, call + ";");
            return;
        }

        if (results.Length == 1)
        {
            _caller.Statement(loop, Gather(results[0], call));
            return;
        }

        string[] parts = [.. results.Select(r => _caller.NewName(CSharpNames.Unescape(carried(r)) + "Gathered"))];
        _caller.Statement(loop, $"({string.Join(", ", parts.Select(p => $"{_lanes.Element.CSharp()} {p}"))}) = {call};");
        for (int k = 0; k < results.Length; k++) _caller.Statement(Gather(results[k], parts[k]));

        string Gather(Value state, string text) => _lanes.Reductions.TryGetValue(state.Id, out LaneReduction reduction) && reduction == LaneReduction.Sum ? $"{carried(state)} += {text};" : $"{carried(state)} = {text};";
    }

    private bool IsUsed(Value result) => _caller.Plan.Layout.UsesOf(result).Count > 0;

    private void Capture(Value value, EmitContext inner, string? argument = null)
    {
        if (inner.IsBound(value) || _facts.DefinitionOf(value) is Constant) return;
        if (argument is null && _facts.DefinitionOf(value) is BufferLength length && _caller.Plan.NameOf(value).Length == 0)
        {
            Capture(length.Buffer, inner);
            inner.Bind(value, Expression.Atom($"{inner.Receiver(length.Buffer)}.Length"));
            return;
        }

        argument ??= _caller.Use(value);
        string name = _names.Reserve(NameHints.Of(value, _caller));
        _parameters.Add(($"{TypeText(value)} {name}", argument));
        inner.Bind(value, name);
    }

    private string TypeText(Value value) => value.Type is BufferType buffer
        ? $"global::System.{(_written.Contains(value.Id) ? "Span" : "ReadOnlySpan")}<{buffer.ElementText}>"
        : _caller.TypeText(value.Type);

    private void FindWritten(Region region)
    {
        foreach (Instruction instruction in region.Body)
        {
            if (instruction is Store or Accumulate) Mark(instruction.Operands[0]);
            foreach (Region nested in instruction.Regions) FindWritten(nested);
        }

        void Mark(Value buffer)
        {
            for (; _facts.DefinitionOf(buffer) is SliceBuffer slice; buffer = slice.Buffer) _written.Add(buffer.Id);
            _written.Add(buffer.Id);
        }
    }
}
