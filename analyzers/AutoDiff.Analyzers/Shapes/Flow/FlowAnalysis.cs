using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>
/// Forward abstract interpretation of one control flow graph to its fixed point (Kildall 1973). Chains of the lattice are short: a size
/// that differs between two paths is not known after them, and stays so.
/// </summary>
/// <remarks>
/// What is the same in every round of a loop is found at the fixed point. What goes wrong in the first or the second round only (a shape
/// that a round changes) would be lost there, so those rounds are looked at by themselves first: along paths without a back edge, and
/// along those that go on from one. A loop that is certain to go on (a list of known elements, a counter to a known end) is followed round
/// by round. What comes behind any other loop is judged at the fixed point only: it may well take another number of rounds. Where paths meet
/// that know different things, what is wrong on each of them is looked for by the alternatives.
/// </remarks>
/// <param name="isCall">Whether the body of a call is looked at, in which a handler is no path that the call is known to take.</param>
internal sealed partial class FlowAnalysis(ControlFlowGraph graph, ShapeEvaluator evaluator, Findings findings, CancellationToken cancellation, bool isCall = false)
{
    private const int LeastRounds = 24, MostRounds = 96, MaximumVisitsOfRounds = 480, UncertainRounds = 2;

    private readonly SortedSet<int> _open = [];
    private readonly HashSet<(int Header, int End)> _loops = [];
    private FlowState?[] _entries = [];
    private readonly HashSet<int> _left = [];
    private ShapeValue _branch = ShapeValue.Unknown;
    private bool _isReporting, _isRound, _losesChoices;
    private int _first, _last;

    /// <summary>Whether a way through the graph is followed, and not the fixed point.</summary>
    public bool IsRound => _isRound;

    /// <summary>Whether what holds on every path is looked at, for the last time.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Whether the ways that were followed are all that there are: every loop ended for certain.</summary>
    public bool RoundsAreAll { get; private set; }

    /// <param name="atEnd">Called at the end of each block, with the state there.</param>
    public void Run(FlowState entry, Action<BasicBlock>? atEnd)
    {
        bool isSaid = !GoesBack() && SolveOnce(entry, atEnd);
        if (!isSaid)
        {
            findings.IsOpen = false;
            Solve(0, graph.Blocks.Length - 1, entry);
        }

        FlowState?[] solution = _entries;
        List<(SyntaxNode At, Finding Finding)> onEachWay = _losesChoices || evaluator.MeetsChoices ? WrongOnEachWay(entry, atEnd) : [];
        if (isSaid)
        {
            findings.Release(isSaid: true);
        }
        else
        {
            _isReporting = true;
            if (_loops.Count > 0)
            {
                _isRound = RoundsAreAll = true;
                Rounds(entry, atEnd);
                _isRound = false;
            }

            _entries = solution;
            IsFinal = true;
            foreach (BasicBlock block in graph.Blocks)
                if (_entries[block.Ordinal] is not null) Evaluate(block, atEnd);
        }

        findings.IsOpen = true;
        foreach ((SyntaxNode at, Finding finding) in onEachWay)
            if (!findings.HasWrong(at)) findings.Add(finding);
    }

    /// <summary>
    /// The fixed point and what is wrong at it in one go, where no path goes back: each block is met once, when all is known that leads to it. What is found is held.
    /// </summary>
    /// <returns>Whether it is what a second look would find: a comparison behind what depends on it changes that.</returns>
    private bool SolveOnce(FlowState entry, Action<BasicBlock>? atEnd)
    {
        int compared = evaluator.Names.Compared;
        findings.Hold();
        _isReporting = IsFinal = true;
        Solve(0, graph.Blocks.Length - 1, entry, atEnd);
        _isReporting = IsFinal = false;
        if (evaluator.Names.Compared == compared) return true;
        findings.Release(isSaid: false);
        return false;
    }

    private bool GoesBack() => graph.Blocks.Any(static b => Successors(b).Any(to => to <= b.Ordinal));

