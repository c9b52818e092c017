using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>Finds what a method writes after its declaration, and what its nested functions write from inside.</summary>
internal static class WrittenVariables
{
    public static void Find(IOperation operation, ISymbol function, MethodNames names)
    {
        switch (operation)
        {
            case IAnonymousFunctionOperation lambda:
                function = lambda.Symbol;
                break;
            case ILocalFunctionOperation local:
                function = local.Symbol;
                break;
            case ILocalReferenceOperation local when !SymbolEqualityComparer.Default.Equals(local.Local.ContainingSymbol, function):
                names.Captured.Add(local.Local);
                break;
            case IParameterReferenceOperation parameter when !SymbolEqualityComparer.Default.Equals(parameter.Parameter.ContainingSymbol, function):
                names.Captured.Add(parameter.Parameter);
                break;
            case IAssignmentOperation assignment:
                Write(assignment.Target, function, names);
                break;
            case IIncrementOrDecrementOperation increment:
                Write(increment.Target, function, names);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                Write(argument.Value, function, names);
                break;
            case IInvocationOperation { Instance: ILocalReferenceOperation or IParameterReferenceOperation } call
                when call.Instance.Type is { TypeKind: TypeKind.Class } type && type.IsIn("System.Collections.Generic"):
                Change(call.Instance, function, names);
                break;
            case IForEachLoopOperation loop:
                Write(loop.LoopControlVariable, function, names);
                break;
        }

        foreach (IOperation child in operation.ChildOperations) Find(child, function, names);
    }

    /// <summary>A collection whose elements a nested function may change.</summary>
    private static void Change(IOperation? collection, ISymbol function, MethodNames names)
    {
        ISymbol? variable = collection switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
        if (variable is not null && !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, function)) names.Shared.Add(variable);
    }

    private static void Write(IOperation target, ISymbol function, MethodNames names)
    {
        if (target is IArrayElementReferenceOperation element) Change(element.ArrayReference, function, names);
        if (target is IPropertyReferenceOperation { Property.IsIndexer: true, Instance: var indexed }) Change(indexed, function, names);
        ISymbol? variable = target switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFieldReferenceOperation field => field.Field,
            IPropertyReferenceOperation property => property.Property,
            _ => null,
        };
        if (target is ITupleOperation tuple)
            foreach (IOperation item in tuple.Elements) Write(item, function, names);
        if (target is IDeclarationExpressionOperation declaration) Write(declaration.Expression, function, names);
        if (variable is null) return;
        names.Reassigned.Add(variable);
        if (variable is ILocalSymbol or IParameterSymbol && !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, function))
            names.Shared.Add(variable);
    }
}
