using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// The locals and parameters that operations may assign, also through local functions and lambdas they contain or call. Where they use a delegate at all, it may be
/// any of those that variables hold. The type of the receiver stands for the receiver.
/// </summary>
internal static class Assigned
{
    public static HashSet<ISymbol> In(
        IEnumerable<IOperation> operations, IReadOnlyDictionary<ISymbol, ILocalFunctionOperation> localFunctions, IEnumerable<FunctionOperand> held)
    {
        var assigned = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var entered = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        bool usesDelegates = false;
        foreach (IOperation operation in operations) Walk(operation);
        return assigned;

        void Walk(IOperation operation)
        {
            foreach (IOperation node in operation.DescendantsAndSelf())
            {
                switch (node)
                {
                    case IAssignmentOperation assignment:
                        Add(assignment.Target);
                        if (assignment is ISimpleAssignmentOperation { IsRef: true }) Add(assignment.Value);
                        break;
                    case IIncrementOrDecrementOperation increment:
                        Add(increment.Target);
                        break;
                    case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                        Add(argument.Value);
                        break;
                    case IArgumentOperation { Value.Type: { Name: "List" } or IArrayTypeSymbol { ElementType: IArrayTypeSymbol } } list:
                        Add(list.Value);
                        break;
                    case IVariableDeclaratorOperation { Symbol.IsRef: true } alias when alias.GetVariableInitializer() is { Value: var target }:
                        Add(target);
                        break;
                    case ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation when !usesDelegates && node.Type?.TypeKind == TypeKind.Delegate:
                        usesDelegates = true;
                        foreach (FunctionOperand one in held) Enter(one);
                        break;
                    case IInvocationOperation invocation:
                        if (invocation.Instance is { Type: { IsValueType: true } or { Name: "List" } } receiver) Add(receiver);
                        if (localFunctions.TryGetValue(invocation.TargetMethod, out ILocalFunctionOperation? function)
                            && entered.Add(invocation.TargetMethod)) Walk(function);
                        break;
                }
            }
        }

        void Enter(FunctionOperand function)
        {
            if (function.Lambda is { } lambda) Walk(lambda.Body);
            else if (localFunctions.TryGetValue(function.Method, out ILocalFunctionOperation? local) && entered.Add(function.Method)) Walk(local);
        }

        void Add(IOperation target)
        {
            switch (target)
            {
                case ILocalReferenceOperation local:
                    assigned.Add(local.Local);
                    break;
                case IParameterReferenceOperation parameter:
                    assigned.Add(parameter.Parameter);
                    break;
                case IArrayElementReferenceOperation { Type: IArrayTypeSymbol, ArrayReference: var rows }:
                    Add(rows);
                    break;
                case IFieldReferenceOperation { Instance: { } instance }:
                    Add(instance);
                    break;
                case IPropertyReferenceOperation { Instance: { } instance } when TypeMap.Buffer(instance.Type) is null:
                    Add(instance);
                    break;
                case IInstanceReferenceOperation { Type: { } type }:
                    assigned.Add(type);
                    break;
                case IConditionalOperation { IsRef: true, WhenFalse: { } other } choice:
                    Add(choice.WhenTrue);
                    Add(other);
                    break;
                case ITupleOperation tuple:
                    foreach (IOperation element in tuple.Elements) Add(element);
                    break;
                case IDeclarationExpressionOperation declaration:
                    Add(declaration.Expression);
                    break;
            }
        }
    }
}
