using AutoDiff.Generators.Diagnostics;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.Pipeline;

/// <summary>
/// The part of the generator that looks for overrides without a derivative of their own: they would inherit that of the method they override, and with it a wrong
/// gradient.
/// </summary>
internal static class OverridePipeline
{
    public static void Register(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Diagnostic> problems = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is MethodDeclarationSyntax method && method.Modifiers.Any(SyntaxKind.OverrideKeyword),
            static (found, cancellation) => found.SemanticModel.GetDeclaredSymbol(found.Node, cancellation) is IMethodSymbol method ? Find(method) : null)
            .Where(static problem => problem is not null).Select(static (problem, _) => problem!);
        context.RegisterSourceOutput(problems, static (production, problem) => production.ReportDiagnostic(problem));
    }

    private static Diagnostic? Find(IMethodSymbol method)
        => method.OverriddenMethod is { } overridden && KnownAttributes.IsDifferentiable(overridden) && !KnownAttributes.IsDifferentiable(method)
            ? Diagnostic.Create(MethodDiagnostics.UnmarkedOverride, method.Locations[0], method.Name, overridden.ContainingType.Name)
            : null;
}
