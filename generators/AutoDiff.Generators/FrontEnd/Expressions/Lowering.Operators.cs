using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private static ScalarOp? OperatorOf(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => ScalarOp.Add,
        BinaryOperatorKind.Subtract => ScalarOp.Subtract,
        BinaryOperatorKind.Multiply => ScalarOp.Multiply,
        BinaryOperatorKind.Divide => ScalarOp.Divide,
        BinaryOperatorKind.Remainder => ScalarOp.Remainder,
        BinaryOperatorKind.Equals => ScalarOp.Equal,
        BinaryOperatorKind.NotEquals => ScalarOp.NotEqual,
        BinaryOperatorKind.LessThan => ScalarOp.Less,
        BinaryOperatorKind.LessThanOrEqual => ScalarOp.LessOrEqual,
        BinaryOperatorKind.GreaterThan => ScalarOp.Greater,
        BinaryOperatorKind.GreaterThanOrEqual => ScalarOp.GreaterOrEqual,
        BinaryOperatorKind.And => ScalarOp.And,
        BinaryOperatorKind.Or => ScalarOp.Or,
        BinaryOperatorKind.ExclusiveOr => ScalarOp.Xor,
        BinaryOperatorKind.LeftShift => ScalarOp.ShiftLeft,
        BinaryOperatorKind.RightShift => ScalarOp.ShiftRight,
        _ => null,
    };

    private Operand Binary(IBinaryOperation binary)
    {
        if (binary.OperatorKind == BinaryOperatorKind.ConditionalAnd) return ShortCircuit(binary, whenLeft: true);
        if (binary.OperatorKind == BinaryOperatorKind.ConditionalOr) return ShortCircuit(binary, whenLeft: false);
        if (!binary.IsLifted && binary.OperatorMethod is { } method && IsInlinedOperator(method))
            return ValueMember(method, [Visit(binary.LeftOperand), Visit(binary.RightOperand)], binary);
        if (StaticAbstractOperator(binary.OperatorMethod, binary.ConstrainedToType, binary, binary.LeftOperand, binary.RightOperand) is { } constrained) return constrained;
        if (Vector(binary.Type) is not null && VectorBinary(binary.OperatorKind, Visit(binary.LeftOperand), Visit(binary.RightOperand), binary.Type, binary) is { } lanes) return lanes;
        if (ComparedWithNull(binary) is { } hasValue) return hasValue;
        if (ReferenceComparison(binary) is { } sameObject) return sameObject;
        if (TextComparison(binary) is { } same) return same;
        if (binary.IsLifted) return LiftedBinary(binary);
        if (OperatorOf(binary.OperatorKind) is not ScalarOp op)
            throw UnsupportedExpression(binary, $"The operator in '{StepText.Of(binary.Syntax)}'", "use arithmetic, comparisons or calls");
        Value left = ValueOf(binary.LeftOperand), right = ValueOf(binary.RightOperand);
        return new ValueOperand(Arithmetic(op, left, right, binary));
    }

    /// <summary>A binary operator on scalars or tensors.</summary>
    private Value Arithmetic(ScalarOp op, Value left, Value right, IOperation at)
    {
        if (!IsNumeric(left) || !IsNumeric(right))
            throw UnsupportedExpression(at, $"'{StepText.Of(at.Syntax)}'", "use operators on numbers and tensors only");
        if (left.Type is TensorType || right.Type is TensorType) return TensorElementwise(op, at, left, right);
        Value result = _builder.Apply(new Elementwise(op) { Overflow = OverflowOf(op, left.Element, at) }, left, right);
        if (left.Element.IsInteger() && DimOf(left) is { } a && DimOf(right) is { } b && Combine(op, a, b) is { } dim)
            _dims[result.Id] = dim;
        return result;
    }

    /// <summary>What the source says of whole numbers that do not fit, where that is not what its project is compiled with.</summary>
    private static Overflow OverflowOf(ScalarOp op, ElementKind kind, IOperation at)
    {
        if (!kind.IsInteger() || op is not (ScalarOp.Add or ScalarOp.Subtract or ScalarOp.Multiply or ScalarOp.Negate or ScalarOp.Convert)) return Overflow.Default;
        bool? isChecked = at switch
        {
            IBinaryOperation binary => binary.IsChecked,
            ICompoundAssignmentOperation assignment => assignment.IsChecked,
            IIncrementOrDecrementOperation increment => increment.IsChecked,
            IUnaryOperation unary => unary.IsChecked,
            IConversionOperation { Conversion.IsImplicit: false } conversion => conversion.IsChecked,
            _ => null,
        };
        return isChecked is not bool says || says == (at.SemanticModel?.Compilation.Options.CheckOverflow == true) ? Overflow.Default
            : says ? Overflow.Throws : Overflow.Wraps;
    }

    private static bool IsNumeric(Value value) => value.Type is ScalarType or TensorType;

    private Operand Unary(IUnaryOperation unary)
    {
        if (unary.IsLifted) return LiftedUnary(unary);
        if (unary.OperatorMethod is { } method && IsInlinedOperator(method)) return ValueMember(method, [Visit(unary.Operand)], unary);
        if (StaticAbstractOperator(unary.OperatorMethod, unary.ConstrainedToType, unary, unary.Operand) is { } constrained) return constrained;
        if (VectorNegation(unary) is { } lanes) return lanes;
        if (unary.OperatorKind == UnaryOperatorKind.Plus) return Visit(unary.Operand);
        Value operand = ValueOf(unary.Operand);
        if (!IsNumeric(operand))
            throw UnsupportedExpression(unary, $"'{StepText.Of(unary.Syntax)}'", "use operators on numbers and tensors only");
        switch (unary.OperatorKind)
        {
            case UnaryOperatorKind.Minus:
                Value negative = _builder.Apply(new Elementwise(ScalarOp.Negate) { Overflow = operand.Type is ScalarType ? OverflowOf(ScalarOp.Negate, operand.Element, unary) : Overflow.Default }, operand);
                if (DimOf(operand) is { } dim) _dims[negative.Id] = Dim.Zero - dim;
                return new ValueOperand(negative);
            case UnaryOperatorKind.Not:
                return new ValueOperand(_builder.Scalar(ScalarOp.Not, operand));
            case UnaryOperatorKind.BitwiseNegation when operand.Element.IsInteger():
                return new ValueOperand(_builder.Scalar(ScalarOp.Xor, operand, _builder.Constant(operand.Type, -1)));
            default:
                throw UnsupportedExpression(unary, $"'{StepText.Of(unary.Syntax)}'", "use - or !");
        }
    }

    /// <summary>
    /// <c>a &amp;&amp; b</c> and <c>a || b</c>: a branch, or a plain And/Or where evaluating the right side too can neither fail nor cost
    /// anything.
    /// </summary>
    private Operand ShortCircuit(IBinaryOperation binary, bool whenLeft)
    {
        Value left = ValueOf(binary.LeftOperand);
        if (left.Type is TensorType || IsHarmless(binary.RightOperand))
            return new ValueOperand(_builder.Scalar(whenLeft ? ScalarOp.And : ScalarOp.Or, left, ValueOf(binary.RightOperand)));
        Operand Right() => Visit(binary.RightOperand);
        Operand Known() => new ValueOperand(_builder.Bool(!whenLeft));
        return WithAhead(binary.RightOperand, () => whenLeft ? Branch(left, binary, Right, Known) : Branch(left, binary, Known, Right))!;
    }

    private static bool IsHarmless(IOperation operation) => operation.ConstantValue.HasValue || operation switch
    {
        ILocalReferenceOperation or IParameterReferenceOperation => TypeMap.Element(operation.Type) is not null,
        IParenthesizedOperation parenthesized => IsHarmless(parenthesized.Operand),
        IConversionOperation { OperatorMethod: null } conversion => IsHarmless(conversion.Operand),
        IUnaryOperation { OperatorMethod: null } unary => IsHarmless(unary.Operand),
        IBinaryOperation { OperatorMethod: null } binary => IsHarmless(binary.LeftOperand) && IsHarmless(binary.RightOperand)
            && (binary.OperatorKind is not (BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder)
                || TypeMap.Element(binary.Type) is ElementKind.Single or ElementKind.Double),
        _ => false,
    };
}
