using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// T? is a flag and a value; the value of one that has none is the default of T.
internal sealed partial class Lowering
{
    /// <summary>What <c>?.</c> was applied to, innermost last.</summary>
    private readonly Stack<Operand> _conditional = [];

    private AggregateOperand Nullable(ITypeSymbol type, Value hasValue, Operand value) => new(type, [new ValueOperand(hasValue), value]);

    private static ITypeSymbol Underlying(ITypeSymbol nullable) => ((INamedTypeSymbol)nullable).TypeArguments[0];

    /// <summary>A value as a <c>T?</c>.</summary>
    private Operand ToNullable(Operand operand, ITypeSymbol type, IOperation at)
        => operand is AggregateOperand { Type: var own } && Components.IsNullable(own) ? operand
            : Nullable(type, _builder.Bool(true), Convert(operand, Underlying(type), at));

    /// <summary>A number or a <c>U?</c> as a <c>T?</c>.</summary>
    private Operand ToOtherNullable(Operand operand, ITypeSymbol type, IOperation at)
        => operand is AggregateOperand { Type: var own, Fields: [var hasValue, var value] } && Components.IsNullable(own)
            ? new AggregateOperand(type, [hasValue, Convert(value, Underlying(type), at)])
            : ToNullable(operand, type, at);

    private (Value HasValue, Operand Value) NullableParts(IOperation operation)
        => Visit(operation) is AggregateOperand { Fields: [ValueOperand { Value: var hasValue }, var value] } ? (hasValue, value)
            : throw UnsupportedExpression(operation, $"'{StepText.Of(operation.Syntax)}'", "use HasValue and Value");

    /// <summary><c>x.Value</c> and <c>(T)x</c>, which throw where there is none.</summary>
    private Operand ValueOfNullable(AggregateOperand nullable, IOperation at)
    {
        Value isNull = _builder.Scalar(ScalarOp.Not, Single(nullable.Fields[0], at));
        Branch(isNull, at, () =>
        {
            Effect(new ThrowText().Add("throw new global::System.InvalidOperationException(\"Nullable object must have a value.\")").ToInstruction());
            return null;
        }, static () => null);
        return nullable.Fields[1];
    }

    /// <summary>Methods of <c>T?</c>; null for other methods.</summary>
    private Operand? NullableCall(IInvocationOperation call)
    {
        if (call.Instance is not { Type: { } type } || !Components.IsNullable(type) || call.TargetMethod.Name != "GetValueOrDefault") return null;
        (Value hasValue, Operand value) = NullableParts(call.Instance);
        return call.Arguments.IsEmpty ? value : Branch(hasValue, call, () => value, () => Visit(call.Arguments[0].Value))!;
    }

    /// <summary><c>a ?? b</c></summary>
    private Operand Coalesce(ICoalesceOperation coalesce)
    {
        if (CoalescedAccess(coalesce) is { } accessed) return accessed;
        if (coalesce.Value.Type is { IsReferenceType: true } && Visit(coalesce.Value) is var reference)
        {
            if (IsReferent(reference)) return CoalesceReference(coalesce, reference);
            if (IsMemory(reference)) return Branch(IsNull(reference), coalesce, () => ValueOrThrow(coalesce.WhenNull), () => reference)!;
        }

        if (!Components.IsNullable(coalesce.Value.Type))
            throw UnsupportedExpression(coalesce, $"'{StepText.Of(coalesce.Syntax)}'", "use ?? on numbers and structs that may be null");
        Operand left = Visit(coalesce.Value);
        (Value hasValue, Operand value) = left is AggregateOperand { Fields: [ValueOperand { Value: var flag }, var inner] } ? (flag, inner)
            : throw new UnsupportedException();
        ITypeSymbol type = coalesce.Type!;
        return Branch(hasValue, coalesce,
            () => Components.IsNullable(type) ? ToNullable(left, type, coalesce) : Convert(value, type, coalesce),
            () => ThrowIn(coalesce.WhenNull) is { } exception ? ThrowingArm(exception) : Convert(Visit(coalesce.WhenNull), type, coalesce))!;

        Operand? ThrowingArm(IThrowOperation exception)
        {
            ThrowStatement(exception);
            return null;
        }
    }

    /// <summary><c>a ??= b</c></summary>
    private Operand CoalesceAssignment(ICoalesceAssignmentOperation assignment)
    {
        if (assignment.Target.Type is { IsReferenceType: true } && PlaceOf(assignment.Target) is var target && Read(target, assignment) is var reference && IsMemory(reference))
        {
            Operand result = Branch(IsNull(reference), assignment, () => Visit(assignment.Value), () => reference)!;
            Write(target, result, assignment);
            return result;
        }

        if (!Components.IsNullable(assignment.Target.Type))
            throw UnsupportedExpression(assignment, $"'{StepText.Of(assignment.Syntax)}'", "use ??= on numbers and structs that may be null");
        ITypeSymbol type = assignment.Target.Type!;
        Place place = PlaceOf(assignment.Target);
        var before = (AggregateOperand)Read(place, assignment);
        Operand after = Branch(Single(before.Fields[0], assignment), assignment, () => before,
            () => ToNullable(Visit(assignment.Value), type, assignment))!;
        Write(place, after, assignment);
        return Components.IsNullable(assignment.Type) ? after : ((AggregateOperand)after).Fields[1];
    }

