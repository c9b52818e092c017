using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

// Elementwise operations, which broadcast: rightly, surprisingly, or not at all.
internal sealed partial class ShapeEvaluator
{
    /// <param name="isOperator">Whether it is an operator (or a method) of System.Numerics.Tensors.</param>
    private ShapeValue Elementwise(IOperation at, IReadOnlyList<IOperation> operands, ShapeValue[] values, bool isOperator)
    {
        TensorValue? result = null;
        IOperation? first = null;
        bool isKnown = true;
        for (int i = 0; i < operands.Count; i++)
        {
            if (values[i] is not TensorValue tensor)
            {
                isKnown &= TypeMap.Tensor(operands[i].Type) is null;
                continue;
            }

            if (result is null || first is null)
            {
                (result, first) = (tensor, operands[i]);
                continue;
            }

            _sizes.Reset();
            Shape? joined = Guarded(() => ShapeRules.Broadcast(_sizes, result.Shape, tensor.Shape));
            if (joined is null)
            {
                ReportProblem(at, [first, operands[i]], [result, tensor], null);
                // What follows goes on with what was probably meant.
                return (tensor.Shape.Rank > result.Shape.Rank ? tensor : result) with { Origin = new Origin(null, at.Syntax) };
            }

            if (!CheckSurprise(at, first, operands[i], result.Shape, tensor.Shape) && isOperator)
                CheckEager(at, operands[i], result.Shape, tensor.Shape);
            ReportUnproven(at, SourceText.Of(at.Syntax));
            result = new TensorValue(joined) { Origin = new Origin(null, at.Syntax) };
        }

        if (result is not null && !isKnown) return PartlyKnown(at, result.Shape);
        return result is null ? ShapeValue.Unknown : result.Origin?.Expression == at.Syntax ? result
            : result with { Origin = new Origin(null, at.Syntax) };
    }

    /// <summary>With an operand of which nothing is known: what is longer than 1 at the end stays as long.</summary>
    private static ShapeValue PartlyKnown(IOperation at, Shape known)
    {
        Dim[] last = [.. known.Dims.Reverse().TakeWhile(static d => d.Literal is > 1).Reverse()];
        return last.Length == 0 ? ShapeValue.Unknown
            : new TensorValue(Shape.Of([Dim.Symbol(SizeComparison.UnknownRest), .. last])) { Origin = new Origin(null, at.Syntax) };
    }

    /// <summary>[n] and [n, 1] broadcast to [n, n]: the classic way to get a wrong loss from a column and a row of the same
    /// numbers.</summary>
    private bool CheckSurprise(IOperation at, IOperation left, IOperation right, Shape a, Shape b)
    {
        (Shape lower, Shape higher, IOperation column) = a.Rank < b.Rank ? (a, b, right) : (b, a, left);
        if (lower.HasRest || higher.HasRest || higher.Rank != lower.Rank + 1 || lower.Rank == 0 || !higher[-1].IsOne || lower[-1].IsOne
            || lower[-1].IsUnknown() || IsDeliberate(left) || IsDeliberate(right))
            return false;
        for (int k = 0; k < lower.Rank; k++)
            if (lower[k] != higher[k]) return false;
        Report(ShapeDescriptors.SurprisingBroadcast, right,
            $"'{SourceText.Of(left.Syntax)}' is {Text(a)} and '{SourceText.Of(right.Syntax)}' is {Text(b)}: together they are "
            + $"{Text(new Shape([.. higher.Dims.Take(higher.Rank - 1), lower[-1]]))}, every element with every other; "
            + $"bring both to one shape, as with 'Reshape({SourceText.Of(column.Syntax)}, {string.Join(", ", lower.Dims.Select(static d => d.Name is null && d.Literal is null ? "…" : Spelled(d)))})'");
        return true;
    }

    /// <summary>Whoever writes the axis of length 1 in the very expression means it.</summary>
    private static bool IsDeliberate(IOperation operand) => operand switch
    {
        IConversionOperation conversion => IsDeliberate(conversion.Operand),
        IParenthesizedOperation parenthesized => IsDeliberate(parenthesized.Operand),
        IInvocationOperation { TargetMethod.Name: "Reshape" or "Unsqueeze" or "Broadcast" } => true,
        _ => false,
    };

    /// <summary>
    /// The operators of System.Numerics.Tensors take the shape of one operand for that of the result: the left one's where it has more
    /// axes, else the right one's. Where that operand has to stretch, numbers are lost without a word.
    /// </summary>
    private void CheckEager(IOperation at, IOperation right, Shape a, Shape b)
    {
        if (a.HasRest || b.HasRest || EagerName(at) is not { } name) return;
        (Shape taken, Shape other) = a.Rank > b.Rank ? (a, b) : (b, a);
        for (int k = 1; k <= other.Rank; k++)
        {
            Dim own = taken[taken.Rank - k], beside = other[other.Rank - k];
            if (!own.IsOne || beside.IsOne || beside.IsUnknown() || beside.Literal is null && !beside.Symbols.All(_names.IsRigid)) continue;
            Report(_names.IsDifferentiable ? ShapeDescriptors.EagerBroadcastInDifferentiable : ShapeDescriptors.EagerBroadcast, right,
                $"System.Numerics.Tensors gives the result of {Text(a)} and {Text(b)} the shape {Text(taken)}, and loses numbers; "
                + $"write 'Ops.{name}(…)', which gives {Text(ShapeRules.Broadcast(_sizes, a, b) ?? taken)}",
                ("operation", name));
            return;
        }
    }

    private static string? EagerName(IOperation at) => at switch
    {
        IBinaryOperation binary => Name(binary.OperatorKind),
        ICompoundAssignmentOperation => null,
        IInvocationOperation { TargetMethod.Name: "Add" or "Subtract" or "Multiply" or "Divide" } call => call.TargetMethod.Name,
        _ => null,
    };

    private static string? Name(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => "Add",
        BinaryOperatorKind.Subtract => "Subtract",
        BinaryOperatorKind.Multiply => "Multiply",
        BinaryOperatorKind.Divide => "Divide",
        _ => null,
    };
}
