using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.Models;

/// <summary>Questions about primary constructors.</summary>
internal static class PrimaryConstructors
{
    public static IMethodSymbol? Of(INamedTypeSymbol type)
    {
        // Its declaration is that of the type.
        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            if (constructor.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is TypeDeclarationSyntax))
                return constructor;
        }
        return null;
    }

    /// <summary>
    /// The parameters that members of the type read after construction, so that the compiler keeps them in fields that nobody else sees.
    /// </summary>
    public static IEnumerable<IParameterSymbol> Captured(INamedTypeSymbol type)
        => Captured(type, static parameter => parameter.Type.IsReferenceType);

    /// <summary>The integers among them, which differentiable methods read as sizes.</summary>
    public static IEnumerable<IParameterSymbol> CapturedIntegers(INamedTypeSymbol type)
        => Captured(type, static parameter => parameter.Type.SpecialType == SpecialType.System_Int32);

    private static IEnumerable<IParameterSymbol> Captured(INamedTypeSymbol type, Func<IParameterSymbol, bool> isWanted)
    {
        if (type.IsRecord || Of(type) is not { Parameters.IsEmpty: false } constructor)
            yield break;
        HashSet<string>? read = null;
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            if (parameter.RefKind != RefKind.None || !isWanted(parameter))
                continue;
            read ??= NamesInMembers(type);
            if (read.Contains(parameter.Name))
                yield return parameter;
        }
    }

    // By name alone: a local of the same name is the only way to be wrong, and it costs a field and no more.
    private static HashSet<string> NamesInMembers(INamedTypeSymbol type)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is not TypeDeclarationSyntax declaration)
                continue;
            foreach (MemberDeclarationSyntax member in declaration.Members)
            {
                if (member is BaseFieldDeclarationSyntax or BaseTypeDeclarationSyntax or ConstructorDeclarationSyntax)
                    continue;
                names.UnionWith(member
                    .DescendantNodes(static node => node is not EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax })
                    .OfType<IdentifierNameSyntax>()
                    .Where(static name => !IsMemberName(name))
                    .Select(static name => name.Identifier.ValueText));
            }
        }
        return names;
    }

    // The b of a.b.
    private static bool IsMemberName(IdentifierNameSyntax name)
        => name.Parent is MemberAccessExpressionSyntax access && access.Name == name;
}
