using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Residuals;

// A loop that works in memory (a simulation that goes step by step, say) would save an element for almost everything that an iteration reads. Where the state that one
// iteration hands on is less than that, only the state at the start of each iteration is saved, a checkpoint (Griewank and Walther, "Evaluating Derivatives", 2008, chapter 12), and the
// backward part runs each iteration again, from its checkpoint, before it goes back through it.
internal sealed partial class ResidualPlanner
{
    private int _loops;

    private (Instruction Primal, Instruction Adjoint)? Checkpoint(Seam seam, For primal, For adjoint)
    {
        if (function is null || !options.Checkpoints || options.StoreEverything || _loops > 0) return null;
        if (LoopState.Of(primal, function, buffers) is not { } state || InnerTapes(primal, adjoint) <= state.Restored.Length) return null;

        var front = new InstructionBuilder(values);
        Value trips = Distance(front, primal.End);
        InstructionBuilder save = front.Nested(), restore = front.Nested();
        var map = new Dictionary<int, Value> { [primal.Counter.Id] = adjoint.Counter };
        var memory = new HashSet<int>(state.Written.Select(static v => v.Id));
        foreach (Value buffer in state.Restored)
        {
            Value length = values.New(IrType.Int32), checkpoints = values.New(new BufferType(buffer.Element, BufferKind.Span), buffer.Name.Length == 0 ? "" : buffer.Name + "Checkpoints");
            front.Append(new BufferLength(length, buffer));
            front.Append(new AllocateBuffer(checkpoints, front.Scalar(ScalarOp.Multiply, trips, length)) { IsEarly = true });
            save.Append(new CopyBuffer(Part(save, primal.Counter, ""), buffer));
            map[buffer.Id] = Part(restore, adjoint.Counter, buffer.Name);
            memory.Add(checkpoints.Id);

            Value Part(InstructionBuilder builder, Value counter, string name)
            {
                Value part = values.New(checkpoints.Type, name);
                builder.Append(new SliceBuffer(part, checkpoints, builder.Scalar(ScalarOp.Multiply, Distance(builder, counter), length), length));
                return part;
            }
        }

        List<Instruction> pushes = States(primal, adjoint, map, restore);
        Region again = new Region([], primal.Body.Body, []).Rewrite(Use, Define), backward = adjoint.Body.Rewrite(Use, static v => v);
        buffers.Include(new Region([], [.. front.Body, .. save.Body, .. restore.Body, .. again.Body], []));
        HashSet<int> demanded = [.. FreeValues.Of(backward).Select(static v => v.Id)];
        again = again with { Body = [.. restore.Body, .. again.Body] };
        again = DeadStores.Run(again, memory, demanded);
        MarkUnchanged(again);
        _loops++;
        (again, backward) = Pairs(again, backward, outer: null, joins: false);
        _loops--;
        foreach (Instruction instruction in front.Body) seam.Insert(instruction);
        return (primal with { Body = primal.Body with { Body = [.. save.Body, .. primal.Body.Body, .. pushes] } }, adjoint with { Body = backward with { Body = [.. again.Body, .. backward.Body] } });

        // How many iterations there are from the first number of the counter up to another one.
        Value Distance(InstructionBuilder builder, Value counter)
            => seam.Forward.Body.Any(i => i is Constant { Bits: 0 } start && start.Result == primal.Start) && primal.Stride > 0 ? counter
                : primal.Stride > 0 ? builder.Scalar(ScalarOp.Subtract, counter, primal.Start) : builder.Scalar(ScalarOp.Subtract, primal.Start, counter);

        Value Use(Value value) => map.TryGetValue(value.Id, out Value? mapped) ? mapped : value;

        Value Define(Value value) => map[value.Id] = values.New(value.Type, value.Name);
    }

    /// <summary>Carried numbers at the start of each iteration: counters are known, others go on a tape.</summary>
    private List<Instruction> States(For primal, For adjoint, Dictionary<int, Value> map, InstructionBuilder restore)
    {
        var available = new Dictionary<int, Value>();
        Induction.Find(primal, primal.Body, adjoint, integers, available, restore);
        HashSet<int> read = [.. FreeValues.Of(adjoint.Body, primal.Body with { Parameters = [] }).Select(static v => v.Id)];
        var pushes = new List<Instruction>();
        foreach (Value state in primal.Body.Parameters.Skip(1))
        {
            if (available.TryGetValue(state.Id, out Value? known)) map[state.Id] = known;
            else if (read.Contains(state.Id))
            {
                Value tape = values.New(new TapeType(state.Type), state.Name.Length == 0 ? "saved" : state.Name + "Saved");
                _tapes.Add(new NewTape(tape));
                pushes.Add(new Push(tape, state, "a state that the loop carries"));
                Value popped = map[state.Id] = values.New(state.Type, state.Name);
                restore.Append(new Pop(popped, tape));
            }
        }

        return pushes;
    }

    /// <summary>How many values loops inside would save in each of their iterations.</summary>
    private int InnerTapes(For primal, For adjoint)
    {
        var trial = new ResidualPlanner(buffers, values, options with { Checkpoints = false }, null, integers);
        (Instruction loop, _) = trial.Loop(primal, adjoint);
        return loop.Regions[0].Body.Where(static i => i is For).Sum(Pushes);

        static int Pushes(Instruction instruction) => (instruction is Push ? 1 : 0) + instruction.Regions.Sum(static r => r.Body.Sum(Pushes));
    }
}
