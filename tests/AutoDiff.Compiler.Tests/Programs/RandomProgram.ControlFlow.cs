using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Tests.Programs;

internal sealed partial class RandomProgram
{
    private void Branch(InstructionBuilder b, Variables scope, int depth)
    {
        Value condition = AnyTruth(b, scope);
        int results = _random.Next(0, 3);
        Region then = Arm(b, scope, depth, results), other = Arm(b, scope, depth, results);
        List<Value> defines = NewFloats(results);
        b.Append(new If(defines.ToEquatable(), condition, then, other));
        scope.Floats.AddRange(defines);
    }

    private Region Arm(InstructionBuilder b, Variables scope, int depth, int results)
    {
        InstructionBuilder inner = b.Nested();
        Variables own = scope.Nested();
        Statements(inner, own, depth);
        return inner.ToRegion([], Enumerable.Range(0, results).Select(_ => Recent(own)));
    }

    /// <summary>A counted loop: strides of either sign, no iteration at all, a condition, counters that other loops start from.</summary>
    private void Count(InstructionBuilder b, Variables scope, int depth)
    {
        long stride = Pick(new long[] { 1, 1, 1, 2, -1, -2 });
        Value start, end;
        if (stride > 0)
        {
            start = scope.Integers.Count > 0 && Chance(4) ? b.Scalar(ScalarOp.Remainder, Pick(scope.Integers), b.Int(3))
                : b.Int(_random.Next(2));
            end = scope.Integers.Count > 0 && Chance(2) ? b.Scalar(ScalarOp.Remainder, Pick(scope.Integers), b.Int(5))
                : b.Int(_random.Next(5));
        }
        else
        {
            start = b.Int(_random.Next(5));
            end = b.Int(-1);
        }

        Value counter = _function.Values.New(IrType.Int32, "i");
        bool hasCondition = Chance(5);
        Carried carried = Carry(b, scope, hasCondition ? AnyTruth(b, scope) : null);
        Region body = LoopBody(b, scope, depth, carried, counter, hasCondition, condition: null);
        b.Append(new For(carried.Results.ToEquatable(), start, end, stride, carried.Initial.ToEquatable(), body, hasCondition));
        carried.Publish(scope);
    }

    /// <summary>A loop that goes on while k &lt; limit, and perhaps while something about the floats holds too.</summary>
    private void Repeat(InstructionBuilder b, Variables scope, int depth)
    {
        int limit = _random.Next(5);
        Value k = b.Int(0);
        Carried carried = Carry(b, scope, b.Scalar(ScalarOp.Less, k, b.Int(limit)));
        carried.Add(k, _function.Values.New(IrType.Int32, "k"), _function.Values.New(IrType.Int32, "k"));
        Region body = LoopBody(b, scope, depth, carried, null, true, (inner, own) =>
        {
            Value next = inner.Scalar(ScalarOp.Add, carried.States[^1], inner.Int(1));
            Value goesOn = inner.Scalar(ScalarOp.Less, next, inner.Int(limit));
            return (next, Chance(2) ? goesOn
                : inner.Scalar(ScalarOp.And, goesOn, inner.Scalar(ScalarOp.Less, Recent(own), inner.Constant(IrType.Double, 1.5))));
        });
        b.Append(new While(carried.Results.ToEquatable(), carried.Initial.ToEquatable(), body));
        carried.Publish(scope);
    }

    private Region LoopBody(
        InstructionBuilder b, Variables scope, int depth, Carried carried, Value? counter, bool hasCondition,
        Func<InstructionBuilder, Variables, (Value Next, Value GoesOn)>? condition)
    {
        InstructionBuilder inner = b.Nested();
        Variables own = scope.Nested();
        if (counter is not null) own.Integers.Add(counter);
        foreach (Value state in carried.States) carried.Sort(state, own);
        Statements(inner, own, depth);
        var yields = new List<Value>();
        foreach (Value state in carried.States)
        {
            if (state.Type == IrType.Bool) yields.Add(condition is null ? AnyTruth(inner, own) : state);
            else if (state.Type == IrType.Int32)
                yields.Add(Chance(2) ? inner.Scalar(ScalarOp.Add, state, inner.Int(2)) : Next(inner, state));
            else yields.Add(Chance(3) ? inner.Scalar(ScalarOp.Add, state, inner.Scalar(ScalarOp.Sin, Recent(own))) : Recent(own));
        }

        if (condition is not null) (yields[^1], yields[0]) = condition(inner, own);
        return inner.ToRegion(counter is null ? carried.States : [counter, .. carried.States], yields);
    }

    private Carried Carry(InstructionBuilder b, Variables scope, Value? condition)
    {
        var carried = new Carried();
        if (condition is not null) carried.Add(condition, _function.Values.New(IrType.Bool), _function.Values.New(IrType.Bool));
        int floats = _random.Next(0, 4);
        for (int k = 0; k < floats; k++)
            carried.Add(Pick(scope.Floats), _function.Values.New(IrType.Double, "s"), _function.Values.New(IrType.Double, "s"));
        if (Chance(3)) carried.Add(AnyInteger(b, scope), _function.Values.New(IrType.Int32, "m"), _function.Values.New(IrType.Int32, "m"));
        return carried;
    }

    private void Statements(InstructionBuilder b, Variables scope, int depth)
    {
        int count = _random.Next(1, 5);
        for (int k = 0; k < count && _budget > 0; k++) Statement(b, scope, depth + 1);
    }

    /// <summary>Rather a float that was made here than one of long ago.</summary>
    private Value Recent(Variables scope) => scope.Floats[^(1 + _random.Next(Math.Min(3, scope.Floats.Count)))];

    private List<Value> NewFloats(int count) => Enumerable.Range(0, count).Select(_ => _function.Values.New(IrType.Double)).ToList();

    /// <summary>The carried values of a loop.</summary>
    private sealed class Carried
    {
        public List<Value> Initial { get; } = [];

        public List<Value> States { get; } = [];

        public List<Value> Results { get; } = [];

        public void Add(Value initial, Value state, Value result)
        {
            Initial.Add(initial);
            States.Add(state);
            Results.Add(result);
        }

        public void Publish(Variables scope)
        {
            foreach (Value result in Results) Sort(result, scope);
        }

        public void Sort(Value value, Variables scope)
            => (value.Type == IrType.Bool ? scope.Truths : value.Type == IrType.Int32 ? scope.Integers : scope.Floats).Add(value);
    }
}
