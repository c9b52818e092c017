using AutoDiff.Generators.Diagnostics;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.Pipeline;

/// <summary>
/// The part of the generator that looks for overrides without a derivative of their own, which would inherit that of the method they override, and with it a wrong
/// gradient, and for such implementations of members of interfaces, whose derivatives have to be implemented too.
/// </summary>
internal static class OverridePipeline
{
    public static void Register(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Diagnostic> problems = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is MethodDeclarationSyntax { Parent: TypeDeclarationSyntax type } method
                && (method.Modifiers.Any(SyntaxKind.OverrideKeyword) || type.BaseList is not null || type.Modifiers.Any(SyntaxKind.PartialKeyword)),
            static (found, cancellation) => found.SemanticModel.GetDeclaredSymbol(found.Node, cancellation) is IMethodSymbol method ? Find(method) : null)
            .Where(static problem => problem is not null).Select(static (problem, _) => problem!);
        context.RegisterSourceOutput(problems, static (production, problem) => production.ReportDiagnostic(problem));
    }

    private static Diagnostic? Find(IMethodSymbol method)
        => !method.IsDifferentiable() && (method.OverriddenMethod is { } overridden && overridden.IsDifferentiable() ? overridden : Implemented(method)) is { } marked
            ? Diagnostic.Create(MethodDiagnostics.UnmarkedOverride, method.Locations[0], method.Name, marked.ContainingType.Name)
            : null;

    private static IMethodSymbol? Implemented(IMethodSymbol method)
        => method.ContainingType.AllInterfaces.SelectMany(static i => i.GetMembers().OfType<IMethodSymbol>()).FirstOrDefault(
            m => m.IsAbstract && m.IsDifferentiable() && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(m), method));
}
