using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Transforms;

/// <summary>
/// Makes one loop of two neighbours over the same numbers that go through the same memory: what the first one writes is at hand where the second one reads it, and memory is gone
/// through once. So is it in the backward part, whose loop is one, too. Only loops that run in lanes; an element that both touch, and one of them writes, has to be touched by both in the
/// same iteration, so that together they run in lanes as well.
/// </summary>
internal sealed class LoopFusion
{
    // A loop that keeps too much at hand at once is slower than two.
    private const int MaxInstructions = 60;

    private readonly IndexFacts _facts;
    private readonly MemoryEffects _effects;
    private readonly ElementKind _element;
    private readonly ValueFactory _values;
    private bool _isFused;

    private LoopFusion(Function function, ElementKind element)
    {
        (_facts, _element, _values) = (new IndexFacts([function.Body]), element, new ValueFactory(Numbering.NextId(function)));
        _effects = new MemoryEffects(_facts.RootOf);
    }

    /// <summary>The function with fused loops; the same one where there are none.</summary>
    public static Function Run(Function function)
    {
        if (LoopScheduler.ElementOf(function.Body) is not { } element) return function;
        var pass = new LoopFusion(function, element);
        Region body = pass.Visit(function.Body);
        return pass._isFused ? function with { Body = body } : function;
    }

    private Region Visit(Region region)
    {
        var body = new List<Instruction>();
        foreach (Instruction instruction in region.Body)
        {
            switch (instruction)
            {
                case For loop when loop.Body.Body.Any(static i => !i.Regions.IsEmpty):
                    body.Add(loop with { Body = Visit(loop.Body) });
                    break;
                case For loop:
                    Add(body, loop);
                    break;
                case While loop:
                    body.Add(loop with { Body = Visit(loop.Body) });
                    break;
                case If branch:
                    body.Add(branch with { Then = Visit(branch.Then), Else = Visit(branch.Else) });
                    break;
                default:
                    body.Add(instruction);
                    break;
            }
        }

        return region with { Body = body.ToEquatable() };
    }

    /// <summary>Adds a loop behind what there is, or to the loop before it.</summary>
    private void Add(List<Instruction> body, For second)
    {
        // What stands between the two only computes, and moves in front of both.
        int at = body.Count - 1;
        while (at >= 0 && IsArithmetic(body[at])) at--;
        if (at >= 0 && body[at] is For first && Fused(first, second) is { } fused && !body.Skip(at + 1).Any(i => i.Operands.Any(v => IsResult(first, v))))
        {
            body.RemoveAt(at);
            body.Add(fused);
        }
        else body.Add(second);
    }

    private For? Fused(For first, For second)
    {
        if (first.HasCondition || second.HasCondition || first.Stride != 1 || second.Stride != 1 || !first.Counter.Type.Equals(IrType.Int32) || !second.Counter.Type.Equals(IrType.Int32)) return null;
        // What is looked at for meetings in memory are the instructions of the bodies themselves.
        if (first.Body.Body.Concat(second.Body.Body).Any(static i => !i.Regions.IsEmpty || i is Call)) return null;
        if (first.Body.Body.Length + second.Body.Body.Length > MaxInstructions || !_facts.Of(first.Start).IsSame(_facts.Of(second.Start)) || !_facts.Of(first.End).IsSame(_facts.Of(second.End))) return null;
        if (FreeValues.Of(second.Body).Concat(second.Initial).Any(v => IsResult(first, v)) || !Shares(first, second)) return null;
        if (!RunsInLanes(first) || !RunsInLanes(second)) return null;
        var map = new Dictionary<int, Value> { [second.Counter.Id] = first.Counter };
        Region body = (second.Body with { Parameters = [] }).Rewrite(v => map.TryGetValue(v.Id, out Value? mapped) ? mapped : v, v => map[v.Id] = _values.New(v.Type, v.Name));
        For fused = first with
        {
            Defines = [.. first.Defines, .. second.Defines],
            Initial = [.. first.Initial, .. second.Initial],
            Body = new Region([.. first.Body.Parameters, .. second.Body.Parameters.Skip(1)], [.. first.Body.Body, .. body.Body], [.. first.Body.Yields, .. body.Yields]),
        };
        _facts.Include(fused);
        _isFused = true;
        return fused;
    }

    private bool RunsInLanes(For loop) => LaneAnalysis.Of(loop, _facts, _element, out _) is not null;

    private static bool IsResult(For loop, Value value) => loop.Defines.Any(d => d.Id == value.Id);

    /// <summary>Whether both go through some memory, and never meet there but in the same iteration.</summary>
    private bool Shares(For first, For second)
    {
        bool shares = false;
        foreach (Instruction a in first.Body.Body)
        {
            foreach (Instruction b in second.Body.Body)
            {
                if (Access(a) is not var (bufferA, indexA, isWriteA) || Access(b) is not var (bufferB, indexB, isWriteB)) continue;
                if (_effects.Root(bufferA) != _effects.Root(bufferB)) continue;
                bool isSame = IndexFrom(bufferA, indexA, first.Counter) is { } x && IndexFrom(bufferB, indexB, second.Counter) is { } y && x.Coefficient.AsConstant is not (null or 0)
                    && x.Coefficient.IsSame(y.Coefficient) && x.Remainder.IsSame(y.Remainder);
                if (isWriteA || isWriteB)
                {
                    if (!isSame && !_facts.AreApart(bufferA, bufferB)) return false;
                    shares |= isSame;
                }
                else shares |= isSame;
            }
        }

        return shares;
    }

    private (IndexPolynomial Coefficient, IndexPolynomial Remainder)? IndexFrom(Value buffer, Value index, Value counter)
        => (_facts.StartOf(buffer) + _facts.Of(index)).Split(IndexFacts.AtomOf(counter));

    private static (Value Buffer, Value Index, bool IsWrite)? Access(Instruction instruction) => instruction switch
    {
        Load load => (load.Buffer, load.Index, false),
        Store store => (store.Buffer, store.Index, true),
        Accumulate accumulate => (accumulate.Buffer, accumulate.Index, true),
        _ => null,
    };

    // What cannot throw, and reads no memory.
    private static bool IsArithmetic(Instruction instruction)
        => instruction is Constant or BufferLength
            || instruction is Apply { Result.Type: ScalarType { Kind: var kind }, Operation: Elementwise { Op: var op } } && (!kind.IsInteger() || op is not (ScalarOp.Divide or ScalarOp.Remainder));
}
