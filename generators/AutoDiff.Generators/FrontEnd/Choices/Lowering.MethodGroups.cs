using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Methods as functions: o.Apply is the method together with the object, or with a copy of the struct.
internal sealed partial class Lowering
{
    private Operand MethodGroup(IMethodReferenceOperation reference)
    {
        var function = new FunctionOperand(null, reference.Method);
        if (reference.Method is { IsStatic: true } or { MethodKind: MethodKind.LocalFunction } || reference.Instance is not { Type: { } type } instance) return function;
        bool isStruct = TypeMap.Element(type) is null && Components.Of(type) is not null;
        if (!isStruct && !IsReference(type)) return function;
        return Visit(instance) is var receiver and (ObjectOperand or ChosenOperand or AggregateOperand) ? function with { Receiver = receiver } : function;
    }

    private Operand InvokeOn(Operand receiver, IMethodSymbol target, ImmutableArray<Operand> operands, IOperation at)
    {
        switch (receiver)
        {
            case ObjectOperand { Place: var made }:
                return Inline(ObjectFields.Dispatch((INamedTypeSymbol)made.Fields.Type, target), operands, at, receiver: made);
            case ChosenOperand chosen:
                return Choose(chosen, target.ContainingType, at, one => InvokeOn(one, target, operands, at));
            default:
                Place copy = Declare(target.ContainingType, "", at);
                Write(copy, receiver, at);
                return Inline(target, operands, at, receiver: copy);
        }
    }
}
