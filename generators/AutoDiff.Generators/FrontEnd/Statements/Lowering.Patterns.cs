using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>Whether a number matches a pattern. Parts are tests of what has been evaluated already, so that none needs to be skipped.</summary>
    private Value Matches(Value subject, IPatternOperation pattern)
    {
        if (subject.Type is OpaqueType or ModelType) return MatchesObject(subject, pattern);
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return _builder.Bool(true);
            case IConstantPatternOperation constant:
                return IsEqual(new ValueOperand(subject), constant.Value);
            case IRelationalPatternOperation relation when OperatorOf(relation.OperatorKind) is ScalarOp op:
                return _builder.Scalar(op, subject, _builder.Convert(ValueOf(relation.Value), subject.Element));
            case INegatedPatternOperation negated:
                return _builder.Scalar(ScalarOp.Not, MatchesValue(new ValueOperand(subject), negated.Pattern));
            case IBinaryPatternOperation both:
                Value left = MatchesValue(new ValueOperand(subject), both.LeftPattern), right = MatchesValue(new ValueOperand(subject), both.RightPattern);
                return _builder.Scalar(both.OperatorKind == BinaryOperatorKind.And ? ScalarOp.And : ScalarOp.Or, left, right);
            case ITypePatternOperation type when SymbolEqualityComparer.Default.Equals(type.MatchedType, type.InputType) && type.InputType.IsValueType:
                return _builder.Bool(true);
            default:
                throw UnsupportedExpression(pattern, $"The pattern '{StepText.Of(pattern.Syntax)}'", "use constants and comparisons");
        }
    }

    private Value IsEqual(Operand subject, IOperation constant)
    {
        Value value = Single(subject, constant);
        if (value.Type is OpaqueType && IsText(constant.Type)) return AreSameText(value, ValueOf(constant));
        if (value.Type is not ScalarType) throw UnsupportedExpression(constant, $"A test of '{StepText.Of(constant.Syntax)}'", "compare numbers");
        return _builder.Scalar(ScalarOp.Equal, value, _builder.Convert(ValueOf(constant), value.Element));
    }
}
