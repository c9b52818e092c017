using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Patterns on arrays and spans: how long they are, and what their first and last elements are. Elements are read only where there are as many.
internal sealed partial class Lowering
{
    private Value MatchesMemory(Value memory, IPatternOperation pattern)
    {
        var subject = new ValueOperand(memory);
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return _builder.Bool(true);
            case IConstantPatternOperation { Value: var constant } when IsNullLiteral(constant):
                return IsNull(subject);
            case INegatedPatternOperation negated:
                return _builder.Scalar(ScalarOp.Not, MatchesMemory(memory, negated.Pattern));
            case IBinaryPatternOperation both:
                bool isAnd = both.OperatorKind == BinaryOperatorKind.And;
                Value left = MatchesMemory(memory, both.LeftPattern);
                Operand Right() => new ValueOperand(MatchesMemory(memory, both.RightPattern));
                Operand Known() => new ValueOperand(_builder.Bool(!isAnd));
                return Single(WithAhead(both.RightPattern, () => isAnd ? Branch(left, pattern, Right, Known) : Branch(left, pattern, Known, Right))!, pattern);
            case IDeclarationPatternOperation declaration:
                Bind(declaration.DeclaredSymbol, subject, pattern);
                return declaration.MatchesNull ? _builder.Bool(true) : _builder.Scalar(ScalarOp.Not, IsNull(subject));
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true } recursive:
                return WhereThere(() =>
                {
                    Bind(recursive.DeclaredSymbol, subject, pattern);
                    return MatchesLength(memory, recursive);
                });
            case IListPatternOperation list:
                return WhereThere(() =>
                {
                    Bind(list.DeclaredSymbol, subject, pattern);
                    return MatchesElements(memory, list);
                });
            default:
                throw UnsupportedExpression(pattern, $"The pattern '{StepText.Of(pattern.Syntax)}'", "test the length and the elements");
        }

        // Nothing of memory is asked for that is not there.
        Value WhereThere(Func<Value> matches)
            => MayBeNull(memory) ? Single(WithAhead(pattern, () => Branch(_builder.Scalar(ScalarOp.Not, IsNull(subject)), pattern, () => new ValueOperand(matches()), () => new ValueOperand(_builder.Bool(false))))!, pattern)
                : matches();
    }

    private Value MatchesLength(Value memory, IRecursivePatternOperation pattern)
        => pattern.PropertySubpatterns.Select(p => p.Member is IPropertyReferenceOperation { Property.Name: "Length" }
            ? MatchesValue(new ValueOperand(LengthOf(memory)), p.Pattern)
            : throw UnsupportedExpression(p, $"The pattern '{StepText.Of(p.Syntax)}'", "test the length and the elements"))
            .DefaultIfEmpty(_builder.Bool(true)).Aggregate((a, b) => _builder.Scalar(ScalarOp.And, a, b));

    private Value MatchesElements(Value memory, IListPatternOperation list)
    {
        ImmutableArray<IPatternOperation> patterns = list.Patterns;
        int slice = patterns.IndexOf(patterns.FirstOrDefault(static p => p is ISlicePatternOperation)!);
        int needed = slice < 0 ? patterns.Length : patterns.Length - 1;
        Value length = LengthOf(memory), fits = _builder.Scalar(slice < 0 ? ScalarOp.Equal : ScalarOp.GreaterOrEqual, length, _builder.Int(needed));
        ITypeSymbol? element = TypeMap.Buffer(list.InputType)?.Element;
        return Single(WithAhead(list, () => Branch(fits, list, () => new ValueOperand(Parts()), () => new ValueOperand(_builder.Bool(false))))!, list);

        Value Parts()
        {
            Value matches = _builder.Bool(true);
            for (int i = 0; i < patterns.Length; i++)
            {
                if (patterns[i] is ISlicePatternOperation { Pattern: null } or IDiscardPatternOperation) continue;
                bool isBehind = slice >= 0 && i > slice;
                Value index = isBehind ? _builder.Scalar(ScalarOp.Subtract, length, _builder.Int(patterns.Length - i)) : _builder.Int(i);
                Operand part = patterns[i] is ISlicePatternOperation ? new ValueOperand(Middle(index)) : Read(ElementOf(memory, index, element), list);
                matches = _builder.Scalar(ScalarOp.And, matches, MatchesValue(part, patterns[i] is ISlicePatternOperation { Pattern: { } inner } ? inner : patterns[i]));
            }

            return matches;
        }

        // A range of an array is a copy, as everywhere.
        Value Middle(Value start)
        {
            Value middle = Slice(memory, start, _builder.Scalar(ScalarOp.Subtract, length, _builder.Int(needed)));
            return memory.Type is BufferType { Kind: BufferKind.Array } ? CopyOf(middle) : middle;
        }
    }
}
