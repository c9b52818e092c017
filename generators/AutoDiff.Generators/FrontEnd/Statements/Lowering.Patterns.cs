using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>Whether a value matches a pattern. Parts are tests of what has been evaluated already, so that none needs to be skipped.</summary>
    private Value Matches(Operand subject, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return _builder.Bool(true);
            case IConstantPatternOperation constant:
                return IsEqual(subject, constant.Value);
            case IRelationalPatternOperation relation when OperatorOf(relation.OperatorKind) is ScalarOp op:
                Value number = Single(subject, pattern);
                return _builder.Scalar(op, number, _builder.Convert(ValueOf(relation.Value), number.Element));
            case INegatedPatternOperation negated:
                return _builder.Scalar(ScalarOp.Not, Matches(subject, negated.Pattern));
            case IBinaryPatternOperation both:
                Value left = Matches(subject, both.LeftPattern), right = Matches(subject, both.RightPattern);
                return _builder.Scalar(both.OperatorKind == BinaryOperatorKind.And ? ScalarOp.And : ScalarOp.Or, left, right);
            case IDeclarationPatternOperation declaration when IsAlwaysOf(declaration):
                if (declaration.DeclaredSymbol is ILocalSymbol local) Capture(local, subject, pattern);
                return _builder.Bool(true);
            case ITypePatternOperation type when SymbolEqualityComparer.Default.Equals(type.MatchedType, type.InputType) && type.InputType.IsValueType:
                return _builder.Bool(true);
            case IRecursivePatternOperation recursive:
                return Matches(subject, recursive);
            default:
                throw UnsupportedExpression(pattern, $"The pattern '{StepText.Of(pattern.Syntax)}'", "use constants and comparisons");
        }
    }

    /// <summary><c>{ X: > 0 } p</c> and <c>(> 0, var y)</c>: the parts of a struct or tuple.</summary>
    private Value Matches(Operand subject, IRecursivePatternOperation pattern)
    {
        Value matches = _builder.Bool(true);
        for (int i = 0; i < pattern.DeconstructionSubpatterns.Length; i++)
        {
            if (subject is not AggregateOperand { Type.IsTupleType: true } tuple || i >= tuple.Fields.Length)
                throw UnsupportedExpression(pattern, $"The pattern '{StepText.Of(pattern.Syntax)}'", "take the value apart with its properties");
            matches = _builder.Scalar(ScalarOp.And, matches, Matches(tuple.Fields[i], pattern.DeconstructionSubpatterns[i]));
        }

        foreach (IPropertySubpatternOperation part in pattern.PropertySubpatterns)
            matches = _builder.Scalar(ScalarOp.And, matches, Matches(Part(subject, part), part.Pattern));
        if (pattern.DeclaredSymbol is ILocalSymbol local) Capture(local, subject, pattern);
        return matches;
    }

    private Operand Part(Operand subject, IPropertySubpatternOperation part)
    {
        if (part.Member is IMemberReferenceOperation { Member: var member })
        {
            if (subject is AggregateOperand aggregate && Components.IndexOf(aggregate.Type, member) is >= 0 and var index)
                return aggregate.Fields[index];
            if (subject is ValueOperand { Value: { Type: BufferType } buffer } && member.Name == "Length") return new ValueOperand(LengthOf(buffer));
        }

        throw UnsupportedExpression(part, $"The pattern '{StepText.Of(part.Syntax)}'", "test fields of a struct, or the Length of a span");
    }

    /// <summary>A declaration pattern that matches whatever the value is: <c>var x</c>, or the value's own type.</summary>
    private static bool IsAlwaysOf(IDeclarationPatternOperation declaration)
        => declaration.MatchesNull || declaration.MatchedType is null
            || (declaration.InputType.IsValueType && SymbolEqualityComparer.Default.Equals(declaration.MatchedType, declaration.InputType));

    private void Capture(ILocalSymbol local, Operand value, IOperation at)
    {
        Place place = Declare(local.Type, local.Name, at);
        Write(place, value, at);
        _places[local] = place;
    }

    private Value IsEqual(Operand subject, IOperation constant)
    {
        Value value = Single(subject, constant);
        if (value.Type is not ScalarType) throw UnsupportedExpression(constant, $"A test of '{StepText.Of(constant.Syntax)}'", "compare numbers");
        return _builder.Scalar(ScalarOp.Equal, value, _builder.Convert(ValueOf(constant), value.Element));
    }
}
