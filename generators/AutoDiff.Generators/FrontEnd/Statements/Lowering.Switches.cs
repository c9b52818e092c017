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
        Value?[] handed = Handed();
        Operand subject = Visit(choice.Value);
        RefuseThrow(handed, choice.Value);
        ImmutableArray<ISwitchCaseOperation> cases = [.. choice.Cases.Where(static c => !IsDefault(c)), .. choice.Cases.Where(static c => IsDefault(c))];
        JumpKinds end = JumpKinds.To(choice.ExitLabel);
        if (cases.Any(c => JumpsInside(c, choice.ExitLabel))) DeclareFlags(end);
        Section(0);

        void Section(int index)
        {
            if (index == cases.Length) return;
            ISwitchCaseOperation section = cases[index];
            if (IsDefault(section))
            {
                Run(section);
                return;
            }

            Value condition = section.Clauses.Select(c => Matches(subject, c)).Aggregate((a, b) => _builder.Scalar(ScalarOp.Or, a, b));
            Branch(condition, choice, () => { Run(section); return null; }, () => { Section(index + 1); return null; });
        }

        void Run(ISwitchCaseOperation section)
        {
            _sections.Add(section);
            try
            {
                Statements(section.Body, tail | end);
            }
            finally
            {
                _sections.Remove(section);
            }
        }
    }

    private static bool IsDefault(ISwitchCaseOperation section) => section.Clauses.Any(static c => c.CaseKind == CaseKind.Default);

    /// <summary>Whether a section breaks anywhere but at its end.</summary>
    private static bool JumpsInside(ISwitchCaseOperation section, ILabelSymbol end)
        => section.Body.Any(s => s is not IBranchOperation && Jumps.Escaping(s).GoTo(end));

    private Value Matches(Operand subject, ICaseClauseOperation clause) => clause switch
    {
        ISingleValueCaseClauseOperation single => IsEqual(subject, single.Value),
        IPatternCaseClauseOperation { Guard: null } pattern => MatchesValue(subject, pattern.Pattern),
        IPatternCaseClauseOperation { Guard: { } guard } pattern => Guarded(MatchesValue(subject, pattern.Pattern), guard),
        _ => throw UnsupportedStatement(clause, "This case", "use constants, patterns and comparisons"),
    };

    /// <summary><c>when</c>: evaluated only where the pattern matches.</summary>
    private Value Guarded(Value matches, IOperation guard)
    {
        return Single(WithAhead(guard, () => Branch(matches, guard, () => Visit(guard), () => new ValueOperand(_builder.Bool(false))))!, guard);
    }

    private Operand SwitchExpression(ISwitchExpressionOperation choice)
    {
        Operand subject = Visit(choice.Value);
        ImmutableArray<ISwitchExpressionArmOperation> arms = choice.Arms;
        return Chain(0) ?? throw UnsupportedExpression(choice, "A switch expression that only throws", "give it a value");

        Operand? Chain(int index)
        {
            if (index == arms.Length)
            {
                // No arm matches: as the compiler does it.
                Effect(new ThrowText().Add("throw new global::System.Runtime.CompilerServices.SwitchExpressionException()").ToInstruction());
                return null;
            }

            ISwitchExpressionArmOperation arm = arms[index];
            if (arm is { Pattern: IDiscardPatternOperation, Guard: null }) return ValueOrThrow(arm.Value);
            Value condition = MatchesValue(subject, arm.Pattern);
            if (arm.Guard is not null) condition = Guarded(condition, arm.Guard);
            return Branch(condition, arm, () => ValueOrThrow(arm.Value), () => Chain(index + 1));
        }
    }

    private Operand IsPattern(IIsPatternOperation pattern) => new ValueOperand(MatchesValue(Visit(pattern.Value), pattern.Pattern));

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
                return IsNull(subject);
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: string } } constant when IsText(pattern.InputType):
                return AreSameText(subject, ValueOf(constant.Value));
            case INegatedPatternOperation negated:
                return _builder.Scalar(ScalarOp.Not, MatchesObject(subject, negated.Pattern));
            case IBinaryPatternOperation both:
                Value left = MatchesObject(subject, both.LeftPattern), right = MatchesObject(subject, both.RightPattern);
                return _builder.Scalar(both.OperatorKind == BinaryOperatorKind.And ? ScalarOp.And : ScalarOp.Or, left, right);
            case IDeclarationPatternOperation declaration:
                return Declared(declaration.MatchedType ?? declaration.NarrowedType, declaration.DeclaredSymbol, declaration.MatchesNull);
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } recursive:
                return Declared(recursive.MatchedType, recursive.DeclaredSymbol, matchesNull: false);
            case IRecursivePatternOperation recursive:
                return Single(WithAhead(recursive, () =>
                {
                    Value isOfType = Declared(recursive.MatchedType, recursive.DeclaredSymbol, matchesNull: false);
                    return Branch(isOfType, pattern, () => new ValueOperand(MatchesHeld(AsInstance(subject, recursive.MatchedType), recursive)), () => new ValueOperand(_builder.Bool(false)));
                })!, pattern);
            default:
                throw UnsupportedExpression(pattern, $"The pattern '{StepText.Of(pattern.Syntax)}'", "test the type, and then its members");
        }

        Value Declared(ITypeSymbol type, ISymbol? local, bool matchesNull)
        {
            Value result = matchesNull ? _builder.Bool(true) : IsInstance(subject, type);
            if (local is null) return result;
            if (type.IsValueType)
                throw UnsupportedExpression(pattern, $"The value in a box that '{StepText.Of(pattern.Syntax)}' names", "pass the number as what it is");
            Place place = _places[local] = _ahead.Contains(local) ? _places[local] : Declare(type, local.Name, pattern);
            Write(place, new ValueOperand(matchesNull ? subject : AsInstance(subject, type)), pattern);
            return result;
        }
    }

    private Value IsInstance(Value subject, ITypeSymbol type) => _builder.Apply(new IsInstance(TypeText(type)), IrType.Bool, subject);
}
