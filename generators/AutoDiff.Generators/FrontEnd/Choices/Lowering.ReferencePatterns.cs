using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Patterns on references: of which type the object is, and what its members hold. Members are read only where the type is right.
internal sealed partial class Lowering
{
    private Value MatchesReference(Operand subject, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return _builder.Bool(true);
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } }:
                return IsNull(subject);
            case INegatedPatternOperation negated:
                return _builder.Scalar(ScalarOp.Not, MatchesReference(subject, negated.Pattern));
            case IBinaryPatternOperation both:
                Value left = MatchesReference(subject, both.LeftPattern);
                Operand Right() => new ValueOperand(MatchesReference(subject, both.RightPattern));
                Operand Known() => new ValueOperand(_builder.Bool(both.OperatorKind != BinaryOperatorKind.And));
                return Single(WithAhead(both.RightPattern, () => both.OperatorKind == BinaryOperatorKind.And ? Branch(left, pattern, Right, Known) : Branch(left, pattern, Known, Right))!, pattern);
            case ITypePatternOperation type:
                return HasType(subject, type.MatchedType);
            case IDeclarationPatternOperation declaration:
                Bind(declaration.DeclaredSymbol, subject, pattern);
                return declaration.MatchesNull || declaration.MatchedType is null ? _builder.Bool(true) : HasType(subject, declaration.MatchedType);
            case IRecursivePatternOperation recursive:
                return Single(WithAhead(recursive, () =>
                {
                    Bind(recursive.DeclaredSymbol, subject, pattern);
                    return new ValueOperand(MatchesMembers(subject, recursive));
                })!, pattern);
            default:
                throw UnsupportedExpression(pattern, $"The pattern '{StepText.Of(pattern.Syntax)}'", "test the type, and then its members");
        }
    }

    /// <summary>Whether a reference is to an object of a type.</summary>
    private Value HasType(Operand subject, ITypeSymbol type) => subject switch
    {
        ObjectOperand { Place.Type: var own } => _builder.Bool(IsOfType(own, type)),
        ChosenOperand chosen => chosen.Numbers.Where(n => _candidates[n] is ObjectOperand { Place.Type: var own } && IsOfType(own, type))
            .Select(n => IsNumber(chosen, n)).ToArray() is { Length: > 0 } tests
                ? tests.Aggregate((a, b) => _builder.Scalar(ScalarOp.Or, a, b))
                : _builder.Bool(false),
        FunctionOperand => _builder.Bool(true),
        _ => _builder.Bool(false),
    };

    private Value MatchesMembers(Operand subject, IRecursivePatternOperation pattern)
    {
        Value isOfType = HasType(subject, pattern.MatchedType);
        if (pattern.PropertySubpatterns.IsEmpty && pattern.DeconstructionSubpatterns.IsEmpty) return isOfType;
        return Single(Branch(isOfType, pattern, () => new ValueOperand(Parts()), () => new ValueOperand(_builder.Bool(false)))!, pattern);

        Value Parts()
        {
            Value? matches = null;
            if (!pattern.DeconstructionSubpatterns.IsEmpty)
            {
                Operand[] parts = [.. OnObject(subject, pattern.MatchedType, pattern,
                    made => new AggregateOperand(pattern.MatchedType, DeconstructedObject(made, pattern.DeconstructionSubpatterns.Length, pattern))) is AggregateOperand { Fields: var fields } ? fields : []];
                for (int i = 0; i < parts.Length; i++) And(MatchesValue(parts[i], pattern.DeconstructionSubpatterns[i]));
            }

            foreach (IPropertySubpatternOperation property in pattern.PropertySubpatterns)
                And(MatchesValue(OnObject(subject, pattern.MatchedType, property, made => ObjectMember(made, ((IMemberReferenceOperation)property.Member).Member, property.Member)), property.Pattern));
            return matches ?? _builder.Bool(true);

            void And(Value part) => matches = matches is null ? part : _builder.Scalar(ScalarOp.And, matches, part);
        }
    }

    private Operand OnObject(Operand subject, ITypeSymbol type, IOperation at, Func<ObjectPlace, Operand> use) => subject switch
    {
        ObjectOperand { Place: var made } => IsOfType(made.Type, type) ? use(made) : throw UnsupportedExpression(at, $"'{StepText.Of(at.Syntax)}', which never matches,", "leave it out"),
        ChosenOperand chosen => Choose(NotNull(chosen) as ChosenOperand ?? chosen, type, at, o => use(((ObjectOperand)o).Place)),
        _ => throw UnsupportedExpression(at, $"'{StepText.Of(at.Syntax)}'", "test the type, and then its members"),
    };
}
