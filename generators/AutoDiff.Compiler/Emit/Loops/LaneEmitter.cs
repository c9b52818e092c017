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
    private readonly LaneRest? _outOfLine;
    private readonly InlineBudget _inlined;
    private readonly string _element;
    private readonly HashSet<int> _bound = [];
    private readonly HashSet<string> _locals = [];
    private readonly Dictionary<(int Buffer, int Index), string> _gathered = [];
    private Dictionary<int, (Expression Text, int Operations)> _lanes = [];
    private string? _rest;
    private string? _restMask;

    /// <param name="context">Where the loop is written.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="facts">What is known of the body around it.</param>
    /// <param name="outOfLine">The method of the rest; null to write it behind the whole vectors.</param>
    public LaneEmitter(EmitContext context, LaneLoop loop, IndexFacts facts, LaneRest? outOfLine)
    {
        (_context, _loop, _facts, _outOfLine) = (context, loop, facts, outOfLine);
        _element = loop.Element.CSharp();

        // The rest runs once, and calls its functions.
        _inlined = new InlineBudget(LaneRest.Locals(loop.Loop.Body) * (outOfLine is null ? 2 : 1));
    }

    private For Loop => _loop.Loop;

    /// <summary>Writes the loop, and the return of what it gathers.</summary>
    /// <param name="results">The carried values whose last states are returned: all reductions, and what is handed on and used behind the loop.</param>
    public void Write(Value[] results)
    {
        bool up = Loop.Stride > 0;
        string counter = _context.Names.Reserve(Loop.Counter.Name.Length > 0 ? Loop.Counter.Name : "i");
        Expression start = up ? _context.Brief(Loop.Start) : OneMore(Loop.End), end = up ? _context.Brief(Loop.End) : OneMore(Loop.Start);
        string first = RunsDown ? Named(start, "start") : start.Text, last = Named(end, "end");

        _context.Statement($"int {counter} = {first};");
        _locals.Add(counter);
        _context.Bind(Loop.Counter, counter);
        WriteChecks(counter, last);
        var lanes = new Dictionary<int, (Expression Text, int)>();
        foreach (Value state in results)
        {
            if (_loop.Delayed.Contains(state.Id)) continue;
            bool isSum = _loop.Reductions[state.Id] == LaneReduction.Sum;
            string name = _context.Names.Reserve(CSharpNames.Unescape(NameHints.Of(state, _context)) + (isSum ? "" : "Lanes"));
            _context.Statement($"V {name} = {(isSum ? "V.Zero" : $"V.Broadcast({_context.Use(state)})")};");
            lanes[state.Id] = (Expression.Atom(name), 0);
        }

        DeclareDelayed();
        DeclareGathered();
        var frame = new Frame(counter, first, last, results, lanes);
        WriteWhole(frame);
        WriteRest(frame);
        _context.Unbind(Loop.Counter);
        WriteGathered(last, first);
        string[] texts = [.. results.Select(s => _loop.Reductions.TryGetValue(s.Id, out LaneReduction reduction) ? $"V.{reduction}({lanes[s.Id].Text})" : LastOf(s))];
        if (texts.Length > 0) _context.Statement($"return {LaneRest.Tuple(texts)};");
    }

    /// <summary>A loop that is being written: its counter and bounds, what it returns, and the variables that gather.</summary>
    private sealed record Frame(string Counter, string First, string Last, Value[] Results, Dictionary<int, (Expression Text, int)> Lanes);

    private void WriteWhole(Frame frame)
    {
        string counter = frame.Counter;
        if (RunsDown)
            _context.Statement(Loop, $"for ({counter} = {frame.Last} - V.Count; {counter} >= {frame.First}; {counter} -= V.Count)");
        else
        {
            string whole = _context.Names.Reserve("whole");
            _context.Statement(Loop, $"for (int {whole} = {Helpers}.Whole({counter}, {frame.Last}, V.Count); {counter} < {whole}; {counter} += V.Count)");
        }

        _context.Block("", () => WriteIterations(frame.Lanes));
    }

    private string Named(Expression number, string name)
    {
        if (number.Precedence == Precedence.Primary) return number.Text;
        _locals.Add(name = _context.Names.Reserve(name));
        _context.Statement($"int {name} = {number};");
        return name;
    }

    private void WriteIterations(Dictionary<int, (Expression, int)> states)
    {
        _lanes = new(states);
        WriteBody();
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
