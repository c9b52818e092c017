using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Derivatives.Residuals;

// Where the adjoint of what a loop gives is known before the loop starts (it sums, say, and the sum's adjoint is a constant), each iteration is differentiated right
// behind itself: what it leaves for its backward part is still at hand, nothing is saved for each iteration, and memory is gone through once.
internal sealed partial class ResidualPlanner
{
    private readonly Dictionary<int, (Shadow Shadow, Value Sum)> _sums = [];

    /// <summary>Makes one loop of the pair at the seam; false where it has to be two, or where two save nothing.</summary>
    private bool Join(Seam seam)
    {
        if (memory is null || (seam.Primal, seam.Adjoint) is not (For { HasCondition: false } primal, For { HasCondition: false } adjoint)) return false;
        if (!primal.Counter.Type.Equals(adjoint.Counter.Type) || primal.Start != adjoint.Start || primal.End != adjoint.End || primal.Stride != adjoint.Stride) return false;
        if (!CarriesOnlySums(adjoint) || memory.AddedTo(adjoint.Body) is not { } added || !memory.OnlyAdd(seam.Before, added) || !SavesMemory(primal, adjoint)) return false;

        Region[] own = [primal.Body];
        var inside = new HashSet<int>(own[0].Parameters.Concat(own[0].Body.SelectMany(static i => i.Results)).Select(static v => v.Id));
        List<Value> free = FreeValues.Of(adjoint.Body).Where(v => !inside.Contains(v.Id)).ToList();
        if (seam.Early(free) is not { } moves) return false;

        Dictionary<int, Value> sums = added.Select(SumOf).OfType<(Shadow Shadow, Value Sum)>().ToDictionary(static s => s.Shadow.Value.Id, static s => s.Sum);
        Seam.Apply(moves, i => AdjointStep(i).Rewrite(Use, static v => v));
        Region backward = adjoint.Body.Rewrite(v => v.Id == adjoint.Counter.Id ? primal.Counter : Use(v), static v => v);
        MarkUnchanged(primal.Body);
        _loops++;
        (Region body, backward) = Pairs(primal.Body, backward, outer: null, joins: true);
        _loops--;
        JoinStates(seam, primal, adjoint, body, backward);
        return true;

        Value Use(Value value) => sums.TryGetValue(value.Id, out Value? sum) ? sum : value;
    }

    private void MarkUnchanged(Region region)
    {
        foreach (Load load in UnchangedMemory.Loads(region, buffers)) buffers.MarkUnchanged(load);
    }

    private void JoinStates(Seam seam, For primal, For adjoint, Region body, Region backward)
    {
        var initial = primal.Initial.ToList();
        var rest = new InstructionBuilder(values) { Step = adjoint.Step };
        var defines = new List<Value>(primal.Defines);
        for (int k = 0; k < adjoint.Initial.Length; k++)
        {
            // What the backward part has summed up before is added behind the loop, unless it is known in front of it.
            if (seam.Early([adjoint.Initial[k]]) is { } moves)
            {
                Seam.Apply(moves, AdjointStep);
                initial.Add(adjoint.Initial[k]);
                defines.Add(adjoint.Defines[k]);
                continue;
            }

            Value zero = values.New(adjoint.Initial[k].Type), sum = values.New(zero.Type, adjoint.Defines[k].Name);
            seam.Insert(new Constant(zero, 0));
            initial.Add(zero);
            defines.Add(sum);
            rest.Append(new Apply(adjoint.Defines[k], new Elementwise(ScalarOp.Add), [adjoint.Initial[k], sum]));
        }

        seam.Primal = primal with
        {
            Pair = 0,
            Defines = defines.ToEquatable(),
            Initial = initial.ToEquatable(),
            Body = new Region(
                [.. body.Parameters, .. adjoint.Body.Parameters.Skip(1)], [.. body.Body, .. backward.Body.Select(AdjointStep)], [.. body.Yields, .. backward.Yields]),
        };
        seam.ReplaceAdjoint(rest.Body);
    }

