using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// Writes a loop whose iterations run in the lanes of a vector <c>V</c>: whole vectors first, then the rest under a mask, with the same instructions. Sums
/// are kept in lanes, which meet after the loop in a fixed order: the upper half is added to the lower one until one number is left, and that to what the sum
/// was before.
/// </summary>
internal sealed partial class LaneEmitter
{
    public const string Vector = "V";
    private const string Helpers = "global::AutoDiff.Generated.Loops";

    private readonly EmitContext _context;
    private readonly LaneLoop _loop;
    private readonly IndexFacts _facts;
    private readonly string _element;
    private readonly HashSet<int> _bound = [];
    private readonly Dictionary<(int Buffer, int Index), string> _gathered = [];
    private Dictionary<int, (Expression Text, int Operations)> _lanes = [];
    private string? _rest;
    private string? _restMask;

    public LaneEmitter(EmitContext context, LaneLoop loop, IndexFacts facts)
    {
        (_context, _loop, _facts) = (context, loop, facts);
        _element = loop.Element.CSharp();
    }

    private For Loop => _loop.Loop;

    /// <summary>Writes the loop, and the return of what it gathers.</summary>
    /// <param name="states">The carried values that are reductions.</param>
    public void Write(Value[] states)
    {
        bool up = Loop.Stride > 0;
        string counter = _context.Names.Reserve(Loop.Counter.Name.Length > 0 ? Loop.Counter.Name : "i");
        Expression first = up ? _context.Brief(Loop.Start) : OneMore(Loop.End), end = up ? _context.Brief(Loop.End) : OneMore(Loop.Start);
        string last = end.Text;
        if (end.Precedence != Precedence.Primary)
        {
            last = _context.Names.Reserve("end");
            _context.Statement($"int {last} = {end};");
        }

        _context.Statement($"int {counter} = {first};");
        _context.Bind(Loop.Counter, counter);
        WriteChecks(counter, last);
        var lanes = new Dictionary<int, (Expression Text, int)>();
        foreach (Value state in states)
        {
            bool isSum = _loop.Reductions[state.Id] == LaneReduction.Sum;
            string name = _context.Names.Reserve(CSharpNames.Unescape(NameHints.Of(state, _context)) + (isSum ? "" : "Lanes"));
            _context.Statement($"V {name} = {(isSum ? "V.Zero" : $"V.Broadcast({_context.Use(state)})")};");
            lanes[state.Id] = (Expression.Atom(name), 0);
        }

        DeclareGathered();
        string whole = _context.Names.Reserve("whole");
        _context.Statement(Loop, $"for (int {whole} = {Helpers}.Whole({counter}, {last}, V.Count); {counter} < {whole}; {counter} += V.Count)");
        _context.Block("", () => WriteIterations(lanes));
        _context.Statement($"if ({counter} < {last})");
        _context.Block("", () =>
        {
            _rest = _context.Names.Reserve("rest");
            _restMask = $"V.FirstLanes({_rest})";
            _context.Statement($"int {_rest} = {last} - {counter};");
            WriteIterations(lanes);
        });
        _context.Unbind(Loop.Counter);
        WriteGathered(last, first.Text);
        string[] results = [.. states.Select(s => $"V.{_loop.Reductions[s.Id]}({lanes[s.Id].Text})")];
        if (results.Length == 1) _context.Statement($"return {results[0]};");
        else if (results.Length > 1) _context.Statement($"return ({string.Join(", ", results)});");
    }

    private void WriteIterations(Dictionary<int, (Expression, int)> states)
    {
        _lanes = new(states);
        WriteRegion(Loop.Body, null);
        for (int k = 0; k < Loop.Initial.Length; k++)
        {
            Value state = Loop.Body.Parameters[k + 1], next = Loop.Body.Yields[k];
            if (_loop.Reductions.ContainsKey(state.Id)) WriteNext(state, next, states[state.Id].Item1.Text);
        }

        foreach (int id in _bound) _context.Unbind(new Value(id, IrType.Int32, ""));
        _bound.Clear();
    }

    // The rest leaves the lanes behind it as they are.
    private void WriteNext(Value state, Value next, string variable)
    {
        if (AddedTo(state, next) is var (added, sign))
        {
            string text = Lane(added).Text;
            Statement(_facts.DefinitionOf(next)!, $"{variable} {sign}= {(_restMask is null ? text : $"V.Select({_restMask}, {text}, V.Zero)")};");
            return;
        }

        string value = Lane(next).Text;
        _context.Statement($"{variable} = {(_restMask is null ? value : $"V.Select({_restMask}, {value}, {variable})")};");
    }

    /// <summary>x, where a next state is written as the state plus or minus x.</summary>
    private (Value Added, string Sign)? AddedTo(Value state, Value next)
        => _facts.DefinitionOf(next) is Apply { Operation: Elementwise { Op: ScalarOp.Add or ScalarOp.Subtract } operation } apply && !IsLane(next)
            ? apply.Inputs[0].Id == state.Id ? (apply.Inputs[1], operation.Op == ScalarOp.Add ? "+" : "-")
                : apply.Inputs[1].Id == state.Id && operation.Op == ScalarOp.Add ? (apply.Inputs[0], "+") : null
            : null;

    private bool IsLane(Value value) => _lanes.ContainsKey(value.Id);

    private Expression OneMore(Value value) => Expression.Binary(_context.Brief(value), "+", Expression.Atom("1"), Precedence.Additive);

    private void WriteChecks(string counter, string last)
    {
        foreach (LaneCheck check in _loop.Checks)
        {
            string stride = _loop.Strides.TryGetValue(check.Index.Id, out IndexPolynomial? step)
                ? ", " + step.AsConstant!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";
            _context.Statement($"{Helpers}.Check({_context.Receiver(check.Buffer)}.Length, {IndexText(check.Index)}, {counter}, {last}{stride});");
        }
    }

    /// <summary>An index before the loop has computed it: its text over the counter and outer values.</summary>
    private string IndexText(Value index) => new IndexText(_context, _facts).Of(index).Text;
}
