using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Models;

/// <summary>Where a type can be named.</summary>
internal static class Accessibilities
{
    /// <summary>Whether <paramref name="type"/> can be named everywhere.</summary>
    public static bool IsPublic(ITypeSymbol type)
        => Parts(type).All(static part => part.DeclaredAccessibility == Accessibility.Public);

    /// <summary>
    /// Whether <paramref name="type"/> can be named wherever an internal member of <paramref name="model"/> can: what is private to a
    /// type may be used by members of a model that is nested in that type.
    /// </summary>
    public static bool CanBeNamedBy(ITypeSymbol type, INamedTypeSymbol model)
    {
        foreach (INamedTypeSymbol part in Parts(type))
        {
            if (part.IsFileLocal)
                return false;
            bool isEnough = part.DeclaredAccessibility
                is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;
            if (!isEnough && !IsNestedIn(model, part.ContainingType))
                return false;
        }
        return true;
    }

    private static bool IsNestedIn(INamedTypeSymbol type, INamedTypeSymbol? container)
    {
        for (INamedTypeSymbol? current = type.ContainingType; current is not null; current = current.ContainingType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, container?.OriginalDefinition))
                return true;
        }
        return false;
    }

    // The type, the types around it, and the type arguments of all of them.
    private static IEnumerable<INamedTypeSymbol> Parts(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            foreach (INamedTypeSymbol part in Parts(array.ElementType))
                yield return part;
        }
        for (INamedTypeSymbol? current = type as INamedTypeSymbol; current is not null; current = current.ContainingType)
        {
            yield return current;
            foreach (INamedTypeSymbol part in current.TypeArguments.SelectMany(Parts))
                yield return part;
        }
    }
}
