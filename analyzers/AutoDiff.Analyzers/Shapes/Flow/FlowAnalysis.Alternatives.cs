using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>
/// What is wrong on each of the ways that lead to it, though not for the same reason: a tensor of one of two shapes, neither of which
/// fits. The states of the ways are kept apart, as long as they are few (trace partitioning, Rival and Mauborgne 2007), and only
/// what goes wrong in all of them counts: choices that hang together are never taken for a mistake.
/// </summary>
internal sealed partial class FlowAnalysis
{
    /// <summary>How many ways are kept apart, and how much work they are worth.</summary>
    private const int MaximumWays = 8, MaximumVisits = 1500, MaximumChoices = 12;

    private List<FlowState>?[]? _ways;
    private int _visits;

    /// <summary>Whether the ways that were kept apart are all that there are.</summary>
    public bool WaysAreAll { get; private set; }

    private List<(SyntaxNode At, Finding Finding)> WrongOnEachWay(FlowState entry, Action<BasicBlock>? atEnd)
    {
        var wrong = new List<(SyntaxNode, Finding)>();
        if (EntersALoopInside()) return wrong;
        var ways = new List<FlowState>?[graph.Blocks.Length];
        ways[0] = [entry];
        for (int ordinal = 0; ordinal < ways.Length; ordinal++)
        {
            if (ways[ordinal] is not { } states) continue;
            if (_visits > MaximumVisits) return wrong;
            if (End(ordinal) is int end) states = RoundAndRound(ordinal, end, states);
            _ways = ways;
            wrong.AddRange(WrongInEach(graph.Blocks[ordinal], states, atEnd));
            _ways = null;
        }

        WaysAreAll = true;
        return wrong;
    }

    /// <summary>A loop that is also entered elsewhere than at its beginning.</summary>
    private bool EntersALoopInside()
        => graph.Blocks.Any(b => Successors(b).Any(to => _loops.Any(l => b.Ordinal < l.Header && to > l.Header && to <= l.End)));

    private static IEnumerable<int> Successors(BasicBlock block)
    {
        if (block.ConditionalSuccessor?.Destination is { } conditional) yield return conditional.Ordinal;
        if (block.FallThroughSuccessor?.Destination is { } fallThrough) yield return fallThrough.Ordinal;
    }

    private int? End(int header) => _loops.Where(l => l.Header == header).Select(static l => (int?)l.End).Max();

    /// <summary>What holds in every round of a loop, for each of the ways that lead to it.</summary>
    private List<FlowState> RoundAndRound(int header, int end, List<FlowState> states)
    {
        var always = new List<FlowState>();
        foreach (FlowState state in states)
        {
            Solve(header, end, state);
            Keep(always, _entries[header]!);
        }

        return always;
    }

    private List<(SyntaxNode At, Finding Finding)> WrongInEach(BasicBlock block, List<FlowState> states, Action<BasicBlock>? atEnd)
    {
        var wrong = new Dictionary<SyntaxNode, (Finding First, Finding? Other)>();
        bool isFirst = true;
        foreach (Dictionary<SyntaxNode, Finding> here in states.SelectMany(s => Wrong(block, s, isCounted: !states.All(static s => s.IsUnsure), atEnd)))
        {
            foreach (SyntaxNode at in wrong.Keys.ToArray())
            {
                if (!here.TryGetValue(at, out Finding? other)) wrong.Remove(at);
                else if (other.Message != wrong[at].First.Message) wrong[at] = (wrong[at].First, wrong[at].Other ?? other);
            }

            foreach (KeyValuePair<SyntaxNode, Finding> finding in here)
                if (isFirst) wrong[finding.Key] = (finding.Value, null);
            isFirst = false;
        }

        return [.. wrong.Select(static w => (w.Key, Both(w.Value.First, w.Value.Other)))];
    }

    private static Finding Both(Finding first, Finding? other)
        => other is null ? first : first with { Message = $"{first.Message}; on another way here: {other.Message.Split(';')[0]}" };

    /// <summary>What goes wrong in a block, for one way that leads to it and each choice of what its calls give.</summary>
    private IEnumerable<Dictionary<SyntaxNode, Finding>> Wrong(BasicBlock block, FlowState state, bool isCounted, Action<BasicBlock>? atEnd)
    {
        var wrong = new List<Dictionary<SyntaxNode, Finding>>();
        evaluator.Choices = new Choices();
        do
        {
            if (wrong.Count == MaximumChoices)
            {
                evaluator.Choices = null;
                return [WrongOnce(block, state, isCounted, atEnd)];
            }

            wrong.Add(WrongOnce(block, state, isCounted, atEnd));
        }
        while (evaluator.Choices.Next());
        evaluator.Choices = null;
        return wrong;
    }

    /// <summary>What goes wrong first in each statement of a block.</summary>
    private Dictionary<SyntaxNode, Finding> WrongOnce(BasicBlock block, FlowState state, bool isCounted, Action<BasicBlock>? atEnd)
    {
        cancellation.ThrowIfCancellationRequested();
        _visits++;
        EnterHandlers(block, state, block.Ordinal, null);
        evaluator.State = state.Copy();
        findings.IsOpen = isCounted && !ExpectedFailures.IsIn(graph, block);
        var wrong = new Dictionary<SyntaxNode, Finding>();
        foreach (IOperation operation in block.Operations)
        {
            Note(operation.Syntax, () => evaluator.Run(operation));
            EnterHandlers(block, evaluator.State, block.Ordinal, null);
        }

        if (block.BranchValue is { } branch)
        {
            Note(branch.Syntax, () => _branch = evaluator.Run(branch));
            Note(branch.Syntax, () => atEnd?.Invoke(block));
        }
        else
        {
            _branch = ShapeValue.Unknown;
            atEnd?.Invoke(block);
        }

        findings.IsOpen = false;
        EnterHandlers(block, evaluator.State, block.Ordinal, null);
        Leave(block, block.Ordinal, null);
        return wrong;

        void Note(SyntaxNode at, Action evaluate)
        {
            if (findings.Apart(evaluate) is [var first, ..] && !wrong.ContainsKey(at)) wrong[at] = first;
        }
    }

    private void EnterWay(int ordinal, FlowState state, int from)
    {
        if (ordinal > from) Keep(_ways![ordinal] ??= [], state);
    }

    /// <summary>One more way, which is one with another where there are many.</summary>
    private static void Keep(List<FlowState> ways, FlowState state)
    {
        if (ways.Any(state.IsSame)) return;
        if (ways.Count < MaximumWays) ways.Add(state.Copy());
        else ways[MaximumWays - 1].Join(state);
    }
}
