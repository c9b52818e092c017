using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling.Loops;

/// <summary>
/// Whether the iterations of a counted loop may run side by side in vector lanes. They may where each memory element that one of them writes is touched by no
/// other (indices are affine in the counter; buffers with different roots do not overlap, which is checked at entry), and where carried values are reductions,
/// or hand on what the iteration before made (<see cref="LaneDelays"/>).
/// An <c>if</c> becomes masks; an inner loop runs with the same trip count in all lanes.
/// </summary>
internal sealed partial class LaneAnalysis
{
    private readonly IndexFacts _facts;
    private readonly LaneLoop _lanes;
    private readonly For _loop;
    private readonly HashSet<int> _inside = [];
    private readonly Dictionary<int, int> _uses = [];
    private readonly List<Access> _accesses = [];
    private string? _reason;
    private bool _isWorthwhile;

    private LaneAnalysis(For loop, IndexFacts facts, ElementKind element)
    {
        (_loop, _facts, _lanes) = (loop, facts, new LaneLoop(loop, element));
    }

    /// <param name="loop">The loop.</param>
    /// <param name="facts">What is known of the body around it.</param>
    /// <param name="element">The kind of numbers that lanes hold.</param>
    /// <param name="reason">Why the loop runs one iteration after the other, where the result is null.</param>
    public static LaneLoop? Of(For loop, IndexFacts facts, ElementKind element, out string reason)
    {
        var analysis = new LaneAnalysis(loop, facts, element);
        analysis.Run();
        reason = analysis._reason ?? "";
        return analysis._reason is null ? analysis._lanes : null;
    }

    private sealed record Access(Instruction Instruction, Value Buffer, Value Index, bool IsWrite, bool IsMasked, bool IsInner);

    private void Run()
    {
        if (_loop.HasCondition) Refuse("it may end early");
        else if (_loop.Stride is not (1 or -1)) Refuse("its stride is not 1");
        else if (!_loop.Counter.Type.Equals(IrType.Int32)) Refuse("its counter is not an int");
        if (_reason is not null) return;
        Collect(_loop.Body);
        _lanes.Kinds[_loop.Counter.Id] = LaneKind.Affine;
        for (int k = 0; k < _loop.Initial.Length && _reason is null; k++) Carried(k);
        if (_reason is null && _lanes.Delayed.Count > 0) Delay();
        if (_reason is not null) return;
        if (_lanes.Order is { } order) VisitAll(order.Select(static s => s.Instruction).OfType<Instruction>(), isMasked: false, isInner: false);
        else Visit(_loop.Body, isMasked: false, isInner: false);
        if (_reason is null) CheckMemory();
        if (_reason is null && !_isWorthwhile) Refuse("there is no arithmetic on neighbouring elements");
    }

    private void Refuse(string reason) => _reason ??= reason;

    private void Collect(Region region)
    {
        foreach (Value parameter in region.Parameters) _inside.Add(parameter.Id);
        foreach (Instruction instruction in region.Body)
        {
            foreach (Value operand in instruction.Operands) Use(operand);
            foreach (Region nested in instruction.Regions) Collect(nested);
            foreach (Value result in instruction.Results) _inside.Add(result.Id);
        }

        foreach (Value yielded in region.Yields) Use(yielded);

        void Use(Value value) => _uses[value.Id] = (_uses.TryGetValue(value.Id, out int count) ? count : 0) + 1;
    }

    private void Carried(int index)
    {
        Value state = _loop.Body.Parameters[index + 1], next = _loop.Body.Yields[index];
        if (next.Id == state.Id) return;
        if (state.Type is not ScalarType { Kind: var kind } || kind != _lanes.Element)
        {
            Refuse($"{NameOf(state)} is carried from one iteration to the next");
            return;
        }

        if (LaneReductions.Of(state, next, _facts, _inside, _uses) is { } reduction) _lanes.Reductions[state.Id] = reduction;
        else _lanes.Delayed.Add(state.Id);
        _lanes.Kinds[state.Id] = LaneKind.Number;
    }

