using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>The sections of switches that are being lowered.</summary>
    private readonly HashSet<ISwitchCaseOperation> _sections = [];

    private void Statement(IOperation statement, JumpKinds tail)
    {
        try
        {
            Unless(statement, () => Dispatch(statement, tail));
        }
        catch (UnsupportedException)
        {
            _failed = _failed ?? _locations.Instead ?? statement.Syntax.GetLocation();
            // Reported. Locals that it declares are poisoned, so that their uses report nothing more.
            foreach (IVariableDeclaratorOperation declarator in statement.DescendantsAndSelf().OfType<IVariableDeclaratorOperation>())
                if (!_places.ContainsKey(declarator.Symbol)) _places[declarator.Symbol] = new PoisonedPlace();
            foreach (IDeclarationExpressionOperation declaration in statement.DescendantsAndSelf().OfType<IDeclarationExpressionOperation>())
                foreach (ILocalReferenceOperation local in declaration.DescendantsAndSelf().OfType<ILocalReferenceOperation>())
                    if (!_places.ContainsKey(local.Local)) _places[local.Local] = new PoisonedPlace();
        }
    }

    private void Dispatch(IOperation statement, JumpKinds tail)
    {
        switch (statement)
        {
            case IBlockOperation block:
                Statements(block.Operations, tail);
                break;
            case IExpressionStatementOperation { Operation: var expression }:
                BeginStep(expression.Syntax, expression.Syntax);
                Visit(expression);
                break;
            case IVariableDeclarationGroupOperation group:
                foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(static d => d.Declarators))
                    Declarator(declarator);
                break;
            case IConditionalOperation branch:
                IfStatement(branch, [branch.WhenTrue], branch.WhenFalse is null ? [] : [branch.WhenFalse], tail);
                break;
            case IForLoopOperation loop:
                ForLoop(loop);
                break;
            case IForEachLoopOperation loop:
                ForEachLoop(loop);
                break;
            case IWhileLoopOperation loop:
                WhileLoop(loop);
                break;
            case IUsingOperation opening:
                UsingStatement(opening);
                break;
            case ITryOperation attempt:
                TryStatement(attempt, tail);
                break;
            case IThrowOperation exception:
                ThrowStatement(exception);
                break;
            case IReturnOperation result:
                Return(result, tail);
                break;
            case IBranchOperation jump:
                Jump(jump, tail);
                break;
            case ISwitchOperation choice:
                SwitchStatement(choice, tail);
                break;
            case ILocalFunctionOperation or IEmptyOperation:
                break;
            case ILabeledOperation labeled:
                if (labeled.Operation is { } inner) Statement(inner, tail);
                break;
            default:
                throw UnsupportedStatement(statement, $"A {Describe(statement)}", Instead(statement));
        }
    }

    private void Declarator(IVariableDeclaratorOperation declarator)
    {
        ILocalSymbol local = declarator.Symbol;
        IOperation? value = declarator.GetVariableInitializer()?.Value;
        if (local.IsConst)
        {
            if (local.ConstantValue is string text) _places[local] = new FixedPlace(Text(text));
            return;
        }

        if (value is null)
        {
            _places[local] = NullableMemory(local.Type, local.Name, declarator.Syntax.GetLocation()) ?? Declare(local.Type, local.Name, declarator);
            return;
        }

        BeginStep(declarator.Syntax, declarator.Syntax);
        if (local.IsRef)
        {
            DeclareReference(local, value);
            return;
        }

        RefuseAlias(value);
        Operand operand = Visit(value);
        NameRow(value, declarator);
        if (operand is SequenceOperand or ListOperand or TableOperand || SequenceItem(local.Type) is not null || operand is ValueOperand { Value: var items } && _items.ContainsKey(items.Id))
        {
            DropEmptyStep();
            _places[local] = new FixedPlace(operand);
            return;
        }

        Place place = operand switch
        {
            _ when NullableMemory(local.Type, local.Name, declarator.Syntax.GetLocation(), operand) is { } memory => memory,
            _ when IsReferent(operand) => Slot(local.Name, local.Type),
            ValueOperand { Value.Type: OpaqueType or ModelType } => new VariablePlace(NewVariable(local.Name, null)),
            _ => Declare(local.Type, local.Name, declarator),
        };
        Write(place, operand, declarator);
        _places[local] = place;
    }

    private void Return(IReturnOperation result, JumpKinds tail)
    {
        if (result.ReturnedValue is { } value)
        {
            if (result.Syntax is ReturnStatementSyntax { Expression: { } expression })
                BeginStep(result.Syntax, $"return {StepText.Of(expression)}");
            else BeginStep(value.Syntax, $"return {StepText.Of(value.Syntax)}");
            Operand operand = Visit(value);
            if (_frame.Result is not null) Write(_frame.Result, operand, value);
        }

        if (!tail.Returns && _frame.Returned is not null) _state[_frame.Returned] = _builder.Bool(true);
    }

    private void Jump(IBranchOperation jump, JumpKinds tail)
    {
        if (Jumps.Section(jump) is { } section)
        {
            // goto case: that section runs here.
            if (_sections.Contains(section)) throw UnsupportedStatement(jump, "A goto case that comes back to itself", "use a loop around the switch");
            _sections.Add(section);
            try
            {
                Statements(section.Body, tail);
            }
            finally
            {
                _sections.Remove(section);
            }

            return;
        }

        if (jump.BranchKind == BranchKind.GoTo && !Jumps.GoesForward(jump))
            throw UnsupportedStatement(jump, "A goto to an earlier statement", "use a loop with break or continue");
        if (!tail.GoTo(jump.Target) && _frame.Jumped.TryGetValue(jump.Target, out Variable? flag)) _state[flag] = _builder.Bool(true);
    }

    private static string Describe(IOperation operation) => operation.Kind switch
    {
        OperationKind.Lock => "lock statement",
        OperationKind.YieldReturn or OperationKind.YieldBreak => "yield",
        OperationKind.Labeled => "labelled statement",
        OperationKind.Await => "await",
        OperationKind.None => operation.Syntax.Kind() + " construct",
        _ => operation.Kind + " construct",
    };

    private static string Instead(IOperation operation) => operation.Kind switch
    {
        OperationKind.Lock => "do it in the caller",
        OperationKind.YieldReturn or OperationKind.YieldBreak => "write the results to a span",
        OperationKind.Await => "await in the caller and pass the value",
        _ => "write it with assignments, if, loops and return",
    };
}
