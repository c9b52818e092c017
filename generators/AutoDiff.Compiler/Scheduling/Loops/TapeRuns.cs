using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling.Loops;

/// <summary>
/// A loop whose trip count is known when it starts takes room for its residuals once and stores them by iteration, in place of pushing them one by one: then
/// neither its forward nor its backward iterations depend on one another through a tape.
/// </summary>
internal sealed class TapeRuns
{
    private readonly ValueFactory _values;
    private readonly Dictionary<int, int> _pushes = [];
    private readonly Dictionary<int, int> _pops = [];

    private readonly HashSet<int> _zeros;

    private TapeRuns(Derivative derivative, ValueFactory values)
    {
        _values = values;
        _zeros = [.. DerivativeBody.All(derivative).OfType<Constant>().Where(static c => c is { Bits: 0, Result.Type: ScalarType }).Select(static c => c.Result.Id)];
    }

    public static Derivative Run(Derivative derivative, ValueFactory values)
    {
        var pass = new TapeRuns(derivative, values);
        pass.Find(derivative.Forward, 0);
        pass.Find(derivative.Backward, 0);
        return derivative with { Forward = pass.Rewrite(derivative.Forward), Backward = pass.Rewrite(derivative.Backward) };
    }

    /// <summary>For each tape the counted loop that fills it, and the one that drains it: by their pair, 0 where there is none.</summary>
    private void Find(Region region, int pair)
    {
        foreach (Instruction instruction in region.Body)
        {
            if (instruction is Push push) _pushes[push.Tape.Id] = _pushes.ContainsKey(push.Tape.Id) ? 0 : pair;
            if (instruction is Pop pop) _pops[pop.Tape.Id] = _pops.ContainsKey(pop.Tape.Id) ? 0 : pair;
            int inner = instruction is For { HasCondition: false, Stride: 1 or -1 } loop && loop.Counter.Type.Equals(IrType.Int32) ? loop.Pair : 0;
            foreach (Region nested in instruction.Regions) Find(nested, inner);
        }
    }

    private bool IsRun(Value tape, int pair)
        => tape.Type is TapeType { Element: ScalarType } && _pushes.TryGetValue(tape.Id, out int filled) && _pops.TryGetValue(tape.Id, out int drained)
            && filled == pair && drained == pair;

    private Region Rewrite(Region region)
    {
        var body = new InstructionBuilder(_values);
        foreach (Instruction instruction in region.Body)
        {
            switch (instruction)
            {
                case For loop:
                    body.Append(Loop(loop, body));
                    break;
                case While loop:
                    body.Append(loop with { Body = Rewrite(loop.Body) });
                    break;
                case If branch:
                    body.Append(branch with { Then = Rewrite(branch.Then), Else = Rewrite(branch.Else) });
                    break;
                default:
                    body.Append(instruction);
                    break;
            }
        }

        return region with { Body = body.Body.ToEquatable() };
    }

    private For Loop(For loop, InstructionBuilder before)
    {
        Region inner = Rewrite(loop.Body);
        if (loop.Pair == 0) return loop with { Body = inner };
        var runs = new Dictionary<int, Value>();
        Value? iteration = null;
        var body = new InstructionBuilder(_values);
        foreach (Instruction instruction in inner.Body)
        {
            body.Step = instruction.Step;
            switch (instruction)
            {
                case Push push when IsRun(push.Tape, loop.Pair):
                    body.Append(new Store(Run(push.Tape, false), Iteration(), push.Operand) { Step = push.Step });
                    break;
                case Pop pop when IsRun(pop.Tape, loop.Pair):
                    body.Append(new Load(pop.Result, Run(pop.Tape, true), Iteration()) { Step = pop.Step });
                    break;
                default:
                    body.Append(instruction);
                    break;
            }
        }

        return loop with { Body = inner with { Body = body.Body.ToEquatable() } };

        Value Run(Value tape, bool isReleased)
        {
            if (runs.TryGetValue(tape.Id, out Value? run)) return run;
            (Value first, Value end) = loop.Stride > 0 ? (loop.Start, loop.End) : (loop.End, loop.Start);
            run = _values.New(new BufferType(((ScalarType)((TapeType)tape.Type).Element).Kind, BufferKind.Span), tape.Name.Length == 0 ? "saved" : tape.Name + "Run");
            before.Append(isReleased ? new ReleaseTape(run, tape, first, end) : new ReserveTape(run, tape, first, end));
            return runs[tape.Id] = run;
        }

        Value Iteration() => iteration ??= loop.Stride > 0 ? Difference(body, loop.Counter, loop.Start) : Difference(body, loop.Start, loop.Counter);
    }

    private Value Difference(InstructionBuilder builder, Value a, Value b)
        => _zeros.Contains(b.Id) ? a : builder.Scalar(ScalarOp.Subtract, a, b);
}