    /// <summary>Whether two loops would save something for each iteration, whatever the options say: the order of sums must not depend on those.</summary>
    private bool SavesMemory(For primal, For adjoint)
    {
        var trial = new ResidualPlanner(buffers, values, options with { StoreEverything = false }, null, integers);
        trial.Loop(primal, adjoint);
        return trial._tapes.Count > 0 || Records(primal.Body);
    }

    private static bool Records(Region region) => region.Body.Any(static i => i is Call { IsRecording: true } || i.Regions.Any(Records));

    private static bool CarriesOnlySums(For adjoint)
    {
        var facts = new IndexFacts([adjoint.Body]);
        var inside = new HashSet<int>();
        var uses = new Dictionary<int, int>();
        Collect(adjoint.Body);
        return Enumerable.Range(0, adjoint.Initial.Length).All(k =>
            LaneReductions.Of(adjoint.Body.Parameters[k + 1], adjoint.Body.Yields[k], facts, inside, uses) == LaneReduction.Sum);

        void Collect(Region region)
        {
            inside.UnionWith(region.Parameters.Select(static v => v.Id));
            foreach (Instruction instruction in region.Body)
            {
                inside.UnionWith(instruction.Results.Select(static v => v.Id));
                foreach (Value operand in instruction.Operands) Count(operand);
                foreach (Region nested in instruction.Regions) Collect(nested);
            }

            foreach (Value yielded in region.Yields) Count(yielded);
        }

        void Count(Value value) => uses[value.Id] = (uses.TryGetValue(value.Id, out int count) ? count : 0) + 1;
    }

    /// <summary>
    /// Destinations are not touched before the forward part is through, since it may throw: their sums have memory of their own up to then.
    /// </summary>
    private (Shadow Shadow, Value Sum)? SumOf(int root)
    {
        if (_sums.TryGetValue(root, out (Shadow Shadow, Value Sum) known)) return known;
        if (shadows.FirstOrDefault(s => s.Value.Id == root) is not { } shadow) return null;
        return _sums[root] = (shadow, values.New(shadow.Value.Type, Functions.DerivedNames.Adjoint(shadow.Parameter) + "Sum"));
    }

    private Region WithSums(Region forward)
    {
        var taken = new InstructionBuilder(values);
        foreach ((Shadow shadow, Value sum) in _sums.Values)
        {
            Value length = values.New(IrType.Int32);
            taken.Append(new BufferLength(length, shadow.Primal));
            taken.Append(new AllocateBuffer(sum, length));
        }

        return forward with { Body = taken.Body.Concat(forward.Body).ToEquatable() };
    }

    private Region HandingOn(Region backward)
    {
        var added = new InstructionBuilder(values);
        foreach ((Shadow shadow, Value sum) in _sums.Values)
        {
            Value length = values.New(IrType.Int32), counter = values.New(IrType.Int32, "k");
            added.Append(new BufferLength(length, sum));
            Value zero = added.Int(0);
            InstructionBuilder body = added.Nested();
            foreach (StructLeaf leaf in ((BufferType)sum.Type).Leaves.Where(static l => l.IsDifferentiable))
                body.Append(new Accumulate(shadow.Value, counter, body.Load(sum, counter, path: leaf.Path)) { Path = leaf.Path });
            added.Append(new For([], zero, length, 1, [], body.ToRegion([counter], [])));
        }

        return backward with { Body = backward.Body.Concat(added.Body).ToEquatable() };
    }

    private static Instruction AdjointStep(Instruction instruction)
    {
        Instruction marked = instruction switch
        {
            For loop => loop with { Body = AdjointSteps(loop.Body) },
            While loop => loop with { Body = AdjointSteps(loop.Body) },
            If branch => branch with { Then = AdjointSteps(branch.Then), Else = AdjointSteps(branch.Else) },
            _ => instruction,
        };
        return marked with { Step = -Math.Abs(marked.Step) };
    }

    private static Region AdjointSteps(Region region) => region with { Body = region.Body.Select(AdjointStep).ToEquatable() };
}
