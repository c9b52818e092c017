using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Derivatives.Reverse;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Derivatives.Residuals;

/// <summary>
/// A derivative in two halves that share nothing but the arguments and one stack of residuals, on which every tape of the method lies: <c>MRecord</c> and
/// <c>MPullback</c>. What the backward half reads of the forward half is computed again from the arguments where that is cheap; of the rest, a minimum cut is
/// saved.
/// </summary>
/// <param name="Derivative">The derivative: <see cref="Derivatives.Derivative.Forward"/> ends with pushes, and
/// <see cref="Derivatives.Derivative.Backward"/> begins with pops and reads nothing else of it.</param>
/// <param name="HasResiduals">Whether there is a forward half: something is saved, here or by a call, or a buffer is written, which must not overlap another. Otherwise
/// <c>M</c> itself is called.</param>
public sealed record DerivativePair(Derivative Derivative, bool HasResiduals)
{
    /// <summary>The pair of a function. Callers and the callee itself ask for it, and get the same: it depends on nothing else.</summary>
    /// <param name="function">The method.</param>
    /// <param name="storeEverything"><c>[Keep]</c>.</param>
    /// <param name="isDispatched">Whether other implementations may leave residuals, so that there is a forward half in any case.</param>
    public static DerivativePair Of(Function function, bool storeEverything, bool isDispatched = false)
    {
        var options = new DerivativeOptions(StoreEverything: storeEverything);
        DerivativePair pair = Of(ReverseTransform.Differentiate(function, options), options);
        return pair with { HasResiduals = pair.HasResiduals || isDispatched };
    }

    private static DerivativePair Of(Derivative derivative, DerivativeOptions options)
    {
        var buffers = BufferFacts.Of(derivative.Primal, isApart: true);
        var values = new ValueFactory(NextId(derivative));
        Region forward = derivative.Forward, backward = Lengths(derivative.Backward, forward);
        var level = new Level(forward, buffers, onlyCheap: true);
        var available = new Dictionary<int, Value>();
        foreach (Value parameter in forward.Parameters)
        {
            available[parameter.Id] = parameter;
            level.MarkFree(parameter.Id);
        }

        var demanded = new List<Value>();
        foreach (Value value in level.Demanded(backward))
            if (value.Type is TapeType) available[value.Id] = value;
            else if (!available.ContainsKey(value.Id)) demanded.Add(value);
        List<Value> saved = options.StoreEverything ? level.WithoutViews(demanded).Where(v => !available.ContainsKey(v.Id) && !level.IsConstant(v)).ToList() : level.Cut(demanded);
        var tapes = new List<Instruction>();
        var pushes = new List<Instruction>();
        var pops = new List<Instruction>();
        foreach (Value value in saved)
        {
            Value tape = values.New(new TapeType(value.Type)), popped = values.New(value.Type, value.Name);
            tapes.Add(new NewTape(tape));
            pushes.Add(new Push(tape, value, ""));
            pops.Add(new Pop(popped, tape));
            available[value.Id] = popped;
        }

        backward = level.Restore(backward, demanded, available, pops, values);
        forward = forward with { Body = tapes.Concat(forward.Body).Concat(pushes).ToEquatable() };
        int next = 0;
        EquatableArray<Gradient> gradients = derivative.Gradients.Select(g => g.Value is null ? g : g with { Value = backward.Yields[next++] }).ToEquatable();
        derivative = DeadCode.Run(derivative with { Forward = forward, Backward = backward, Gradients = gradients, Residuals = [] });
        HashSet<int> free = [.. FreeValues.Of(derivative.Backward).Select(static v => v.Id)];
        derivative = derivative with
        {
            Forward = InOrder(derivative.Forward),
            Residuals = derivative.Forward.Body.OfType<NewTape>().Select(static t => t.Result).Where(t => free.Contains(t.Id)).ToEquatable(),
        };
        int memory = derivative.Primal.Parameters.Count(static p => p.Value.Type is BufferType);
        bool mayOverlap = memory > 1 && derivative.Primal.Parameters.Any(static p => p.IsWritten);
        return new DerivativePair(derivative, mayOverlap || LeavesResiduals(derivative.Forward));
    }

