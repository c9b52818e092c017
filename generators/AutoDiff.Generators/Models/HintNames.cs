using System.Globalization;
using System.Text;
using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Models;

/// <summary>Names of generated files: namespace, containing types and arity, so that no two types share one.</summary>
internal static class HintNames
{
    /// <summary>
    /// <c>My.Space.Outer.Model`1</c>; with a hash behind it where another type differs in case only, since files must not.
    /// </summary>
    public static string Of(INamedTypeSymbol type)
    {
        var name = new StringBuilder(type.MetadataName);
        bool isAmbiguous = false;
        for (ISymbol current = type; current is not INamespaceSymbol { IsGlobalNamespace: true }; current = current.ContainingSymbol)
        {
            if (!ReferenceEquals(current, type))
                name.Insert(0, current.MetadataName + ".");
            if (current.ContainingSymbol is INamespaceOrTypeSymbol container)
                isAmbiguous |= HasTwin(container, current);
        }
        string text = name.ToString();
        return isAmbiguous ? text + "-" + Hash(text) : text;
    }

    private static bool HasTwin(INamespaceOrTypeSymbol container, ISymbol member)
    {
        foreach (ISymbol other in container.GetMembers())
        {
            if (other is INamespaceOrTypeSymbol && other.MetadataName != member.MetadataName
                && string.Equals(other.MetadataName, member.MetadataName, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }

    // FNV-1a: the same in every process, unlike string.GetHashCode.
    private static string Hash(string text)
    {
        uint hash = 0x811C9DC5;
        foreach (char c in text)
            hash = (hash ^ c) * 0x01000193;
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