    private void Rounds(FlowState entry, Action<BasicBlock>? atEnd)
    {
        var waiting = new Queue<(int Start, FlowState State)>();
        var taken = new int[graph.Blocks.Length];
        waiting.Enqueue((0, entry));
        int most = Math.Max(LeastRounds, Math.Min(MostRounds, MaximumVisitsOfRounds / graph.Blocks.Length));
        for (int rounds = 0; waiting.Count > 0 && rounds < most; rounds++)
        {
            (int start, FlowState state) = waiting.Dequeue();
            taken[start]++;
            _left.Clear();
            FlowState?[] again = Round(start, state, atEnd);
            for (int header = 0; header < again.Length; header++)
            {
                if (again[header] is not { } next) continue;
                bool isCertain = !_left.Contains(header);
                RoundsAreAll &= isCertain;
                if (isCertain || taken[header] + 1 < UncertainRounds) waiting.Enqueue((header, next));
            }
        }

        RoundsAreAll &= waiting.Count == 0;
    }

    /// <summary>One way forward from a block.</summary>
    /// <returns>What is known on the edges back, by the blocks they lead to.</returns>
    private FlowState?[] Round(int start, FlowState state, Action<BasicBlock>? atEnd)
    {
        _entries = new FlowState?[graph.Blocks.Length];
        var back = new FlowState?[graph.Blocks.Length];
        _entries[start] = state.Copy();
        for (int ordinal = start; ordinal < _entries.Length; ordinal++)
        {
            if (_entries[ordinal] is null) continue;
            BasicBlock block = graph.Blocks[ordinal];
            EnterHandlers(block, _entries[ordinal]!, ordinal, back);
            int from = ordinal;
            Evaluate(block, atEnd, () => EnterHandlers(block, evaluator.State, from, back));
            Leave(block, ordinal, back);
        }

        return back;
    }

    /// <summary>The fixed point of the blocks from one to another.</summary>
    private void Solve(int first, int last, FlowState entry, Action<BasicBlock>? atEnd = null)
    {
        (_first, _last) = (first, last);
        _entries = new FlowState?[graph.Blocks.Length];
        Enter(first, entry, -1, null);
        while (_open.Count > 0)
        {
            int next = _open.Min;
            _open.Remove(next);
            BasicBlock block = graph.Blocks[next];
            EnterHandlers(block, _entries[next]!, next, null);
            Evaluate(block, atEnd, () => EnterHandlers(block, evaluator.State, next, null));
            Leave(block, next, null);
        }

        (_first, _last) = (0, graph.Blocks.Length - 1);
    }

    /// <param name="afterEach">Called behind each statement, where there may be an exception.</param>
    private void Evaluate(BasicBlock block, Action<BasicBlock>? atEnd, Action? afterEach = null)
    {
        cancellation.ThrowIfCancellationRequested();
        evaluator.State = _entries[block.Ordinal]!.Copy();
        findings.IsOpen = _isReporting && !evaluator.State.IsUnsure && !ExpectedFailures.IsIn(graph, block);
        foreach (IOperation operation in block.Operations)
        {
            evaluator.Run(operation);
            afterEach?.Invoke();
        }

        _branch = evaluator.Run(block.BranchValue);
        if (block.BranchValue is not null) afterEach?.Invoke();
        if (_isRound && block.Kind == BasicBlockKind.Exit) RoundsAreAll &= !evaluator.State.IsUnsure;
        atEnd?.Invoke(block);
    }

    private void Leave(BasicBlock block, int from, FlowState?[]? back)
    {
        FlowState state = evaluator.State;
        bool? truth = block.ConditionKind == ControlFlowConditionKind.None ? null : (_branch as BooleanValue)?.Value;
        bool? isTaken = truth is bool known ? known == (block.ConditionKind == ControlFlowConditionKind.WhenTrue) : null;
        if (truth is null && block.ConditionKind != ControlFlowConditionKind.None) evaluator.ForgetGuarded(block.BranchValue);
        FlowState ifNull = state;
        bool? isNullWhenTrue = truth is null && block.ConditionKind != ControlFlowConditionKind.None ? evaluator.AsksForNull(block.BranchValue, out ifNull) : null;
        bool isNullWhenTaken = isNullWhenTrue == (block.ConditionKind == ControlFlowConditionKind.WhenTrue);
        if (block.ConditionalSuccessor?.Destination is { } conditional && isTaken != false)
            Enter(conditional.Ordinal, Left(isNullWhenTrue is not null && isNullWhenTaken ? ifNull : state, from, conditional.Ordinal, isTaken), from, back);
        if (block.FallThroughSuccessor is { } fallThrough && isTaken != true)
        {
            if (isNullWhenTrue is not null && !isNullWhenTaken) state = ifNull;
            if (fallThrough.Destination is { } destination) Enter(destination.Ordinal, Left(Through(fallThrough.FinallyRegions, state), from, destination.Ordinal, isTaken), from, back);
            foreach (ControlFlowRegion region in fallThrough.FinallyRegions) Enter(region.FirstBlockOrdinal, state, from, back);
        }
    }

