using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Emit;

// What an iteration takes over from the one before it: its lanes are computed, and moved by one; the lane at the edge comes from the vector before.
internal sealed partial class LaneEmitter
{
    /// <summary>By carried parameter: the variable with the lanes that the vector before handed on.</summary>
    private readonly Dictionary<int, string> _handedOn = [];

    /// <summary>What delayed values move on to, with their names; written to locals, since it is read twice.</summary>
    private readonly Dictionary<int, string> _next = [];

    // Where an iteration takes over from the one with the next number, lanes too come to the greatest number first.
    private bool RunsDown => Loop.Stride > 0 == Loop.IsReversed && _loop.Delayed.Count > 0;

    private string LaneHelper => $"{Helpers}.Lane<V, {_element}>";

    private void DeclareDelayed()
    {
        if (_loop.Delayed.Count > 0 && _context.Notes.Level != Explain.None)
            _context.Statement($"// each lane takes over what the {(RunsDown ? "next" : "previous")} one made, the {(RunsDown ? "last" : "first")} lane what the vector before it did");
        for (int k = 0; k < Loop.Initial.Length; k++)
        {
            Value state = Loop.Body.Parameters[k + 1];
            if (!_loop.Delayed.Contains(state.Id)) continue;
            string hint = CSharpNames.Unescape(NameHints.Of(state, _context)), name = _handedOn[state.Id] = _context.Names.Reserve(hint + "Before");
            _context.Statement($"V {name} = V.Broadcast({_context.Use(state)});");
            _next[Loop.Body.Yields[k].Id] = hint;
        }
    }

    private void WriteBody()
    {
        if (_loop.Order is not { } order)
        {
            WriteRegion(Loop.Body, null);
            return;
        }

        foreach (LaneStep step in order)
        {
            if (step.Instruction is { } instruction) WriteInstruction(Loop.Body, instruction, null);
            else WriteDelayed(step.Delayed);
        }
    }

    private void WriteDelayed(int index)
    {
        Value state = Loop.Body.Parameters[index + 1];
        string next = Lane(Loop.Body.Yields[index]).Text, before = _handedOn[state.Id];
        if (_context.Plan.Layout.UsesOf(state).Count > 0)
        {
            string name = _context.Names.Reserve(CSharpNames.Unescape(NameHints.Of(state, _context)) + "Lanes");
            string moved = !RunsDown ? $"V.Preceding({before}, {next})"
                : _rest is null ? $"V.Following({next}, {before})"
                : $"V.Select(V.FirstLanes({_rest} - 1), V.Following({next}, {next}), V.Broadcast({LaneHelper}({before}, 0)))";
            _context.Statement($"V {name} = {moved};");
            _lanes[state.Id] = (Expression.Atom(name), 0);
        }

        if (_rest is null) _context.Statement($"{before} = {next};");
        else if (IsUsedBehind(index)) _context.Statement($"{before} = {(RunsDown ? next : $"V.Broadcast({LaneHelper}({next}, {_rest} - 1))")};");
    }

    /// <summary>The name of a local: what is handed on under its own name is the next state of it.</summary>
    private string LaneName(Value value)
    {
        string hint = NameHints.Of(value, _context);
        return _next.TryGetValue(value.Id, out string? state) && CSharpNames.Unescape(hint) == state ? state + "Next" : hint;
    }

    private bool IsUsedBehind(int index) => _context.Plan.Layout.UsesOf(Loop.Defines[index]).Count > 0;

    /// <summary>What the last iteration handed on.</summary>
    private string LastOf(Value state) => $"{LaneHelper}({_handedOn[state.Id]}, {(RunsDown ? "0" : "V.Count - 1")})";
}
