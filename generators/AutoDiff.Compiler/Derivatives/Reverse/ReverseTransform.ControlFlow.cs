using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Reverse;

public sealed partial class ReverseTransform
{
    /// <summary>
    /// Numbers the control flow, so that the backward part can name its counterpart, and lets each loop whose trip count is not known before it
    /// starts count its iterations in one more carried value.
    /// </summary>
    private Region Prepare(Region region)
    {
        var body = new List<Instruction>();
        foreach (Instruction instruction in region.Body)
        {
            switch (instruction)
            {
                case If branch:
                    body.Add(branch with { Pair = _nextPair++, Then = Prepare(branch.Then), Else = Prepare(branch.Else) });
                    break;
                case For { HasCondition: false } loop:
                    body.Add(loop with { Pair = _nextPair++, Body = Prepare(loop.Body) });
                    break;
                case For loop:
                    Region counted = CountTrips(Prepare(loop.Body), body, out Value start, out Value trips);
                    _tripCounts[_nextPair] = trips;
                    body.Add(loop with { Pair = _nextPair++, Initial = [.. loop.Initial, start], Defines = [.. loop.Defines, trips], Body = counted });
                    break;
                case While loop:
                    counted = CountTrips(Prepare(loop.Body), body, out start, out trips);
                    _tripCounts[_nextPair] = trips;
                    body.Add(loop with { Pair = _nextPair++, Initial = [.. loop.Initial, start], Defines = [.. loop.Defines, trips], Body = counted });
                    break;
                case Call call when IsDifferentiated(call):
                    Call recorded = call with { IsRecording = call.Callee.UsesPair };
                    _pullbackInputs[recorded] = PullbackInputs(call, body);
                    body.Add(recorded);
                    break;
                default:
                    body.Add(instruction);
                    break;
            }
        }

        return region with { Body = body.ToEquatable() };
    }

    private Region CountTrips(Region body, List<Instruction> before, out Value start, out Value trips)
    {
        start = _values.New(IrType.Int32, "trips");
        trips = _values.New(IrType.Int32, "trips");
        before.Add(new Constant(start, 0));
        Value state = _values.New(IrType.Int32, "trips"), one = _values.New(IrType.Int32), next = _values.New(IrType.Int32, "trips");
        return new Region(
            [.. body.Parameters, state],
            [.. body.Body, new Constant(one, 1), new Apply(next, new Elementwise(ScalarOp.Add), [state, one])],
            [.. body.Yields, next]);
    }

    private void ReverseIf(If branch, InstructionBuilder builder, AdjointMap adjoints)
    {
        List<Value> outer = FreeValues.Of(branch.Then, branch.Else).Where(HasAdjoint).ToList();
        (InstructionBuilder then, AdjointMap thenAdjoints, Region thenRegion) = ReverseArm(branch, branch.Then, builder, adjoints);
        (InstructionBuilder other, AdjointMap otherAdjoints, Region otherRegion) = ReverseArm(branch, branch.Else, builder, adjoints);
        var results = new List<Value>();
        var thenYields = new List<Value>();
        var otherYields = new List<Value>();
        foreach (Value value in outer)
        {
            if (thenAdjoints[value] == adjoints[value] && otherAdjoints[value] == adjoints[value]) continue;
            thenYields.Add(thenAdjoints.OrZero(then, value));
            otherYields.Add(otherAdjoints.OrZero(other, value));
            results.Add(_values.New(thenYields[thenYields.Count - 1].Type, value.Name.Length == 0 ? "" : "d" + value.Name));
            adjoints[value] = results[results.Count - 1];
        }

        // Zeros may have been appended after the arms were closed.
        thenRegion = thenRegion with { Body = Reclose(thenRegion, then), Yields = thenYields.ToEquatable() };
        otherRegion = otherRegion with { Body = Reclose(otherRegion, other), Yields = otherYields.ToEquatable() };
        if (thenRegion.Body.IsEmpty && otherRegion.Body.IsEmpty && results.Count == 0) return;
        builder.Append(new If(results.ToEquatable(), branch.Condition, thenRegion, otherRegion) { Pair = branch.Pair, Step = branch.Step });
    }

    private (InstructionBuilder Builder, AdjointMap Adjoints, Region Region) ReverseArm(If branch, Region arm, InstructionBuilder parent, AdjointMap adjoints)
    {
        InstructionBuilder builder = parent.Nested();
        AdjointMap own = adjoints.Copy();
        for (int k = 0; k < branch.Results.Length; k++)
            if (adjoints[branch.Results[k]] is { } seed && _activity.IsActive(arm.Yields[k])) own.Add(builder, arm.Yields[k], seed);
        Region region = Reverse(arm, builder, own);
        return (builder, own, region);
    }

    /// <summary>The closed body and what the builder has received since.</summary>
    private static EquatableArray<Instruction> Reclose(Region region, InstructionBuilder builder)
    {
        var known = new HashSet<int>(region.Body.SelectMany(static i => i.Results).Select(static v => v.Id));
        return region.Body.Concat(builder.Body.Where(i => i is Constant or Apply && !known.Contains(i.Results[0].Id))).ToEquatable();
    }