    private void Delay()
    {
        _lanes.Order = LaneDelays.Order(_loop, _facts, _lanes.Delayed);
        if (_lanes.Order is null) Refuse($"{NameOf(_loop.Body.Parameters.First(p => _lanes.Delayed.Contains(p.Id)))} of one iteration is needed by the next");
    }

    private static string NameOf(Value value) => value.Name.Length > 0 ? value.Name : "a value";

    private LaneKind KindOf(Value value) => _lanes.KindOf(value);

    private void Visit(Region region, bool isMasked, bool isInner) => VisitAll(region.Body, isMasked, isInner);

    private void VisitAll(IEnumerable<Instruction> instructions, bool isMasked, bool isInner)
    {
        foreach (Instruction instruction in instructions)
        {
            if (_reason is not null) return;
            switch (instruction)
            {
                case Constant:
                    break;
                case BufferLength length:
                    break;
                case SliceBuffer slice when !isMasked && KindOf(slice.Start) == LaneKind.Uniform && KindOf(slice.Length) == LaneKind.Uniform:
                    break;
                case SliceBuffer:
                    Refuse("each iteration works on a view of its own");
                    break;
                case Apply apply:
                    VisitApply(apply, isMasked, isInner);
                    break;
                case Load { Path.Length: > 0 } or Store { Path.Length: > 0 } or Accumulate { Path.Length: > 0 }:
                    Refuse("it works on elements that are structs");
                    break;
                case Load load:
                    VisitLoad(load, isMasked, isInner);
                    break;
                case Store store:
                    VisitWrite(store, store.Buffer, store.Index, isMasked, isInner);
                    break;
                case Accumulate accumulate:
                    VisitWrite(accumulate, accumulate.Buffer, accumulate.Index, isMasked, isInner);
                    break;
                case If branch:
                    VisitIf(branch, isInner);
                    break;
                case For loop:
                    VisitFor(loop, isMasked);
                    break;
                case Call call:
                    Refuse($"it calls {call.Callee.Method}");
                    break;
                case CallPullback call:
                    Refuse($"it calls the pullback of {call.Callee.Method}");
                    break;
                case Push or Pop or ReserveTape or ReleaseTape:
                    Refuse("residuals of its iterations are on a stack");
                    break;
                case While:
                    Refuse("the loop inside runs a different number of times in each iteration");
                    break;
                case Throw:
                    Refuse("it may throw");
                    break;
                case AllocateBuffer:
                    Refuse("each iteration has memory of its own");
                    break;
                default:
                    Refuse("it moves whole buffers");
                    break;
            }
        }
    }

    private void VisitIf(If branch, bool isInner)
    {
        Visit(branch.Then, isMasked: true, isInner);
        Visit(branch.Else, isMasked: true, isInner);
        foreach (Value result in branch.Defines)
        {
            if (LanesOf(result) is { } kind) _lanes.Kinds[result.Id] = kind;
            else Refuse($"{NameOf(result)} is chosen by a condition and is no number of the lanes");
        }
    }

    private void VisitFor(For loop, bool isMasked)
    {
        if (isMasked || loop.HasCondition || KindOf(loop.Start) != LaneKind.Uniform || KindOf(loop.End) != LaneKind.Uniform)
        {
            Refuse("the loop inside runs a different number of times in each iteration");
            return;
        }

        foreach ((Value state, Value result) in loop.Body.Parameters.Skip(1).Zip(loop.Defines, static (p, r) => (p, r)))
        {
            if (LanesOf(state) is { } kind) _lanes.Kinds[state.Id] = _lanes.Kinds[result.Id] = kind;
            else Refuse($"{NameOf(state)} is carried by the loop inside and is no number of the lanes");
        }

        Visit(loop.Body, isMasked: false, isInner: true);
    }

    /// <summary>What a value that differs from lane to lane is; null where lanes cannot hold it. Whole numbers are exact in lanes of double precision.</summary>
    private LaneKind? LanesOf(Value value)
        => value.Type.Equals(IrType.Bool) ? LaneKind.Mask
            : value.Type is ScalarType { Kind: var kind } && kind == _lanes.Element || value.Type.Equals(IrType.Int32) && _lanes.Element == ElementKind.Double ? LaneKind.Number
            : null;
}
