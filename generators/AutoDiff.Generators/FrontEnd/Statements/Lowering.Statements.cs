using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private void Statement(IOperation statement, JumpKinds tail)
    {
        try
        {
            Dispatch(statement, tail);
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
                // A goto to it is refused; without one it is nothing.
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
        if (local.IsConst) return;
        if (value is null)
        {
            _places[local] = Declare(local.Type, local.Name, declarator);
            return;
        }

        BeginStep(declarator.Syntax, declarator.Syntax);
        if (local.IsRef)
        {
            _places[local] = PlaceOf(value);
            return;
        }

        Operand operand = Visit(value);
        if (operand is FunctionOperand or ListOperand)
        {
            DropEmptyStep();
            _places[local] = new FixedPlace(operand);
            return;
        }

        Place place = Declare(local.Type, local.Name, declarator);
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

        if ((tail & JumpKinds.Return) == 0 && _frame.Returned is not null) _state[_frame.Returned] = _builder.Bool(true);
    }

    private void Jump(IBranchOperation jump, JumpKinds tail)
    {
        if (_frame.Loop is not { } loop || jump.BranchKind == BranchKind.GoTo)
            throw UnsupportedStatement(jump, "A goto", "use a loop with break or continue");
        if (SymbolEqualityComparer.Default.Equals(jump.Target, loop.Exit))
        {
            if ((tail & JumpKinds.Break) == 0 && loop.Broken is not null) _state[loop.Broken] = _builder.Bool(true);
        }
        else if (SymbolEqualityComparer.Default.Equals(jump.Target, loop.Continue))
        {
            if ((tail & JumpKinds.Continue) == 0 && loop.Continued is not null) _state[loop.Continued] = _builder.Bool(true);
        }
        else
        {
            throw UnsupportedStatement(jump, "A jump out of a switch to the loop around it", "use if and else in place of the switch");
        }
    }

    private static string Describe(IOperation operation) => operation.Kind switch
    {
        OperationKind.Try => "try statement",
        OperationKind.Using or OperationKind.UsingDeclaration => "using statement",
        OperationKind.Lock => "lock statement",
        OperationKind.YieldReturn or OperationKind.YieldBreak => "yield",
        OperationKind.Labeled => "labelled statement",
        OperationKind.Await => "await",
        OperationKind.None => operation.Syntax.Kind() + " construct",
        _ => operation.Kind + " construct",
    };

    private static string Instead(IOperation operation) => operation.Kind switch
    {
        OperationKind.Try or OperationKind.Using or OperationKind.UsingDeclaration or OperationKind.Lock => "do it in the caller",
        OperationKind.YieldReturn or OperationKind.YieldBreak => "write the results to a span",
        OperationKind.Await => "await in the caller and pass the value",
        _ => "write it with assignments, if, loops and return",
    };
}
