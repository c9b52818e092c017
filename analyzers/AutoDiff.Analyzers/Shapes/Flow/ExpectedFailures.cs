using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>
/// Code that tries whether shapes fit: who catches the very exception that wrong shapes throw, and goes on, expects that they may be wrong. A handler
/// of any exception (the last resort of a program) says nothing of the kind.
/// </summary>
internal static class ExpectedFailures
{
    public static bool IsIn(ControlFlowGraph graph, BasicBlock block)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is { Kind: not ControlFlowRegionKind.Root }; region = region.EnclosingRegion)
        {
            if (region.Kind != ControlFlowRegionKind.Try || region.EnclosingRegion is not { Kind: ControlFlowRegionKind.TryAndCatch } whole) continue;
            if (whole.NestedRegions.Any(handler => handler != region && IsOfArguments(handler.ExceptionType) && GoesOn(graph, handler))) return true;
        }

        return false;
    }

    private static bool IsOfArguments(ITypeSymbol? exception)
        => exception is { Name: "ArgumentException" or "ArgumentOutOfRangeException", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private static bool GoesOn(ControlFlowGraph graph, ControlFlowRegion handler)
    {
        for (int i = handler.FirstBlockOrdinal; i <= handler.LastBlockOrdinal; i++)
            if (graph.Blocks[i].FallThroughSuccessor?.Semantics is ControlFlowBranchSemantics.Rethrow or ControlFlowBranchSemantics.Throw) return false;
        return true;
    }
}