    private void ReverseFor(For loop, Region region, InstructionBuilder builder, AdjointMap adjoints)
    {
        if (TryReverseExtreme(loop, region, builder, adjoints)) return;
        Value end = loop.End;
        if (loop.HasCondition)
        {
            Value trips = builder.Convert(_tripCounts[loop.Pair], loop.Start.Element);
            Value span = builder.Scalar(ScalarOp.Multiply, trips, builder.Constant(loop.Start.Type, loop.Stride));
            end = builder.Scalar(ScalarOp.Add, loop.Start, span);
        }

        Value counter = _values.New(loop.Counter.Type, loop.Counter.Name);
        ReverseLoop(loop, loop.Body.Parameters.Skip(1).ToList(), loop.Initial, loop.Body, builder, adjoints, (defines, initial, states, body) =>
            new For(defines, loop.Start, end, loop.Stride, initial, body with { Parameters = [counter, .. states] }) { Pair = loop.Pair, IsReversed = !loop.IsReversed });
    }

    private void ReverseWhile(While loop, InstructionBuilder builder, AdjointMap adjoints)
    {
        Value zero = builder.Int(0), counter = _values.New(IrType.Int32, "trip");
        ReverseLoop(loop, loop.Body.Parameters.ToList(), loop.Initial, loop.Body, builder, adjoints, (defines, initial, states, body) =>
            new For(defines, zero, _tripCounts[loop.Pair], 1, initial, body with { Parameters = [counter, .. states] }) { Pair = loop.Pair, IsReversed = true });
    }

    /// <summary>Builds the backward loop from the adjoints it carries, their first values, its states and its body.</summary>
    private delegate Instruction LoopMaker(EquatableArray<Value> defines, EquatableArray<Value> initial, EquatableArray<Value> states, Region body);

    private void ReverseLoop(
        Instruction loop, List<Value> states, EquatableArray<Value> initial, Region body, InstructionBuilder builder, AdjointMap adjoints, LoopMaker make)
    {
        // Carried values first, then outer values whose adjoints gather over the iterations.
        var carried = Enumerable.Range(0, states.Count).Where(k => HasAdjoint(states[k])).ToList();
        List<Value> outer = FreeValues.Of(body).Where(HasAdjoint).ToList();
        if (carried.All(k => adjoints[loop.Results[k]] is null) && outer.Count == 0 && !HasEffects(body)) return;

        InstructionBuilder inner = builder.Nested();
        var own = new AdjointMap();
        var parameters = new List<Value>();
        foreach (Value value in outer) own[value] = Parameter(value, RunningSum(value.Type));
        var seeds = carried.ToDictionary(k => k, k => Parameter(states[k], states[k].Type));
        foreach (int k in carried)
            if (_activity.IsActive(body.Yields[k])) own.Add(inner, body.Yields[k], seeds[k]);
        Region reversed = Reverse(body, inner, own);

        var nexts = outer.Select(v => own[v]!).Concat(carried.Select(k => own.OrZero(inner, states[k]))).ToList();
        reversed = reversed with { Body = Reclose(reversed, inner), Yields = nexts.ToEquatable() };
        var firsts = outer.Select(v => FirstSum(v, builder, adjoints)).Concat(carried.Select(k => adjoints.OrZero(builder, loop.Results[k]))).ToEquatable();
        var defines = parameters.Select(p => _values.New(p.Type, p.Name)).ToEquatable();
        builder.Append(make(defines, firsts, parameters.ToEquatable(), reversed));
        for (int k = 0; k < outer.Count; k++) TakeSum(outer[k], defines[k], builder, adjoints);
        for (int k = 0; k < carried.Count; k++)
            if (_activity.IsActive(initial[carried[k]])) adjoints.Add(builder, initial[carried[k]], defines[outer.Count + k]);

        Value Parameter(Value primal, IrType type)
        {
            Value parameter = _values.New(type, primal.Name.Length == 0 ? "" : "d" + primal.Name);
            parameters.Add(parameter);
            return parameter;
        }
    }

    /// <summary>What the adjoint of an outer value is before a loop adds to it.</summary>
    private static Value FirstSum(Value outer, InstructionBuilder builder, AdjointMap adjoints)
    {
        Value adjoint = adjoints.OrZero(builder, outer);
        return RunningSum(outer.Type) is ScalarType wide ? builder.Convert(adjoint, wide.Kind) : adjoint;
    }

    /// <summary>Takes over the adjoint of an outer value that a loop has gathered.</summary>
    private static void TakeSum(Value outer, Value sum, InstructionBuilder builder, AdjointMap adjoints)
    {
        // Inside another loop the sum goes on.
        bool goesOn = adjoints[outer] is { } before && before.Type == sum.Type;
        adjoints[outer] = goesOn || outer.Type is not ScalarType type ? sum : builder.Convert(sum, type.Kind);
    }

    /// <summary>The type in which contributions of many iterations are summed: Half holds no more than 2048 ones.</summary>
    private static IrType RunningSum(IrType type) => type is ScalarType { Kind: ElementKind.Half } ? IrType.Single : type;

    /// <summary>Whether the value's adjoint is a value (and not memory or a model's gradients).</summary>
    private bool HasAdjoint(Value value) => value.Type is ScalarType or TensorType && _activity.IsActive(value);

    /// <summary>Whether the backward part of a region does something besides defining adjoints: it touches shadows, models or calls.</summary>
    private bool HasEffects(Region region) => region.Body.Any(i => i switch
    {
        Load load => _activity.IsActive(load.Buffer),
        Store store => _activity.IsActive(store.Buffer),
        Accumulate accumulate => _activity.IsActive(accumulate.Buffer),
        Push push => _activity.IsActive(push.Tape),
        Pop pop => _activity.IsActive(pop.Tape),
        FillBuffer fill => _activity.IsActive(fill.Buffer),
        CopyBuffer copy => _activity.IsActive(copy.Destination),
        Apply { Operation: GetParameter } apply => _activity.IsActive(apply.Result),
        Call call => IsDifferentiated(call),
        _ => i.Regions.Any(HasEffects),
    });
}
