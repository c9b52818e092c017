using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Shapes;

// Which method a call comes to, where the object is known; and methods that are called through a delegate.
internal sealed partial class ShapeEvaluator
{
    /// <summary>The method of the object itself where its type is known, and else the one that the call names.</summary>
    private static IMethodSymbol Dispatched(IMethodSymbol target, ShapeValue receiver)
    {
        if (!IsDispatched(target) || receiver is not ModelValue { IsExact: true, Type: var type }) return target;
        return (target.ContainingType.TypeKind == TypeKind.Interface ? Implementation(type, target) : Override(type, target.OriginalDefinition)) ?? target;
    }

    private static bool IsDispatched(IMethodSymbol method)
        => method.IsAbstract || (method.IsVirtual || method.IsOverride) && method is { IsSealed: false, ContainingType.IsSealed: false };

    private static IMethodSymbol? Implementation(INamedTypeSymbol type, IMethodSymbol target)
    {
        foreach (INamedTypeSymbol @interface in type.AllInterfaces)
        {
            if (!SymbolEqualityComparer.Default.Equals(@interface.OriginalDefinition, target.ContainingType.OriginalDefinition)) continue;
            foreach (ISymbol member in @interface.GetMembers(target.Name))
            {
                if (!SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, target.OriginalDefinition)) continue;
                if (type.FindImplementationForInterfaceMember(member) is not IMethodSymbol found) return null;
                return IsDispatched(found) ? Override(type, found.OriginalDefinition) : found;
            }
        }

        return null;
    }

    private static IMethodSymbol? Override(INamedTypeSymbol type, IMethodSymbol target)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (IMethodSymbol candidate in current.GetMembers(target.Name).OfType<IMethodSymbol>())
            {
                for (IMethodSymbol? method = candidate; method is not null; method = method.OverriddenMethod)
                    if (SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, target)) return candidate.IsAbstract ? null : candidate;
            }
        }

        return null;
    }

    /// <summary>A method that a delegate stands for.</summary>
    private CalleeOutcome? RunMethod(FunctionValue function, EquatableArray<ShapeValue> arguments)
    {
        IMethodSymbol target = Dispatched(function.Method, function.Receiver ?? ShapeValue.Unknown).OriginalDefinition;
        if (target.ContainingType is { Name: "Ops" } ops && ops.IsIn(KnownAttributes.Namespace))
        {
            return arguments is [TensorValue only] && target.Name != "Transpose" && TypeMap.Tensor(target.ReturnType) is not null && IsElementwise(target)
                ? new CalleeOutcome(only, [], null) : null;
        }

        CalleeOutcome? followed = target.IsStatic || function.Receiver is ModelValue && !IsDispatched(target)
            ? _callees.Run(target, function.Receiver, arguments) : null;
        if (Signature.Of(_scope, target) is not { IsEmpty: false } signature) return followed;
        var shaped = target.Parameters.Select((p, i) => (signature.Text(p), i < arguments.Length ? ShapeOf(arguments[i]) : null)).ToArray();
        _sizes.Reset();
        var unified = new SignatureUnification(_sizes, shaped, name => BoundByReceiver(target, function.Receiver ?? ShapeValue.Unknown, name));
        Finding? problem = followed?.Problem;
        if (unified.Mismatch is { } mismatch && target.Locations is [var place, ..])
        {
            IParameterSymbol parameter = target.Parameters[mismatch.Argument];
            problem = new Finding(ShapeDescriptors.Argument, place,
                $"'{parameter.Name}' is ({signature.Text(parameter)}) and is given {Text(ShapeOf(arguments[mismatch.Argument])!)}: {Shown(mismatch.Reason)}",
                [], []);
        }

        ShapeValue result = signature.Result is { } text
            ? MemberValues.Shaped(target.ReturnType, unified.ShapeOf(text), new Origin(target, null)) : followed?.Result ?? ShapeValue.Unknown;
        return new CalleeOutcome(result, followed?.Written ?? [], problem);
    }
}
