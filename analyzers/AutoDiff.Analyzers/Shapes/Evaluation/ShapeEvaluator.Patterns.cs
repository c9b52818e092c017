using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

// Patterns: the variables they declare hold what is tested; whether they match is known where the value is.
internal sealed partial class ShapeEvaluator
{
    private ShapeValue Tested(IIsPatternOperation test)
        => Match(test.Pattern, Evaluate(test.Value)) is bool matches ? new BooleanValue(matches) : ShapeValue.Unknown;

    /// <summary>Whether a condition asks whether a variable, or a member of the object itself, is null: true where it holds for null, false where it holds for others.</summary>
    /// <param name="ifNull">What is known where it is null.</param>
    public bool? AsksForNull(IOperation? condition, out FlowState ifNull)
    {
        ifNull = State;
        (IOperation? Place, bool IsNull) asked = condition switch
        {
            IIsNullOperation test => (test.Operand, true),
            IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } test => (test.Value, true),
            IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } } test => (test.Value, false),
            IIsPatternOperation { Pattern: IRecursivePatternOperation { PropertySubpatterns: [], DeconstructionSubpatterns: [] } } test => (test.Value, false),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, OperatorMethod: null } test when Bare(test.RightOperand).ConstantValue is { HasValue: true, Value: null }
                => (test.LeftOperand, test.OperatorKind == BinaryOperatorKind.Equals),
            _ => (null, false),
        };
        object? variable = asked.Place is not { } place ? null : Bare(place) switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFieldReferenceOperation { Instance: IInstanceReferenceOperation } field => field.Field,
            IPropertyReferenceOperation { Instance: IInstanceReferenceOperation } property when MemberValues.IsAutomatic(property.Property) => property.Property,
            _ => null,
        };
        if (variable is null || variable is ISymbol symbol && _names.Shared.Contains(symbol)) return null;
        ifNull = State.Copy();
        ifNull[variable] = new NullValue();
        return asked.IsNull;
    }

    /// <summary>Binds the variables of a pattern.</summary>
    /// <returns>Whether the value matches, where that is certain.</returns>
    private bool? Match(IPatternOperation pattern, ShapeValue value)
    {
        if (pattern is IConstantPatternOperation or IRelationalPatternOperation && value is NumberValue tested) _names.Compare(tested.Size.Symbols);
        switch (pattern)
        {
            case IDeclarationPatternOperation declaration:
                if (declaration.DeclaredSymbol is { } variable) Assign(variable, value);
                return value is NullValue ? declaration.MatchesNull : declaration.MatchesNull ? true : IsOf(value, declaration.MatchedType);
            case ITypePatternOperation type:
                return IsOf(value, type.MatchedType);
            case IConstantPatternOperation constant:
                return Evaluate(constant.Value) switch
                {
                    NumberValue b when value is NumberValue a => Numbers.Compare(BinaryOperatorKind.Equals, a.Size, b.Size),
                    BooleanValue b when value is BooleanValue a => a == b,
                    NullValue when value is NullValue => true,
                    _ => null,
                };
            case IRelationalPatternOperation relation:
                return value is NumberValue left && Evaluate(relation.Value) is NumberValue right
                    ? Numbers.Compare(relation.OperatorKind, left.Size, right.Size) : null;
            case INegatedPatternOperation not:
                return !Match(not.Pattern, value);
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return And(Match(both.LeftPattern, value), Match(both.RightPattern, value));
            case IBinaryPatternOperation either:
                return !And(!Match(either.LeftPattern, value), !Match(either.RightPattern, value));
            case IRecursivePatternOperation parts:
                return Parts(parts, value);
            case IListPatternOperation list:
                return Listed(list, value);
            case IDiscardPatternOperation:
                return true;
            default:
                return null;
        }
    }

    /// <summary>Whether an object is of a type, where the object's own is known.</summary>
    private bool? IsOf(ShapeValue value, ITypeSymbol? type)
    {
        if (value is not ModelValue { IsExact: true } model || type is not INamedTypeSymbol { IsGenericType: false } || model.Type.IsGenericType) return null;
        return _scope.Compilation.ClassifyCommonConversion(model.Type, type) is { IsImplicit: true, IsUserDefined: false };
    }

    private bool? Parts(IRecursivePatternOperation pattern, ShapeValue value)
    {
        if (pattern.DeclaredSymbol is { } variable) Assign(variable, value);
        bool? matches = value is NullValue ? false : value is UnknownValue ? null : value is ModelValue ? IsOf(value, pattern.MatchedType) : true;
        foreach (IPropertySubpatternOperation part in pattern.PropertySubpatterns)
        {
            ShapeValue held = part.Member switch
            {
                IPropertyReferenceOperation property => Held(property.Property.Name, value),
                IFieldReferenceOperation field when value is TupleValue tuple => Item(tuple, field.Field),
                _ => ShapeValue.Unknown,
            };
            matches = And(matches, Match(part.Pattern, held));
        }

        for (int i = 0; i < pattern.DeconstructionSubpatterns.Length; i++)
        {
            ShapeValue item = value is TupleValue { Items: var items } && i < items.Length ? items[i] : ShapeValue.Unknown;
            matches = And(matches, Match(pattern.DeconstructionSubpatterns[i], item));
        }

        return matches;
    }

    private bool? Listed(IListPatternOperation list, ShapeValue value)
    {
        EquatableArray<ShapeValue>? items = value switch
        {
            SequenceValue sequence => sequence.Items,
            LengthsValue { Shape: { HasRest: false } shape } => Lengths(shape).Items,
            _ => null,
        };
        bool hasSlice = list.Patterns.Any(static p => p is ISlicePatternOperation);
        bool? matches = items is null ? null : hasSlice ? items.Value.Length >= list.Patterns.Length - 1
            : items.Value.Length == list.Patterns.Length;
        bool isAfterSlice = false;
        for (int i = 0; i < list.Patterns.Length; i++)
        {
            if (list.Patterns[i] is ISlicePatternOperation slice)
            {
                isAfterSlice = true;
                if (slice.Pattern is { } rest) Match(rest, ShapeValue.Unknown);
                continue;
            }

            int at = isAfterSlice && items is not null ? items.Value.Length - (list.Patterns.Length - i) : i;
            ShapeValue item = matches == true ? items!.Value[at] : ShapeValue.Unknown;
            matches = And(matches, Match(list.Patterns[i], item));
        }

        return matches;
    }
}
