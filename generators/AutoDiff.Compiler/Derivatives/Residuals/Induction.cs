using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Residuals;

/// <summary>
/// Counters of a loop: its own, and carried integers that change by the same amount in every iteration. In the backward loop each has a closed form
/// (first + iteration · step), so none is ever stored.
/// </summary>
internal static class Induction
{
    /// <param name="constants">The whole numbers that the method has as constants: those of a loop may stand in front of it.</param>
    public static void Find(
        Instruction primal, Region body, For adjoint, IReadOnlyDictionary<int, long> constants, Dictionary<int, Value> available, InstructionBuilder prologue)
    {
        Value counter = adjoint.Counter;
        EquatableArray<Value> states = body.Parameters, initial;
        int offset = 0;
        if (primal is For counted)
        {
            available[counted.Counter.Id] = counter;

            // Of a loop that ran backwards itself, the counter does not tell how many iterations came before.
            if (counted.IsReversed) return;
            initial = counted.Initial;
            offset = 1;
        }
        else initial = ((While)primal).Initial;

        var instructions = body.Body.SelectMany(static i => i.Results, static (i, r) => (r.Id, i)).ToDictionary(static p => p.Id, static p => p.i);
        var read = new HashSet<int>(FreeValues.Of(adjoint.Body).Select(static v => v.Id));
        for (int k = 0; k < initial.Length; k++)
        {
            Value state = states[k + offset];
            if (!state.Type.Equals(IrType.Int32) || StepOf(state, body.Yields[k]) is not { } step) continue;

            // Only asked for where it can matter: by the backward part, or by something that may be computed again for it.
            if (read.Count == 0) continue;
            Value iteration = Iteration();
            Value change = iteration;
            if (step != 1) change = prologue.Scalar(ScalarOp.Multiply, iteration, prologue.Int(step));
            available[state.Id] = prologue.Scalar(ScalarOp.Add, initial[k], change);
        }

        Value Iteration()
        {
            if (primal is not For loop) return counter;
            Value distance = prologue.Scalar(ScalarOp.Subtract, counter, loop.Start);
            if (loop.Stride != 1) distance = prologue.Scalar(ScalarOp.Divide, distance, prologue.Constant(counter.Type, loop.Stride));
            return prologue.Convert(distance, ElementKind.Int32);
        }

        long? StepOf(Value state, Value next)
        {
            if (!instructions.TryGetValue(next.Id, out Instruction? instruction)
                || instruction is not Apply { Operation: Elementwise { Op: ScalarOp.Add or ScalarOp.Subtract } elementwise } apply) return null;
            if (apply.Inputs[0] == state && ConstantOf(apply.Inputs[1]) is { } step) return elementwise.Op == ScalarOp.Add ? step : -step;
            if (apply.Inputs[1] == state && elementwise.Op == ScalarOp.Add) return ConstantOf(apply.Inputs[0]);
            return null;
        }

        long? ConstantOf(Value value)
            => instructions.TryGetValue(value.Id, out Instruction? instruction) ? (instruction as Constant)?.Bits : constants.TryGetValue(value.Id, out long bits) ? bits : null;
    }

    /// <summary>The constants of a method that are whole numbers, by id.</summary>
    public static Dictionary<int, long> Constants(Region region)
    {
        var constants = new Dictionary<int, long>();
        Visit(region);
        return constants;

        void Visit(Region visited)
        {
            foreach (Instruction instruction in visited.Body)
            {
                if (instruction is Constant { Result.Type: ScalarType { Kind: ElementKind.Int32 } } constant) constants[constant.Result.Id] = constant.Bits;
                foreach (Region nested in instruction.Regions) Visit(nested);
            }
        }
    }
}
