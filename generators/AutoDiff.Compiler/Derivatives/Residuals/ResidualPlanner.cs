using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Derivatives.Reverse;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Residuals;

/// <summary>
/// Makes every primal value that the backward part reads available to it. At the top level it simply is. A value of a branch is computed again there, or
/// lifted out as one more result of the <c>if</c>. A value of a loop body is computed again where that needs nothing but counters, memory that nobody
/// writes and outer values (so independent iterations store nothing); of the rest, a minimum cut between what the loop carries and what the
/// backward part asks for says which values go on a tape.
/// </summary>
/// <param name="buffers">What the method does with its own memory.</param>
/// <param name="values">Hands out values.</param>
/// <param name="options">How to differentiate.</param>
/// <param name="memory">What the backward part does with adjoint buffers, where forward and backward loops may become one; otherwise null.</param>
/// <param name="integers">The method's constants that are whole numbers.</param>
/// <param name="shadows">The adjoint buffers of parameters.</param>
/// <param name="function">The whole method, where iterations may be run again.</param>
internal sealed partial class ResidualPlanner(
    BufferFacts buffers, ValueFactory values, DerivativeOptions options, AdjointMemory? memory, IReadOnlyDictionary<int, long> integers,
    IReadOnlyList<Shadow>? shadows = null, Function? function = null)
{
    private readonly List<Instruction> _tapes = [];

    public static (Region Forward, Region Backward) Plan(
        Function function, Region backward, BufferFacts buffers, ValueFactory values, DerivativeOptions options, IReadOnlyList<Shadow> shadows)
    {
        Region forward = function.Body;
        AdjointMemory? memory = options.JoinsLoops ? new AdjointMemory(buffers, shadows, backward) : null;
        var planner = new ResidualPlanner(buffers, values, options, memory, Induction.Constants(forward), shadows, function);
        if (memory is not null) planner.MarkUnchanged(forward);
        (forward, backward) = planner.Pairs(forward, backward, outer: null, joins: memory is not null);
        forward = planner.WithSums(forward);
        return (forward with { Body = planner._tapes.Concat(forward.Body).ToEquatable() }, planner.HandingOn(backward));
    }

    /// <summary>Settles the control flow inside a pair of regions, so that the backward one reads only values of the two regions themselves and of outer ones.</summary>
    /// <param name="forward">The region.</param>
    /// <param name="backward">Its backward part.</param>
    /// <param name="outer">Where the region is an arm of a branch: the seam that the branch stands at.</param>
    /// <param name="joins">Whether the backward part runs once for each time the region runs, with nothing in between that it would have to wait for.</param>
    private (Region Forward, Region Backward) Pairs(Region forward, Region backward, Seam? outer, bool joins)
    {
        var seam = new Seam(forward, backward, outer);
        while (seam.Next())
        {
            if (joins && Join(seam)) continue;
            (seam.Primal, seam.Adjoint) = (seam.Primal, seam.Adjoint) switch
            {
                (If p, If a) => Branches(p, a, joins ? seam : null),
                (For p, For a) => (outer is null ? Checkpoint(seam, p, a) : null) ?? Loop(p, a),
                (While p, For a) => Loop(p, a),
                _ => throw new InvalidOperationException("an instruction and its adjoint do not match"),
            };
            Guard(seam);
        }

        return (seam.Forward, seam.Backward);
    }

    private (Instruction Primal, Instruction Adjoint) Branches(If primal, If adjoint, Seam? seam)
    {
        (Region then, Region thenBack) = Pairs(primal.Then, adjoint.Then, seam, seam is not null);
        (Region other, Region otherBack) = Pairs(primal.Else, adjoint.Else, seam, seam is not null);
        var defines = primal.Results.ToList();
        var thenYields = then.Yields.ToList();
        var otherYields = other.Yields.ToList();
        thenBack = Lift(then, thenBack, ref other, defines, thenYields, otherYields);
        otherBack = Lift(other, otherBack, ref then, defines, otherYields, thenYields);
        then = then with { Yields = thenYields.ToEquatable() };
        other = other with { Yields = otherYields.ToEquatable() };
        return (primal with { Then = then, Else = other, Defines = defines.ToEquatable() }, adjoint with { Then = thenBack, Else = otherBack });
    }

    /// <summary>Recomputes what is cheap in an arm's backward part, and exports the rest from the arm; the other arm yields a zero in its place.</summary>
    private Region Lift(Region arm, Region backward, ref Region opposite, List<Value> defines, List<Value> yields, List<Value> oppositeYields)
    {
        var level = new Level(arm, buffers);
        List<Value> demanded = level.Demanded(backward);
        var kept = new HashSet<int>(level.NotCheap(level.WithoutViews(demanded)));
        if (options.StoreEverything) kept.UnionWith(level.Numbers(demanded, [.. kept]).Select(static v => v.Id));
        var replaced = new Dictionary<int, Value>();
        var filler = new InstructionBuilder(values);
        foreach (Value value in level.Definitions.Where(v => kept.Contains(v.Id)))
        {
            Value lifted = values.New(value.Type, value.Name);
            replaced[value.Id] = lifted;
            defines.Add(lifted);
            yields.Add(value);
            oppositeYields.Add(filler.Zero(value.Type));
        }

        opposite = opposite with { Body = opposite.Body.Concat(filler.Body).ToEquatable() };
        return level.Restore(backward, demanded, replaced, [], values);
    }

    private (Instruction Primal, Instruction Adjoint) Loop(Instruction primal, For adjoint)
    {
        Region body = primal.Regions[0];
        _loops++;
        (body, Region backward) = Pairs(body, adjoint.Body, outer: null, joins: false);
        _loops--;
        var level = new Level(body, buffers);
        var available = new Dictionary<int, Value>();
        var prologue = new InstructionBuilder(values);
        Induction.Find(primal, body, adjoint, integers, available, prologue);
        foreach (int id in available.Keys) level.MarkFree(id);

        List<Value> demanded = level.Demanded(backward);
        if (options is { JoinsLoops: true, StoreEverything: false } && Replay.States(primal, body, adjoint, backward, level, demanded) is { } replayed)
            return (((For)primal) with { Body = body }, Again((For)primal, body, adjoint, backward, level, demanded, available, prologue, replayed));
        List<Value> stored = level.Cut(demanded);

        // Where something is saved for each iteration in any case, what is expensive to compute again is saved too.
        if (stored.Count > 0) stored = level.OnlyCheap(available.Keys).Cut(demanded);
        if (options.StoreEverything) stored = [.. stored, .. level.Numbers(demanded, [.. available.Keys, .. stored.Select(static v => v.Id)])];
        var pushes = new List<Instruction>();
        foreach (Value value in stored)
        {
            Value tape = values.New(new TapeType(value.Type), value.Name.Length == 0 ? "saved" : value.Name + "Saved");
            _tapes.Add(new NewTape(tape));
            pushes.Add(new Push(tape, value, level.IsState(value) ? "a state that the loop carries" : "it depends on what the loop carries"));
            Value popped = values.New(value.Type, value.Name);
            prologue.Append(new Pop(popped, tape));
            available[value.Id] = popped;
        }

        backward = level.Restore(backward, demanded, available, prologue.Body, values);
        body = body with { Body = body.Body.Concat(pushes).ToEquatable() };
        Instruction loop = primal is For counted ? counted with { Body = body } : ((While)primal) with { Body = body };
        return (loop, adjoint with { Body = backward });
    }

    /// <summary>The adjoint loop in the order of the loop itself, with states that it runs through again.</summary>
    private For Again(
        For primal, Region body, For adjoint, Region backward, Level level, List<Value> demanded, Dictionary<int, Value> available, InstructionBuilder prologue, List<int> replayed)
    {
        Value[] states = [.. replayed.Select(k => values.New(body.Parameters[k + 1].Type, body.Parameters[k + 1].Name))];
        for (int k = 0; k < states.Length; k++) available[body.Parameters[replayed[k] + 1].Id] = states[k];
        backward = backward with { Parameters = [.. backward.Parameters, .. states], Yields = replayed.Select(k => body.Yields[k]).ToEquatable() };
        backward = level.Restore(backward, [.. demanded, .. backward.Yields], available, prologue.Body, values);
        return adjoint with
        {
            Defines = states.Select(s => values.New(s.Type, s.Name)).ToEquatable(),
            Initial = replayed.Select(k => primal.Initial[k]).ToEquatable(),
            Body = backward,
            IsReversed = primal.IsReversed,
        };
    }
}