    /// <summary>The parameters whose values (for buffers: whose elements) the backward half reads.</summary>
    public IEnumerable<Parameter> Needed()
    {
        var views = new Dictionary<int, int>();
        var read = new HashSet<int>();
        Visit(Derivative.Backward);
        return Derivative.Primal.Parameters.Where(p => read.Contains(p.Value.Id));

        void Visit(Region region)
        {
            foreach (Instruction instruction in region.Body)
            {
                if (instruction is SliceBuffer slice) views[slice.Result.Id] = Root(slice.Buffer);
                foreach (Value operand in Contents(instruction)) read.Add(Root(operand));
                foreach (Region nested in instruction.Regions) Visit(nested);
            }

            foreach (Value yielded in region.Yields) read.Add(Root(yielded));
        }

        int Root(Value value) => views.TryGetValue(value.Id, out int root) ? root : value.Id;
    }

    /// <summary>The operands that an instruction reads, of buffers more than the length.</summary>
    private static IEnumerable<Value> Contents(Instruction instruction) => instruction switch
    {
        BufferLength => [],
        SliceBuffer slice => [slice.Start, slice.Length],
        CallPullback pullback => pullback.Callee.Arguments(pullback.Inputs).Where(static a => a.Parameter.IsNeeded || a.Operand.Type is not BufferType)
            .Select(static a => a.Operand).Concat(pullback.Cotangents),
        _ => instruction.Operands,
    };

    private static int NextId(Derivative derivative)
        => derivative.Cotangents.Select(static c => c.Value).Concat(derivative.Shadows.Select(static s => s.Value)).Select(static v => v.Id + 1)
            .Append(Numbering.NextId(derivative.Forward)).Append(Numbering.NextId(derivative.Backward)).Append(Numbering.NextId(derivative.Primal)).Max();

    private static bool LeavesResiduals(Region region)
        => region.Body.Any(static i => i is Push or Call { IsRecording: true } || i.Regions.Any(LeavesResiduals));

    /// <summary>The length of a local array is what it was made with: for it alone the array need not be saved.</summary>
    private static Region Lengths(Region backward, Region forward)
    {
        Dictionary<int, Value> made = forward.Body.OfType<AllocateBuffer>().ToDictionary(static a => a.Result.Id, static a => a.Length);
        var known = new Dictionary<int, Value>();
        return Visit(backward);

        Region Visit(Region region)
        {
            var body = new List<Instruction>();
            foreach (Instruction instruction in region.Body)
            {
                if (instruction is BufferLength length && made.TryGetValue(length.Buffer.Id, out Value? value)) known[length.Result.Id] = value;
                else body.Add(Nested(instruction));
            }

            return new Region(region.Parameters, body.ToEquatable(), region.Yields.Select(Use).ToEquatable());
        }

        Instruction Nested(Instruction instruction) => instruction switch
        {
            If branch => branch with { Condition = Use(branch.Condition), Then = Visit(branch.Then), Else = Visit(branch.Else) },
            For loop => loop with { Start = Use(loop.Start), End = Use(loop.End), Initial = loop.Initial.Select(Use).ToEquatable(), Body = Visit(loop.Body) },
            While loop => loop with { Initial = loop.Initial.Select(Use).ToEquatable(), Body = Visit(loop.Body) },
            _ => instruction.Rewrite(Use, static v => v),
        };

        Value Use(Value value) => known.TryGetValue(value.Id, out Value? length) ? length : value;
    }

    /// <summary>
    /// All tapes are one stack: what a region saves at its end is saved in the opposite of the order in which the backward part takes it back at its start.
    /// </summary>
    private static Region InOrder(Region region)
    {
        Instruction[] body = [.. region.Body.Select(static i => i switch
        {
            For loop => loop with { Body = InOrder(loop.Body) },
            While loop => loop with { Body = InOrder(loop.Body) },
            If branch => branch with { Then = InOrder(branch.Then), Else = InOrder(branch.Else) },
            _ => i,
        })];
        int first = body.Length;
        while (first > 0 && body[first - 1] is Push) first--;
        Array.Reverse(body, first, body.Length - first);
        return region with { Body = new(body) };
    }
}
