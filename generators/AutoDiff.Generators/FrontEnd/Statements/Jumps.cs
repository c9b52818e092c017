using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>Which jumps leave a statement, and which statements never reach their end.</summary>
internal static class Jumps
{
    /// <summary>The jumps out of a statement: those whose target is around it or behind it.</summary>
    public static JumpKinds Escaping(IOperation operation) => Escaping(operation, []);

    private static JumpKinds Escaping(IOperation operation, List<ISwitchCaseOperation> entered)
    {
        var kinds = JumpKinds.None;
        var inside = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        Walk(operation);
        foreach (ISymbol label in inside) kinds = kinds.Without(label);
        return kinds;

        void Walk(IOperation node)
        {
            switch (node)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return;
                case IReturnOperation:
                    kinds |= JumpKinds.Return;
                    break;
                case IBranchOperation branch when Section(branch) is { } section:
                    // goto case: what that section does, here.
                    if (entered.Contains(section)) break;
                    foreach (IOperation statement in section.Body) kinds |= Escaping(statement, [.. entered, section]);
                    break;
                case IBranchOperation branch:
                    kinds |= JumpKinds.To(branch.Target);
                    break;
                case ILoopOperation loop:
                    inside.Add(loop.ExitLabel);
                    inside.Add(loop.ContinueLabel);
                    break;
                case ISwitchOperation choice:
                    inside.Add(choice.ExitLabel);
                    break;
                case ILabeledOperation labeled:
                    inside.Add(labeled.Label);
                    break;
            }

            foreach (IOperation child in node.ChildOperations) Walk(child);
        }
    }

    /// <summary>The section that a <c>goto case</c> or <c>goto default</c> goes to; null for other jumps.</summary>
    public static ISwitchCaseOperation? Section(IBranchOperation jump)
    {
        if (jump.BranchKind != BranchKind.GoTo) return null;
        for (IOperation? around = jump.Parent; around is not null; around = around.Parent)
        {
            if (around is not ISwitchOperation choice) continue;
            foreach (ISwitchCaseOperation section in choice.Cases)
                if (section.Clauses.Any(c => SymbolEqualityComparer.Default.Equals(c.Label, jump.Target))) return section;
        }

        return null;
    }

    /// <summary>Whether a <c>goto</c> goes to a statement that comes later in a block around it.</summary>
    public static bool GoesForward(IBranchOperation jump)
    {
        for (IOperation node = jump; node.Parent is { } around; node = around)
        {
            IEnumerable<IOperation> statements = around switch
            {
                IBlockOperation block => block.Operations,
                ISwitchCaseOperation section => section.Body,
                _ => [],
            };
            if (statements.SkipWhile(s => s != node).Skip(1).Any(s => LabelsOf(s).Contains(jump.Target, SymbolEqualityComparer.Default))) return true;
        }

        return false;
    }

    /// <summary>The labels right before a statement.</summary>
    public static IEnumerable<ILabelSymbol> LabelsOf(IOperation? statement)
    {
        for (; statement is ILabeledOperation labeled; statement = labeled.Operation) yield return labeled.Label;
    }

    /// <summary>Whether control never reaches the end of a statement, as its form shows.</summary>
    public static bool EndsAbruptly(IOperation? operation) => operation switch
    {
        IReturnOperation or IBranchOperation or IThrowOperation => true,
        IBlockOperation block => !block.Operations.Any(static s => s is ILabeledOperation) && block.Operations.Any(EndsAbruptly),
        IConditionalOperation branch => EndsAbruptly(branch.WhenTrue) && EndsAbruptly(branch.WhenFalse),
        _ => false,
    };
}
