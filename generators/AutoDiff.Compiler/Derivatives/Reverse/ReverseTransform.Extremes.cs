using AutoDiff.Compiler.Derivatives.Residuals;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Reverse;

// A loop that does nothing but take the greatest (or the least) of what it computes gets along without the states in between: its last state says which iterations
// reached it, and the first of those is the only one that took over all. Each later one met a tie, and leaves half of the adjoint to those before it.
public sealed partial class ReverseTransform
{
    private bool TryReverseExtreme(For loop, Region region, InstructionBuilder builder, AdjointMap adjoints)
    {
        if (loop.HasCondition || loop.Initial.Length != 1 || adjoints[loop.Results[0]] is not { } seed || ExtremeOf(loop, region) is not { } candidate) return false;
        Value extreme = loop.Results[0], start = builder.Convert(loop.Start, ElementKind.Double);
        Value isInitial = builder.Scalar(ScalarOp.Equal, loop.Initial[0], extreme), never = builder.Constant(IrType.Double, double.PositiveInfinity);
        Value earliest = builder.Scalar(ScalarOp.Select, isInitial, builder.Scalar(ScalarOp.Subtract, start, builder.Constant(IrType.Double, loop.Stride)), never);

        // The first iteration that reached it, one before the start for the first state.
        Value state = _values.New(IrType.Double, "first"), first = _values.New(IrType.Double, "first");
        Value counter = _values.New(loop.Counter.Type, loop.Counter.Name);
        InstructionBuilder search = builder.Nested();
        Value reached = search.Scalar(ScalarOp.Equal, candidate, extreme);
        Value found = search.Scalar(ScalarOp.Min, state, search.Scalar(ScalarOp.Select, reached, search.Convert(counter, ElementKind.Double), never));
        builder.Append(new For([first], loop.Start, loop.End, loop.Stride, [earliest], search.ToRegion([counter, state], [found])) { Pair = loop.Pair, IsReversed = loop.IsReversed });

        counter = _values.New(loop.Counter.Type, loop.Counter.Name);
        Value adjoint = _values.New(seed.Type, AdjointName(extreme)), rest = _values.New(seed.Type, AdjointName(extreme)), left = _values.New(seed.Type, AdjointName(extreme));
        InstructionBuilder body = builder.Nested(), taking = builder.Nested();
        reached = body.Scalar(ScalarOp.Equal, candidate, extreme);
        Value isTie = taking.Scalar(ScalarOp.Less, first, taking.Convert(counter, ElementKind.Double));
        Value share = taking.Scalar(ScalarOp.Select, isTie, taking.Scalar(ScalarOp.Multiply, taking.Constant(seed.Type, 0.5), adjoint), adjoint);
        Value remainder = taking.Scalar(ScalarOp.Select, isTie, share, taking.Constant(seed.Type, 0));

        // What the candidate is computed from outside the loop gathers its adjoint from every iteration that took a share.
        List<Value> outer = FreeValues.Of(loop.Body).Where(HasAdjoint).ToList();
        Value[] Sums() => [.. outer.Select(v => _values.New(RunningSum(v.Type), AdjointName(v)))];
        Value[] before = Sums(), after = Sums(), gathered = Sums();
        var own = new AdjointMap();
        for (int k = 0; k < outer.Count; k++) own[outer[k]] = before[k];
        own.Add(taking, candidate, share);
        Region then = Reverse(loop.Body, taking, own);
        then = then with { Yields = [remainder, .. outer.Select(v => own[v]!)] };
        body.Append(new If([rest, .. after], reached, then, new Region([], [], [adjoint, .. before])));
        Value[] initial = [seed, .. outer.Select(v => FirstSum(v, builder, adjoints))];
        builder.Append(new For([left, .. gathered], loop.Start, loop.End, loop.Stride, initial.ToEquatable(), body.ToRegion([counter, adjoint, .. before], [rest, .. after])) { Pair = loop.Pair, IsReversed = !loop.IsReversed });
        for (int k = 0; k < outer.Count; k++) TakeSum(outer[k], gathered[k], builder, adjoints);
        if (_activity.IsActive(loop.Initial[0]))
            adjoints.Add(builder, loop.Initial[0], builder.Scalar(ScalarOp.Select, isInitial, left, builder.Constant(seed.Type, 0)));
        return true;
    }

    private static string AdjointName(Value primal) => primal.Name.Length == 0 ? "" : "d" + primal.Name;

    /// <summary>What the loop takes the greatest or least of: something that can be computed again from memory that nobody writes any more; null for any other loop.</summary>
    private Value? ExtremeOf(For loop, Region region)
    {
        Value state = loop.Body.Parameters[1];
        if (loop.Stride < 0 || loop.IsReversed || !loop.Counter.Type.Equals(IrType.Int32)) return null;
        if (!loop.Body.Body.All(i => Recomputation.IsPossible(i, _buffers) || i is Load load && IsOfTheIteration(load, loop, region))) return null;
        Apply[] readers = [.. loop.Body.Body.OfType<Apply>().Where(a => a.Inputs.Any(v => v.Id == state.Id))];
        if (readers.Length != 1 || readers[0] is not { Operation: Elementwise { Op: ScalarOp.Max or ScalarOp.Min } } extreme || extreme.Result.Id != loop.Body.Yields[0].Id) return null;
        if (loop.Body.Body.Any(i => !i.Regions.IsEmpty || i.Operands.Any(v => v.Id == extreme.Result.Id) || i is SliceBuffer)) return null;
        Value candidate = extreme.Inputs[extreme.Inputs[0].Id == state.Id ? 1 : 0];
        return candidate.Id != state.Id && _activity.IsActive(candidate) && loop.Body.Body.Any(i => i.Results.Contains(candidate)) ? candidate : null;
    }

    /// <summary>Whether a load reads memory that the region around a loop has made, and does not write from the loop on.</summary>
    private bool IsOfTheIteration(Load load, For loop, Region region)
    {
        int root = _buffers.Root(load.Buffer).Id, at = region.Body.Select(static (i, k) => (i, k)).First(x => ReferenceEquals(x.i, loop)).k;
        return !_buffers.IsChosen(load.Buffer) && region.Body.Any(i => i is AllocateBuffer allocate && allocate.Result.Id == root)
            && !region.Body.Skip(at).SelectMany(UnchangedMemory.Written).Any(v => _buffers.Root(v).Id == root);
    }
}
