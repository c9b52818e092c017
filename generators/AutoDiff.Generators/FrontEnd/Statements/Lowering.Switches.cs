using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// A switch is a chain of conditions in the order of the source.
internal sealed partial class Lowering
{
    private void SwitchStatement(ISwitchOperation choice, JumpKinds tail)
    {
        BeginStep(choice.Syntax, choice.Syntax is SwitchStatementSyntax syntax ? $"switch ({StepText.Of(syntax.Expression)})"
            : StepText.Of(choice.Syntax));
        Value subject = ValueOf(choice.Value);
        LoopFrame? outer = _frame.Loop;
        _frame.Loop = new LoopFrame(outer, choice.ExitLabel, outer?.Continue) { Continued = outer?.Continued };
        try
        {
            ImmutableArray<ISwitchCaseOperation> cases = [.. choice.Cases.Where(static c => !IsDefault(c)),
                .. choice.Cases.Where(static c => IsDefault(c))];
            if (cases.Any(static c => JumpsInside(c))) DeclareFlags(JumpKinds.Break);
            Section(0);

            void Section(int index)
            {
                if (index == cases.Length) return;
                ISwitchCaseOperation section = cases[index];
                if (IsDefault(section))
                {
                    Statements(section.Body, tail | JumpKinds.Break);
                    return;
                }

                Value condition = section.Clauses.Select(c => Matches(subject, c)).Aggregate((a, b) => _builder.Scalar(ScalarOp.Or, a, b));
                Branch(condition, choice, () => { Statements(section.Body, tail | JumpKinds.Break); return null; },
                    () => { Section(index + 1); return null; });
            }
        }
        finally
        {
            _frame.Loop = outer;
        }
    }

    private static bool IsDefault(ISwitchCaseOperation section) => section.Clauses.Any(static c => c.CaseKind == CaseKind.Default);

    /// <summary>Whether a section breaks anywhere but at its end.</summary>
    private static bool JumpsInside(ISwitchCaseOperation section)
        => section.Body.Any(static s => s is not IBranchOperation && (Jumps.Escaping(s) & JumpKinds.Break) != 0);

    private Value Matches(Value subject, ICaseClauseOperation clause) => clause switch
    {
        ISingleValueCaseClauseOperation single
            => _builder.Scalar(ScalarOp.Equal, subject, _builder.Convert(ValueOf(single.Value), subject.Element)),
        IPatternCaseClauseOperation { Guard: null } pattern => Matches(subject, pattern.Pattern),
        _ => throw UnsupportedStatement(clause, "This case", "use constants and comparisons"),
    };

    private Operand SwitchExpression(ISwitchExpressionOperation choice)
    {
        Value subject = ValueOf(choice.Value);
        ImmutableArray<ISwitchExpressionArmOperation> arms = choice.Arms;
        if (arms.IsEmpty || arms[arms.Length - 1] is not { Pattern: IDiscardPatternOperation, Guard: null })
            throw UnsupportedExpression(choice, "A switch expression without a last arm '_'", "add one");
        return Chain(0) ?? throw UnsupportedExpression(choice, "A switch expression that only throws", "give it a value");

        Operand? Chain(int index)
        {
            ISwitchExpressionArmOperation arm = arms[index];
            if (arm.Pattern is IDiscardPatternOperation && arm.Guard is null) return ValueOrThrow(arm.Value);
            Value condition = Matches(subject, arm.Pattern);
            if (arm.Guard is not null)
                condition = Single(Branch(condition, arm, () => Visit(arm.Guard), () => new ValueOperand(_builder.Bool(false)))!, arm);
            return Branch(condition, arm, () => ValueOrThrow(arm.Value), () => Chain(index + 1));
        }
    }

    private Operand IsPattern(IIsPatternOperation pattern) => new ValueOperand(MatchesValue(Visit(pattern.Value), pattern.Pattern));

    private Value Matches(Value subject, IPatternOperation pattern)
    {
        if (subject.Type is OpaqueType or ModelType) return MatchesObject(subject, pattern);
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return _builder.Bool(true);
            case IConstantPatternOperation constant:
                return _builder.Scalar(ScalarOp.Equal, subject, _builder.Convert(ValueOf(constant.Value), subject.Element));
            case IRelationalPatternOperation relation when OperatorOf(relation.OperatorKind) is ScalarOp op:
                return _builder.Scalar(op, subject, _builder.Convert(ValueOf(relation.Value), subject.Element));
            case INegatedPatternOperation negated:
                return _builder.Scalar(ScalarOp.Not, Matches(subject, negated.Pattern));
            case IBinaryPatternOperation both:
                Value left = Matches(subject, both.LeftPattern), right = Matches(subject, both.RightPattern);
                return _builder.Scalar(both.OperatorKind == BinaryOperatorKind.And ? ScalarOp.And : ScalarOp.Or, left, right);
            default:
                throw UnsupportedExpression(pattern, $"The pattern '{StepText.Of(pattern.Syntax)}'", "use constants and comparisons");
        }
    }

    /// <summary>A test of the type of an object; what it declares is that object as one of the type.</summary>
    private Value MatchesObject(Value subject, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return _builder.Bool(true);
            case ITypePatternOperation type:
                return IsInstance(subject, type.MatchedType);
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } }:
                return _builder.Scalar(ScalarOp.Not, IsInstance(subject, compilation.ObjectType));
            case INegatedPatternOperation negated:
                return _builder.Scalar(ScalarOp.Not, MatchesObject(subject, negated.Pattern));
            case IDeclarationPatternOperation declaration:
                return Declared(declaration.MatchedType ?? declaration.NarrowedType, declaration.DeclaredSymbol, declaration.MatchesNull);
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } recursive:
                return Declared(recursive.MatchedType, recursive.DeclaredSymbol, matchesNull: false);
            default:
                throw UnsupportedExpression(pattern, $"The pattern '{StepText.Of(pattern.Syntax)}'", "test the type, and then its members");
        }

        Value Declared(ITypeSymbol type, ISymbol? local, bool matchesNull)
        {
            Value result = matchesNull ? _builder.Bool(true) : IsInstance(subject, type);
            if (local is null) return result;
            Place place = _places[local] = Declare(type, local.Name, pattern);
            Write(place, new ValueOperand(matchesNull ? subject : AsInstance(subject, type)), pattern);
            return result;
        }
    }

    private Value IsInstance(Value subject, ITypeSymbol type) => _builder.Apply(new IsInstance(TypeText(type)), IrType.Bool, subject);
}
