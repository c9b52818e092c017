using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Patterns on tuples, structs and T?: their components one by one, from left to right.
internal sealed partial class Lowering
{
    private Value MatchesValue(Operand subject, IPatternOperation pattern)
    {
        if (subject is ValueOperand { Value: { Type: BufferType } memory } && !_items.ContainsKey(memory.Id)) return MatchesMemory(memory, pattern);
        if (IsReferent(subject)) return MatchesReference(subject, pattern);
        if (subject is ValueOperand { Value: { Type: OpaqueType or ModelType } instance }) return MatchesObject(instance, pattern);
        if (subject is ValueOperand { Value: var scalar } && pattern is not (IDeclarationPatternOperation or IRecursivePatternOperation))
            return Matches(scalar, pattern);
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return _builder.Bool(true);
            case INegatedPatternOperation negated:
                return _builder.Scalar(ScalarOp.Not, MatchesValue(subject, negated.Pattern));
            case IBinaryPatternOperation both:
                Value left = MatchesValue(subject, both.LeftPattern), right = MatchesValue(subject, both.RightPattern);
                return _builder.Scalar(both.OperatorKind == BinaryOperatorKind.And ? ScalarOp.And : ScalarOp.Or, left, right);
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } when IsNullableOperand(subject, out AggregateOperand? nullable):
                return _builder.Scalar(ScalarOp.Not, Single(nullable!.Fields[0], pattern));
            case IConstantPatternOperation { Value: var constant } when subject is AggregateOperand { Type.IsReferenceType: true } && IsNullLiteral(constant):
                return IsNull(subject);
            case IDeclarationPatternOperation or IRecursivePatternOperation or IConstantPatternOperation or IRelationalPatternOperation
                when IsNullableOperand(subject, out AggregateOperand? nullable):
                Value hasValue = Single(nullable!.Fields[0], pattern);
                return IsAnyValue(pattern) ? Matched(hasValue, nullable.Fields[1], pattern)
                    : _builder.Scalar(ScalarOp.And, hasValue, MatchesValue(nullable.Fields[1], pattern));
            case IDeclarationPatternOperation declaration:
                Bind(declaration.DeclaredSymbol, subject, pattern);
                return _builder.Bool(true);
            case IRecursivePatternOperation recursive when subject is AggregateOperand aggregate:
                return MatchesParts(aggregate, recursive);
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } some:
                Bind(some.DeclaredSymbol, subject, pattern);
                return _builder.Bool(true);
            default:
                throw UnsupportedExpression(pattern, $"The pattern '{StepText.Of(pattern.Syntax)}'", "use constants and comparisons");
        }
    }

    private Value MatchesParts(AggregateOperand subject, IRecursivePatternOperation pattern)
    {
        bool isList = ListElement(subject.Type) is not null;
        Value? matches = isList ? _builder.Scalar(ScalarOp.Not, IsNull(subject)) : null;
        for (int i = 0; i < pattern.DeconstructionSubpatterns.Length; i++)
        {
            if (!subject.Type.IsTupleType && !subject.Type.IsRecord)
                throw UnsupportedExpression(pattern, $"The pattern '{StepText.Of(pattern.Syntax)}'", "match the properties by name");
            (Operand part, IPatternOperation inner) = (subject.Fields[i], pattern.DeconstructionSubpatterns[i]);
            And(MatchesValue(part, inner));
        }

        foreach (IPropertySubpatternOperation property in pattern.PropertySubpatterns)
        {
            if (isList && property.Member is IPropertyReferenceOperation { Property.Name: "Count" })
            {
                And(MatchesValue(subject.Fields[1], property.Pattern));
                continue;
            }

            if (property.Member is not IMemberReferenceOperation { Member: var member } || Components.IndexOf(subject.Type, member) is not (>= 0 and var index))
                throw UnsupportedExpression(property, $"The pattern '{StepText.Of(property.Syntax)}'", "match fields and automatic properties");
            And(MatchesValue(subject.Fields[index], property.Pattern));
        }

        Bind(pattern.DeclaredSymbol, subject, pattern);
        return matches ?? _builder.Bool(true);

        void And(Value part) => matches = matches is null ? part : _builder.Scalar(ScalarOp.And, matches, part);
    }

    // is double v, is { }: nothing but a value is asked for.
    private static bool IsAnyValue(IPatternOperation pattern)
        => pattern is IDeclarationPatternOperation or IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true };

    private Value Matched(Value condition, Operand value, IPatternOperation pattern)
    {
        Bind((pattern as IDeclarationPatternOperation)?.DeclaredSymbol ?? ((IRecursivePatternOperation)pattern).DeclaredSymbol, value, pattern);
        return condition;
    }

    // What a pattern declares is assigned on every path; it is read only where the pattern has matched.
    private void Bind(ISymbol? declared, Operand subject, IOperation at)
    {
        if (declared is not ILocalSymbol local) return;
        Place place = _ahead.Contains(local) ? _places[local] : Declare(local.Type, local.Name, at);
        Write(place, Convert(subject, local.Type, at), at);
        _places[local] = place;
    }

    /// <summary>Locals that an operand declares, and that are used behind the branch which it becomes.</summary>
    private readonly HashSet<ISymbol> _ahead = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// Lowers the branch that only some paths take. The numbers, structs and objects that an expression in it declares are declared before: they are read behind it.
    /// </summary>
    private Operand? WithAhead(IOperation expression, Func<Operand?> branch)
    {
        var declared = new List<ILocalSymbol>();
        foreach (IOperation operation in expression.DescendantsAndSelf())
        {
            ILocalSymbol? local = operation switch
            {
                IDeclarationExpressionOperation { Expression: ILocalReferenceOperation reference } => reference.Local,
                ILocalReferenceOperation { IsDeclaration: true } reference => reference.Local,
                IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol symbol } => symbol,
                IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol symbol } => symbol,
                _ => null,
            };
            if (local is null || TypeMap.ScalarOrBuffer(local.Type) is null && Components.Of(local.Type) is null && !IsNameOfObjects(local.Type) || !_ahead.Add(local)) continue;
            _places[local] = Declare(local.Type, local.Name, operation);
            declared.Add(local);
        }

        try
        {
            return branch();
        }
        finally
        {
            _ahead.ExceptWith(declared);
        }
    }

    private static bool IsNullableOperand(Operand operand, out AggregateOperand? nullable)
    {
        nullable = operand as AggregateOperand;
        return nullable is not null && Components.IsNullable(nullable.Type);
    }
}
