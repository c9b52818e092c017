using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// A <c>for</c> loop whose trip count is fixed when it starts: one counter, declared in the header and assigned only there, a constant
/// stride, and an end that nothing in the loop changes.
/// </summary>
/// <param name="EndOffset">What is added to the end: 1 for <c>&lt;=</c>, −1 for <c>&gt;=</c>, −c for <c>i + c &lt; end</c>.</param>
internal sealed record CountedLoop(ILocalSymbol Counter, IOperation Start, IOperation End, long EndOffset, long Stride)
{
    public static CountedLoop? Recognise(
        IForLoopOperation loop, IReadOnlyDictionary<ISymbol, ILocalFunctionOperation> localFunctions, IEnumerable<FunctionOperand> held)
    {
        if (loop.Before is not [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [var declarator] }] }]) return null;
        if (declarator.GetVariableInitializer()?.Value is not { } start
            || loop.AtLoopBottom is not [IExpressionStatementOperation { Operation: var update }]) return null;
        ILocalSymbol counter = declarator.Symbol;
        if (counter.IsRef || counter.Type.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int64)) return null;
        if (StrideOf(update, counter) is not (long stride and not 0) || Limit(loop.Condition, counter) is not var (end, relation, offset))
            return null;
        switch (relation)
        {
            case BinaryOperatorKind.LessThan when stride > 0:
            case BinaryOperatorKind.GreaterThan when stride < 0:
                break;
            case BinaryOperatorKind.LessThanOrEqual when stride > 0:
                offset++;
                break;
            case BinaryOperatorKind.GreaterThanOrEqual when stride < 0:
                offset--;
                break;
            default:
                return null;
        }

        HashSet<ISymbol> assigned = Assigned.In([loop.Body], localFunctions, held);
        if (assigned.Contains(counter) || !IsInvariant(end, assigned, counter)) return null;
        return new CountedLoop(counter, start, end, offset, stride);
    }

    private static long? StrideOf(IOperation update, ILocalSymbol counter) => update switch
    {
        IIncrementOrDecrementOperation increment when Refers(increment.Target, counter)
            => increment.Kind == OperationKind.Increment ? 1 : -1,
        ICompoundAssignmentOperation compound when Refers(compound.Target, counter) && Integer(compound.Value) is long k
            => compound.OperatorKind switch
        {
            BinaryOperatorKind.Add => k,
            BinaryOperatorKind.Subtract => -k,
            _ => null,
        },
        ISimpleAssignmentOperation { Value: IBinaryOperation sum } assignment when Refers(assignment.Target, counter)
            => sum.OperatorKind switch
        {
            BinaryOperatorKind.Add when Refers(sum.LeftOperand, counter) => Integer(sum.RightOperand),
            BinaryOperatorKind.Add when Refers(sum.RightOperand, counter) => Integer(sum.LeftOperand),
            BinaryOperatorKind.Subtract when Refers(sum.LeftOperand, counter) => -Integer(sum.RightOperand),
            _ => null,
        },
        _ => null,
    };

    private static (IOperation End, BinaryOperatorKind Relation, long Offset)? Limit(IOperation? condition, ILocalSymbol counter)
    {
        if (condition is not IBinaryOperation comparison) return null;
        if (ShiftOf(comparison.LeftOperand, counter) is { } left) return (comparison.RightOperand, comparison.OperatorKind, -left);
        if (ShiftOf(comparison.RightOperand, counter) is not { } right) return null;
        return (comparison.LeftOperand, comparison.OperatorKind switch
        {
            BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
            BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
            BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
            BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
            var other => other,
        }, -right);
    }

    /// <summary>c, where the operation is the counter plus c: <c>i + 1 &lt; x.Length</c> is how one reads neighbours.</summary>
    private static long? ShiftOf(IOperation operation, ILocalSymbol counter) => operation switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum when Refers(sum.LeftOperand, counter) => Integer(sum.RightOperand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum when Refers(sum.RightOperand, counter) => Integer(sum.LeftOperand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } difference when Refers(difference.LeftOperand, counter) => -Integer(difference.RightOperand),
        IConversionOperation { IsImplicit: true } conversion => ShiftOf(conversion.Operand, counter),
        IParenthesizedOperation parenthesized => ShiftOf(parenthesized.Operand, counter),
        _ => Refers(operation, counter) ? 0 : null,
    };

    /// <summary>
    /// Whether an expression has the same value throughout the loop: made of constants, unassigned variables, lengths and arithmetic.
    /// </summary>
    private static bool IsInvariant(IOperation end, HashSet<ISymbol> assigned, ILocalSymbol counter)
        => end.ConstantValue.HasValue || end switch
    {
        ILocalReferenceOperation local => !assigned.Contains(local.Local) && !SymbolEqualityComparer.Default.Equals(local.Local, counter),
        IParameterReferenceOperation parameter => !assigned.Contains(parameter.Parameter),
        IInstanceReferenceOperation => true,
        IPropertyReferenceOperation { Property: { IsReadOnly: true,
            Name: "Length" or "Count" or "Lengths" or "Rank" or "FlattenedLength" or "this[]" }, Instance: { } instance } property
            => IsInvariant(instance, assigned, counter) && property.Arguments.All(a => IsInvariant(a.Value, assigned, counter)),
        IPropertyReferenceOperation { Instance: IInstanceReferenceOperation, Property.SetMethod: null } => true,
        IPropertyReferenceOperation { Instance: IInstanceReferenceOperation, Property.SetMethod.IsInitOnly: true } => true,
        IFieldReferenceOperation { Field.IsReadOnly: true } field
            => field.Instance is null || IsInvariant(field.Instance, assigned, counter),
        // A row of a jagged array that is given no rows in the loop; whether it has the same elements does not count.
        IArrayElementReferenceOperation { Type: IArrayTypeSymbol } row
            => IsInvariant(row.ArrayReference, assigned, counter) && row.Indices.All(i => IsInvariant(i, assigned, counter)),
        IArrayElementReferenceOperation => false,
        IInvocationOperation { TargetMethod: { Name: "GetLength", ContainingType.SpecialType: SpecialType.System_Array }, Instance: { } array } call
            => IsInvariant(array, assigned, counter) && call.Arguments.All(a => IsInvariant(a.Value, assigned, counter)),
        IPropertyReferenceOperation { Instance: null, Property: { Name: "Count", SetMethod: null, ContainingType: var vectors } } => vectors.IsIn("System.Numerics")
            || vectors.IsIn("System.Runtime.Intrinsics"),
        IConversionOperation conversion => IsInvariant(conversion.Operand, assigned, counter),
        IParenthesizedOperation parenthesized => IsInvariant(parenthesized.Operand, assigned, counter),
        IUnaryOperation unary => IsInvariant(unary.Operand, assigned, counter),
        IBinaryOperation binary
            => IsInvariant(binary.LeftOperand, assigned, counter) && IsInvariant(binary.RightOperand, assigned, counter),
        IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType: { Name: "Math" } type } } call when type.IsIn("System")
            => call.Arguments.All(a => IsInvariant(a.Value, assigned, counter)),
        _ => false,
    };

    private static bool Refers(IOperation operation, ILocalSymbol local) => operation switch
    {
        ILocalReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Local, local),
        IConversionOperation { IsImplicit: true } conversion => Refers(conversion.Operand, local),
        IParenthesizedOperation parenthesized => Refers(parenthesized.Operand, local),
        _ => false,
    };

    private static long? Integer(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: { } value }
        ? value switch { int i => i, long l => l, short s => s, byte b => b, sbyte b => b, ushort s => s, uint u => u, _ => null }
        : null;
}
