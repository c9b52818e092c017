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
        cancellation.ThrowIfCancellationRequested();
        try
        {
            MethodProblems.Verdict verdict = new MethodProblems(compilation, cancellation).Of(method, attribute);
            if (!verdict.HasMembers) return new MethodResult(null, verdict.Diagnostics, identifier);
            cancellation.ThrowIfCancellationRequested();
            LoweringResult lowered = MethodLowering.Lower(method, compilation, cancellation);
            Function function = lowered.Function!;
            return new MethodResult(
                Model(method, compilation, Requested(method, attribute), function, cancellation) with { Inlined = verdict.Inlined },
                [.. lowered.Diagnostics, .. MethodRemarks.Warnings(method, function, Activity.Of(function), lowered)], identifier) { Helpers = verdict.Helpers, Captured = verdict.Captured };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return FileErrors.Are(identifier.SourceTree, compilation, cancellation) ? MethodResult.Nothing
                : new MethodResult(null, [Diagnostic.Create(MethodDiagnostics.InternalError, identifier, method.Name, $"{exception.GetType().Name}: {exception.Message}")], identifier);
        }
    }

    public static MethodModel Model(
        IMethodSymbol method, Compilation compilation, RequestedDerivatives requested, Function function, CancellationToken cancellation)
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
            requested,
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
