using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Null, where it is a reference: tests, ?. and ??.
internal sealed partial class Lowering
{
    private static bool IsNullLiteral(IOperation operand) => operand.ConstantValue is { HasValue: true, Value: null };

    /// <summary>The arrays and lists among the parameters that a caller may leave out, with whether it has; asked at the entry, since no loop changes that.</summary>
    private readonly Dictionary<int, Value> _optional = [];

    /// <summary>The parameters that are memory which is there.</summary>
    private readonly HashSet<int> _present = [];

    /// <summary>Notes of a parameter that is memory whether a caller may leave it out.</summary>
    private void NoteMemory(Value memory, IParameterSymbol parameter)
    {
        if (IsOptional(parameter)) _optional.Add(memory.Id, IsNull(memory));
        else _present.Add(memory.Id);
    }

    private static bool IsOptional(IParameterSymbol parameter)
        => parameter.Type.IsReferenceType && (parameter.NullableAnnotation == NullableAnnotation.Annotated || parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: null });

    /// <summary>Whether memory may be null: one that a caller may leave out, or that may stand for it.</summary>
    private bool MayBeNull(Value memory) => _optional.Count > 0 && !_present.Contains(memory.Id);

    /// <summary>Whether something is null. Numbers, tensors and memory that was not left out never are.</summary>
    private Value IsNull(Operand operand) => operand switch
    {
        NullOperand => _builder.Bool(true),
        ChosenOperand chosen when chosen.Numbers.Contains(0) => IsNumber(chosen, 0),
        ValueOperand { Value: { Type: OpaqueType or ModelType } value } => IsNull(value),
        ValueOperand { Value: var memory } when _missing.TryGetValue(memory.Id, out Value? missing) => missing,
        ValueOperand { Value: { Type: BufferType } memory } when MayBeNull(memory) => IsNull(memory),
        AggregateOperand { Fields: [ValueOperand { Value: var elements }, ..] } when _optional.TryGetValue(elements.Id, out Value? isNull) => isNull,
        _ => _builder.Bool(false),
    };

    /// <summary>Whether an operand is an array, a span or a list.</summary>
    private static bool IsMemory(Operand operand)
        => operand is ValueOperand { Value.Type: BufferType } or AggregateOperand { Type.IsReferenceType: true, Fields: [ValueOperand { Value.Type: BufferType }, ..] };

    private Value IsNull(Value reference) => _optional.TryGetValue(reference.Id, out Value? known) ? known : _builder.Apply(new IsNull(), IrType.Bool, reference);

    /// <summary>The same reference where it is known not to be null.</summary>
    private Operand NotNull(Operand operand)
        => operand is not ChosenOperand chosen ? operand
            : chosen.Numbers.Remove(0) is [var one] ? _candidates[one]
            : chosen with { Numbers = chosen.Numbers.Remove(0) };

    /// <summary><c>a == b</c> of references; null for other operands.</summary>
    private Operand? ReferenceComparison(IBinaryOperation binary)
    {
        if (binary.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)) return null;
        IOperation? other = IsNullLiteral(binary.RightOperand) ? binary.LeftOperand : IsNullLiteral(binary.LeftOperand) ? binary.RightOperand : null;
        while (other is IConversionOperation { IsImplicit: true } conversion) other = conversion.Operand;
        if (other is not null && other.Type is { IsReferenceType: true }) return Signed(IsNull(Visit(other)));
        if (other is null && binary.OperatorMethod is { IsImplicitlyDeclared: true, ContainingType: { IsRecord: true, IsReferenceType: true } }
            && Visit(binary.LeftOperand) is ObjectOperand { Place: var a } && Visit(binary.RightOperand) is ObjectOperand { Place: var b })
            return Signed(SymbolEqualityComparer.Default.Equals(a.Type, b.Type) ? AreEqual(Read(a.Fields, binary), Read(b.Fields, binary), binary) : _builder.Bool(false));
        if (other is not null || binary.OperatorMethod is not null || !IsReference(binary.LeftOperand.Type) || !IsReference(binary.RightOperand.Type)) return null;
        return AreSame(binary.LeftOperand, binary.RightOperand) is { } same ? Signed(same) : null;

        Operand Signed(Value same) => new ValueOperand(binary.OperatorKind == BinaryOperatorKind.Equals ? same : _builder.Scalar(ScalarOp.Not, same));
    }

    /// <summary>Whether two operands are one reference; null where one is none of this method.</summary>
    private Value? AreSame(IOperation left, IOperation right)
    {
        Operand a = Visit(left), b = Visit(right);
        if (!IsReferent(a) || !IsReferent(b)) return null;
        Value first = ReferenceTo(a, _builder), second = ReferenceTo(b, _builder);
        // Names that a loop gives one object have room for one each.
        if (NumbersOf(first).Concat(NumbersOf(second)).Any(n => _candidates[n] is ObjectOperand { Place: var made } && _rooms.Contains(made) && ObjectFields.IsReadOnly(made.Type)))
            throw UnsupportedExpression(right, "Asking whether an object that a loop hands on is the same as another", "compare what they hold");
        return _builder.Scalar(ScalarOp.Equal, first, second);
    }

    /// <summary><c>ReferenceEquals(a, b)</c>; null for other calls.</summary>
    private Operand? ReferenceEqualsCall(IInvocationOperation call)
        => call.TargetMethod is { Name: nameof(ReferenceEquals), ContainingType.SpecialType: SpecialType.System_Object }
            && AreSame(call.Arguments[0].Value, call.Arguments[1].Value) is { } same ? new ValueOperand(same) : null;

    /// <summary><c>o?.A</c> of a reference.</summary>
    private Operand ConditionalReference(IConditionalAccessOperation access, Operand receiver)
    {
        bool isVoid = access.Type is not { SpecialType: not SpecialType.System_Void };
        if (receiver is NullOperand) return WhenNull();
        return Branch(IsNull(receiver), access, WhenNull, WhenNotNull) ?? Nothing;

        Operand WhenNull() => isVoid ? Nothing : DefaultOf(access.Type!, access);

        Operand WhenNotNull()
        {
            Operand result = Accessed(access, receiver);
            return isVoid ? Nothing : Components.IsNullable(access.Type) ? ToNullable(result, access.Type!, access) : result;
        }
    }

    /// <summary>What <c>?.</c> gives of a reference that is not null.</summary>
    private Operand Accessed(IConditionalAccessOperation access, Operand receiver)
    {
        _conditional.Push(NotNull(receiver));
        try
        {
            return Visit(access.WhenNotNull);
        }
        finally
        {
            _conditional.Pop();
        }
    }

    /// <summary><c>o?.A ?? b</c> of a reference and a value that is always there; null for other operands.</summary>
    private Operand? CoalescedAccess(ICoalesceOperation coalesce)
        => coalesce.Value is IConditionalAccessOperation { Operation.Type.IsReferenceType: true, WhenNotNull.Type: { IsValueType: true } inner } access && !Components.IsNullable(inner)
            && !Components.IsNullable(coalesce.Type) && Visit(access.Operation) is var receiver && (IsReferent(receiver) || IsMemory(receiver))
            ? Branch(
                IsNull(receiver), coalesce, () => ValueOrThrow(coalesce.WhenNull) is { } value ? Convert(value, coalesce.Type!, coalesce) : null,
                () => Convert(Accessed(access, receiver), coalesce.Type!, coalesce))
            : null;

    /// <summary><c>a ?? b</c> of references.</summary>
    private Operand CoalesceReference(ICoalesceOperation coalesce, Operand left)
    {
        if (left is NullOperand) return Visit(coalesce.WhenNull);
        if (left is not ChosenOperand chosen || !chosen.Numbers.Contains(0)) return left;
        return Branch(IsNull(left), coalesce, () => ValueOrThrow(coalesce.WhenNull), () => NotNull(left))!;
    }
}
