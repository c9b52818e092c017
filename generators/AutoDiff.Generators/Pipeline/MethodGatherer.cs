using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;
using AutoDiff.Generators.Diagnostics;
using AutoDiff.Generators.FrontEnd;
using AutoDiff.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Pipeline;

/// <summary>Takes from a method's symbol all that the rest of the pipeline needs.</summary>
internal static class MethodGatherer
{
    public static MethodResult Gather(IMethodSymbol method, Compilation compilation, AttributeData attribute, CancellationToken cancellation)
    {
        Location identifier = method.Locations.FirstOrDefault() ?? Location.None;
        if (ContainerChecks.Find(method, cancellation) is Diagnostic problem) return new MethodResult(null, [problem], identifier);
        cancellation.ThrowIfCancellationRequested();
        try
        {
            LoweringResult lowered = MethodLowering.Lower(method, compilation, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (lowered.Function is not Function function)
            {
                return method.IsAbstract && lowered.Diagnostics.IsEmpty
                    ? new MethodResult(null, [Diagnostic.Create(MethodDiagnostics.NoBody, identifier, method.Name)], identifier)
                    : new MethodResult(null, lowered.Diagnostics, identifier);
            }

            var problems = new MethodProblems(compilation, cancellation);
            MethodProblems.Verdict verdict = problems.Of(method, lowered, attribute);
            if (verdict.Diagnostics.Length > 0) return new MethodResult(null, verdict.Diagnostics, identifier);
            if (problems.OfCalls(lowered) is { } call) return new MethodResult(null, [call], identifier);
            return new MethodResult(
                Model(method, compilation, attribute, function, cancellation) with { Inlined = verdict.Inlined },
                [.. lowered.Diagnostics, .. MethodRemarks.Warnings(method, function, Activity.Of(function), lowered)], identifier);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new MethodResult(
                null, [Diagnostic.Create(MethodDiagnostics.InternalError, identifier, method.Name, $"{exception.GetType().Name}: {exception.Message}")], identifier);
        }
    }

    public static MethodModel Model(
        IMethodSymbol method, Compilation compilation, AttributeData attribute, Function function, CancellationToken cancellation)
    {
        INamedTypeSymbol type = method.ContainingType;
        return new MethodModel(
            MethodNames.Hint(method),
            MethodNames.Namespace(type),
            TypeHeaders.Of(type),
            MethodNames.Modifiers(method),
            method.Name,
            method.Arity == 0 ? "" : "<" + string.Join(", ", method.TypeParameters.Select(static p => CSharpNames.Escape(p.Name))) + ">",
            MethodNames.Constraints(method),
            method.ReturnsVoid ? "void" : method.ReturnType.ToDisplayString(MethodNames.TypeFormat),
            MethodNames.Cref(method),
            Requested(method, attribute),
            method.Attribute("KeepAttribute") is not null,
            function)
        {
            Overload = MethodNames.Overload(method),
            NumberParameter = MethodNames.NumberParameter(method),
            IsAbstract = method.IsAbstract,
            IsDispatched = method.IsDispatched(),
            Keeps = method.Attribute("KeepAttribute") is not null,
            Recomputes = method.Attribute("RecomputeAttribute") is not null,
            HasOwnForward = !type.GetMembers(method.Name + "Forward").IsEmpty,
            HasOwnVjp = RuleIndex.Of(compilation, cancellation).Find(method)?.Vjp is { } vjp && vjp.Name == method.Name + "Vjp"
                && SymbolEqualityComparer.Default.Equals(vjp.ContainingType, method.ContainingType),
        };
    }

    /// <summary>An override has the members that the method it overrides has.</summary>
    public static RequestedDerivatives Requested(IMethodSymbol method, AttributeData attribute)
    {
        while (method.OverriddenMethod is { } overridden && overridden.Attribute("DifferentiableAttribute") is { } inherited)
            (method, attribute) = (overridden, inherited);
        return attribute.ConstructorArguments is [{ Value: int flags }, ..] ? (RequestedDerivatives)flags : RequestedDerivatives.Gradient;
    }
}
