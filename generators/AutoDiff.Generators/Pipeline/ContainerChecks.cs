using AutoDiff.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.Pipeline;

/// <summary>Whether members can be generated beside a method.</summary>
internal static class ContainerChecks
{
    public static Diagnostic? Find(IMethodSymbol method, CancellationToken cancellation)
    {
        if (method.MethodKind == MethodKind.ExplicitInterfaceImplementation)
            return Diagnostic.Create(MethodDiagnostics.ExplicitImplementation, method.Locations[0], method.Name);
        if (method.IsExtern)
            return Diagnostic.Create(MethodDiagnostics.NoBody, method.Locations[0], method.Name);
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal) return Diagnostic.Create(MethodDiagnostics.FileLocal, method.Locations[0], type.Name, method.Name);
            foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
            {
                if (reference.GetSyntax(cancellation) is TypeDeclarationSyntax declaration && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
                    return Diagnostic.Create(MethodDiagnostics.NotPartial, declaration.Identifier.GetLocation(), type.Name, method.Name);
            }
        }

        return null;
    }

    /// <summary>Whether members can be generated into a type: it and those around it are partial, and have names elsewhere.</summary>
    public static bool HasRoom(INamedTypeSymbol type, CancellationToken cancellation)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
            if (current.IsFileLocal || current.DeclaringSyntaxReferences.Any(r => r.GetSyntax(cancellation) is not TypeDeclarationSyntax declaration || !declaration.Modifiers.Any(SyntaxKind.PartialKeyword)))
                return false;
        return true;
    }
}
