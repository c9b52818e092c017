using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>
/// Forward abstract interpretation of one control flow graph to its fixed point (Kildall 1973). Chains of the lattice are short: a size that
/// differs between two paths is not known after them, and stays so.
/// </summary>
internal sealed class FlowAnalysis(ControlFlowGraph graph, ShapeEvaluator evaluator, CancellationToken cancellation)
{
    private readonly FlowState?[] _entries = new FlowState?[graph.Blocks.Length];
    private readonly SortedSet<int> _open = [];

    /// <summary>Finds the values, then looks at every reachable block once more with the final ones.</summary>
    /// <remarks>
    /// Findings count at the first visit of a block, too: its state is then that of all paths without a back edge, so of the first round of
    /// each loop. Later states are in between.
    /// </remarks>
    public void Run(FlowState entry, Action<bool> count, Action<BasicBlock>? atEnd)
    {
        var visited = new bool[_entries.Length];
        Enter(0, entry);
        while (_open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            int next = _open.Min;
            _open.Remove(next);
            BasicBlock block = graph.Blocks[next];
            EnterHandlers(block, _entries[next]!);
            count(!visited[next]);
            visited[next] = true;
            Evaluate(block, atEnd);
            EnterHandlers(block, evaluator.State);
            Leave(block);
        }

        count(true);
        foreach (BasicBlock block in graph.Blocks)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_entries[block.Ordinal] is not null) Evaluate(block, atEnd);
        }
    }

    private void Evaluate(BasicBlock block, Action<BasicBlock>? atEnd)
    {
        evaluator.State = _entries[block.Ordinal]!.Copy();
        foreach (IOperation operation in block.Operations) evaluator.Evaluate(operation);
        evaluator.Evaluate(block.BranchValue);
        atEnd?.Invoke(block);
    }

    private void Leave(BasicBlock block)
    {
        FlowState state = evaluator.State;
        bool? truth = block.ConditionKind == ControlFlowConditionKind.None ? null : evaluator.Truth(block.BranchValue);
        bool? isTaken = truth is bool known ? known == (block.ConditionKind == ControlFlowConditionKind.WhenTrue) : null;
        if (block.ConditionalSuccessor?.Destination is { } conditional && isTaken != false) Enter(conditional.Ordinal, state);
        if (block.FallThroughSuccessor is { } fallThrough && isTaken != true)
        {
            if (fallThrough.Destination is { } destination) Enter(destination.Ordinal, state);
            foreach (ControlFlowRegion region in fallThrough.FinallyRegions) Enter(region.FirstBlockOrdinal, state);
        }
    }

    /// <summary>A handler begins wherever its try may throw.</summary>
    private void EnterHandlers(BasicBlock block, FlowState state)
    {
        // The root of a nested function is enclosed by regions of the graph outside.
        for (ControlFlowRegion? region = block.EnclosingRegion; region is { Kind: not ControlFlowRegionKind.Root }; region = region.EnclosingRegion)
        {
            if (region.Kind != ControlFlowRegionKind.Try || region.EnclosingRegion is not { } whole) continue;
            foreach (ControlFlowRegion handler in whole.NestedRegions)
                if (handler != region) Enter(handler.FirstBlockOrdinal, state);
        }
    }

    private void Enter(int ordinal, FlowState state)
    {
        if (_entries[ordinal] is not { } entry)
        {
            _entries[ordinal] = state.Copy();
            _open.Add(ordinal);
        }
        else if (entry.Join(state))
        {
            _open.Add(ordinal);
        }
    }
}
