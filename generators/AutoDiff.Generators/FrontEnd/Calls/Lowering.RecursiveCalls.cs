using AutoDiff.Generators.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Calls of methods without the attribute that call themselves. They stay calls, of hidden members that are generated beside the method.
internal sealed partial class Lowering
{
    private bool IsRecursiveHelper(IMethodSymbol target) => RecursiveHelpers.Contain(target, compilation, cancellation);

    private Operand RecursiveCall(IInvocationOperation call)
    {
        IMethodSymbol target = call.TargetMethod;
        UnsupportedException Refused(string why) => Unsupported(FrontEndDescriptors.UnsupportedCall, call, target.Name, why);
        if (UsesPair(target)) throw Refused("it calls itself; mark it [Differentiable], so that it has derivatives of its own");
        if (HasRows(target)) throw Refused("it calls itself, and only a body in place of the call sees the rows of an array or the length of a list; pass a span and its lengths");
        if (!target.IsStatic && target.ContainingType.TypeKind != TypeKind.Class) throw Refused("it calls itself; make it static and pass what it reads");
        if (target.Parameters.FirstOrDefault(static p => p.Type.TypeKind == TypeKind.Delegate) is { } function)
            throw Refused($"it calls itself, and only a body in place of the call sees what '{function.Name}' is; call the method itself in place of '{function.Name}', or write a loop");
        if (!compilation.IsSymbolAccessibleWithin(target, method.ContainingType))
            throw Refused($"it calls itself, and is private to '{target.ContainingType.Name}'; make it internal");
        if (CarriesDerivatives(target) && !ContainerChecks.HasRoom(target.ContainingType, cancellation))
            throw Refused($"it calls itself, so that it needs derivatives beside it; make '{target.ContainingType.Name}' and the types around it partial");
        return DifferentiableCall(call);
    }

    /// <summary>Whether a derivative can go through a call: numbers that are not integers go in or come out.</summary>
    private static bool CarriesDerivatives(IMethodSymbol target) => target.Parameters.Select(static p => p.Type).Append(target.ReturnType).Any(static type
        => type.SpecialType is not (SpecialType.System_Void or SpecialType.System_String) && !TypeMap.IsEnum(type) && TypeMap.ScalarOrBuffer(type) is not { IsDifferentiable: false });

    /// <summary>Whether a method of this project gives its elements with <c>yield return</c>.</summary>
    private bool IsIterator(IMethodSymbol target)
        => target.ReturnType.Name is "IEnumerable" or "IEnumerator" && target.DeclaringSyntaxReferences is [var reference, ..]
            && reference.GetSyntax(cancellation).DescendantNodes().Any(static n => n is YieldStatementSyntax);

    /// <summary>What is wrong with a helper is reported with its caller: nobody asked for its derivatives but that.</summary>
    private void RequireHelper(CalleeSummary callee)
    {
        if (callee.IsEmitted) return;
        if (callee.Problems.IsEmpty) throw Waiting();
        _diagnostics.AddRange(callee.Problems);
        throw new UnsupportedException();
    }
}