    /// <summary>The state behind the <c>finally</c> blocks that a path goes through: what they write is run where they are one block, and is not known where they are more.</summary>
    private FlowState Through(ImmutableArray<ControlFlowRegion> regions, FlowState state)
    {
        if (regions.IsEmpty) return state;
        (FlowState before, bool isOpen) = (evaluator.State, findings.IsOpen);
        findings.IsOpen = false;
        evaluator.State = state.Copy();
        foreach (ControlFlowRegion region in regions)
        {
            var operations = graph.Blocks.Skip(region.FirstBlockOrdinal).Take(region.LastBlockOrdinal - region.FirstBlockOrdinal + 1).SelectMany(static b => b.Operations).ToArray();
            bool isStraight = Enumerable.Range(region.FirstBlockOrdinal, region.LastBlockOrdinal - region.FirstBlockOrdinal + 1).All(i => graph.Blocks[i].ConditionalSuccessor is null);
            foreach (IOperation operation in operations)
            {
                if (isStraight) evaluator.Run(operation);
                else evaluator.ForgetWritten(operation);
            }
        }

        FlowState after = evaluator.State;
        (evaluator.State, findings.IsOpen) = (before, isOpen);
        return after;
    }

    /// <summary>A handler begins wherever its try may throw.</summary>
    private void EnterHandlers(BasicBlock block, FlowState state, int from, FlowState?[]? back)
    {
        // The root of a nested function is enclosed by regions of the graph outside.
        for (ControlFlowRegion? region = block.EnclosingRegion; region is { Kind: not ControlFlowRegionKind.Root }; region = region.EnclosingRegion)
        {
            if (region.Kind != ControlFlowRegionKind.Try || region.EnclosingRegion is not { } whole) continue;
            foreach (ControlFlowRegion handler in whole.NestedRegions)
            {
                if (handler == region) continue;
                bool isUnsure = isCall && handler.Kind != ControlFlowRegionKind.Finally;
                Enter(handler.FirstBlockOrdinal, isUnsure ? state.Copy(isUnsure: true) : state, from, back);
            }
        }
    }

    private void Enter(int ordinal, FlowState state, int from, FlowState?[]? back)
    {
        if (_ways is not null)
        {
            EnterWay(ordinal, state, from);
            return;
        }

        if (ordinal < _first || ordinal > _last) return;
        if (ordinal <= from && !_isRound) _loops.Add((ordinal, from));
        FlowState?[] entries = back is not null && ordinal <= from ? back : _entries;
        if (entries[ordinal] is not { } entry)
            entries[ordinal] = state.Copy();
        else
        {
            bool changed = entry.Join(state, out bool isLoss);
            _losesChoices |= isLoss && ordinal > from;
            if (!changed) return;
        }

        if (back is null) _open.Add(ordinal);
    }

    /// <summary>The state on an edge, which is not sure where it leaves a loop that might as well go on.</summary>
    private FlowState Left(FlowState state, int from, int to, bool? isTaken)
    {
        if (!_isRound || isTaken is not null) return state;
        bool leaves = false;
        foreach ((int header, int end) in _loops)
        {
            if (from < header || from > end || to >= header && to <= end) continue;
            _left.Add(header);
            leaves = true;
        }

        return leaves && !state.IsUnsure ? state.Copy(isUnsure: true) : state;
    }
}
