using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

[Flags]
internal enum JumpKinds
{
    None = 0,
    Return = 1,
    Break = 2,
    Continue = 4,
}

/// <summary>Which jumps leave a statement, and which statements never reach their end.</summary>
internal static class Jumps
{
    /// <summary>The jumps out of a statement: those whose target is around it.</summary>
    public static JumpKinds Escaping(IOperation operation)
    {
        var kinds = JumpKinds.None;
        Walk(operation, []);
        return kinds;

        void Walk(IOperation node, List<ILabelSymbol> targets)
        {
            switch (node)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return;
                case IReturnOperation:
                    kinds |= JumpKinds.Return;
                    break;
                case IBranchOperation branch when !targets.Contains(branch.Target, SymbolEqualityComparer.Default):
                    kinds |= branch.BranchKind == BranchKind.Continue ? JumpKinds.Continue : JumpKinds.Break;
                    break;
                case ILoopOperation loop:
                    targets = [.. targets, loop.ExitLabel, loop.ContinueLabel];
                    break;
                case ISwitchOperation choice:
                    targets = [.. targets, choice.ExitLabel];
                    break;
            }

            foreach (IOperation child in node.ChildOperations) Walk(child, targets);
        }
    }

    /// <summary>Whether control never reaches the end of a statement, as its form shows.</summary>
    public static bool EndsAbruptly(IOperation? operation) => operation switch
    {
        IReturnOperation or IBranchOperation or IThrowOperation => true,
        IBlockOperation block => block.Operations.Any(EndsAbruptly),
        IConditionalOperation branch => EndsAbruptly(branch.WhenTrue) && EndsAbruptly(branch.WhenFalse),
        _ => false,
    };
}
