using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Null, where it is a reference: tests, ?. and ??.
internal sealed partial class Lowering
{
    private static bool IsNullLiteral(IOperation operand) => operand.ConstantValue is { HasValue: true, Value: null };

    /// <summary>Whether something is null. Numbers, memory, tensors and models never are.</summary>
    private Value IsNull(Operand operand) => operand switch
    {
        NullOperand => _builder.Bool(true),
        ChosenOperand chosen when chosen.Numbers.Contains(0) => IsNumber(chosen, 0),
        ValueOperand { Value: { Type: OpaqueType or ModelType } value } => _builder.Scalar(ScalarOp.Not, IsInstance(value, compilation.ObjectType)),
        _ => _builder.Bool(false),
    };

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
        Value isNull = IsNull(receiver);
        return (receiver is ChosenOperand { Numbers: var numbers } && numbers.Contains(0) ? Branch(isNull, access, WhenNull, WhenNotNull) : WhenNotNull()) ?? Nothing;

        Operand WhenNull() => isVoid ? Nothing : DefaultOf(access.Type!, access);

        Operand WhenNotNull()
        {
            _conditional.Push(NotNull(receiver));
            try
            {
                Operand result = Visit(access.WhenNotNull);
                return isVoid ? Nothing : Components.IsNullable(access.Type) ? ToNullable(result, access.Type!, access) : result;
            }
            finally
            {
                _conditional.Pop();
            }
        }
    }

    /// <summary><c>a ?? b</c> of references.</summary>
    private Operand CoalesceReference(ICoalesceOperation coalesce, Operand left)
    {
        if (left is NullOperand) return Visit(coalesce.WhenNull);
        if (left is not ChosenOperand chosen || !chosen.Numbers.Contains(0)) return left;
        return Branch(IsNull(left), coalesce, () => ValueOrThrow(coalesce.WhenNull), () => NotNull(left))!;
    }
}