    /// <summary><c>a?.B</c></summary>
    private Operand ConditionalAccess(IConditionalAccessOperation access)
    {
        if (access.Operation.Type is { IsReferenceType: true } && Visit(access.Operation) is var reference && (IsReferent(reference) || IsMemory(reference)))
            return ConditionalReference(access, reference);
        if (!Components.IsNullable(access.Operation.Type) || access.Type is not { } type || !Components.IsNullable(type))
            throw UnsupportedExpression(access, $"'{StepText.Of(access.Syntax)}'", "use ?. on numbers and structs that may be null");
        (Value hasValue, Operand value) = NullableParts(access.Operation);
        return Branch(hasValue, access, () =>
        {
            _conditional.Push(value);
            try
            {
                return ToNullable(Visit(access.WhenNotNull), type, access);
            }
            finally
            {
                _conditional.Pop();
            }
        }, () => DefaultOf(type, access))!;
    }

    /// <summary>Operators on <c>T?</c>: null where an operand is; comparisons are false then, but two nulls are equal.</summary>
    private Operand LiftedBinary(IBinaryOperation binary)
    {
        (Value left, Operand a) = NullableParts(binary.LeftOperand);
        (Value right, Operand b) = NullableParts(binary.RightOperand);
        Value both = _builder.Scalar(ScalarOp.And, left, right);
        Operand Apply() => binary.OperatorMethod is { } method && IsOfValueType(method) ? ValueMember(method, [a, b], binary)
            : new ValueOperand(Arithmetic(
                OperatorOf(binary.OperatorKind) ?? throw UnsupportedExpression(binary, $"The operator in '{StepText.Of(binary.Syntax)}'", "use arithmetic"),
                Single(a, binary), Single(b, binary), binary));
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals:
                bool equals = binary.OperatorKind == BinaryOperatorKind.Equals;
                return Branch(both, binary, Apply, () => new ValueOperand(_builder.Scalar(equals ? ScalarOp.Equal : ScalarOp.NotEqual, left, right)))!;
            case BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual:
                return Branch(both, binary, Apply, () => new ValueOperand(_builder.Bool(false)))!;
            default:
                ITypeSymbol type = binary.Type!;
                return Branch(both, binary, () => Nullable(type, _builder.Bool(true), Apply()), () => DefaultOf(type, binary))!;
        }
    }

    /// <summary><c>a == null</c> and <c>a != null</c>; null for other operators.</summary>
    private Operand? ComparedWithNull(IBinaryOperation binary)
    {
        if (binary.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)) return null;
        IOperation? other = IsNull(binary.RightOperand) ? binary.LeftOperand : IsNull(binary.LeftOperand) ? binary.RightOperand : null;
        if (other is null || !Components.IsNullable(other.Type)) return null;
        Value hasValue = NullableParts(other).HasValue;
        return new ValueOperand(binary.OperatorKind == BinaryOperatorKind.NotEquals ? hasValue : _builder.Scalar(ScalarOp.Not, hasValue));

        static bool IsNull(IOperation operand) => operand.ConstantValue is { HasValue: true, Value: null };
    }

    private Operand LiftedUnary(IUnaryOperation unary)
    {
        if (unary.OperatorKind == UnaryOperatorKind.Plus) return Visit(unary.Operand);
        (Value hasValue, Operand value) = NullableParts(unary.Operand);
        Operand Apply() => unary.OperatorMethod is { } method && IsOfValueType(method) ? ValueMember(method, [value], unary)
            : new ValueOperand(_builder.Scalar(unary.OperatorKind == UnaryOperatorKind.Not ? ScalarOp.Not : ScalarOp.Negate, Single(value, unary)));
        return Branch(hasValue, unary, () => Nullable(unary.Type!, _builder.Bool(true), Apply()), () => DefaultOf(unary.Type!, unary))!;
    }

    /// <summary><c>a += b</c> where either may be null.</summary>
    private Operand LiftedCompound(ICompoundAssignmentOperation assignment)
    {
        Place place = PlaceOf(assignment.Target);
        ITypeSymbol type = assignment.Target.Type!;
        var before = (AggregateOperand)Read(place, assignment);
        (Value right, Operand by) = NullableParts(assignment.Value);
        if (OperatorOf(assignment.OperatorKind) is not ScalarOp op || assignment.OperatorMethod is { } method && IsOfValueType(method))
            throw UnsupportedExpression(assignment, $"'{StepText.Of(assignment.Syntax)}'", "write the assignment out");
        Operand after = Branch(_builder.Scalar(ScalarOp.And, Single(before.Fields[0], assignment), right), assignment,
            () => ToNullable(new ValueOperand(Arithmetic(op, Single(before.Fields[1], assignment), Single(by, assignment), assignment)), type, assignment),
            () => DefaultOf(type, assignment))!;
        Write(place, after, assignment);
        return after;
    }
}
