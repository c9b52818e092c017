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
    public void Run(FlowState entry, Action beforeFinal, Action<BasicBlock>? atEnd)
    {
        Enter(0, entry);
        while (_open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            int next = _open.Min;
            _open.Remove(next);
            BasicBlock block = graph.Blocks[next];
            EnterHandlers(block, _entries[next]!);
            Evaluate(block, null);
            EnterHandlers(block, evaluator.State);
            Leave(block);
        }

        beforeFinal();
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
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
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
