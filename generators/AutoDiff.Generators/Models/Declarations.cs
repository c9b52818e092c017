using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Models;

/// <summary>What is declared several times, as happens while one types: it is written for once, and the compiler says the rest.</summary>
internal static class Declarations
{
    /// <summary>Whether this is the first of the marked declarations of its method or type.</summary>
    public static bool IsFirst(GeneratorAttributeSyntaxContext found)
    {
        ISymbol symbol = found.TargetSymbol is IMethodSymbol { PartialDefinitionPart: { } definition } ? definition : found.TargetSymbol;
        // A method outside of every type, behind a brace too many.
        if (symbol.ContainingType is { IsImplicitClass: true }) return false;
        return IsFirstMark(symbol, found) && (symbol is not IMethodSymbol method || IsFirstOverload(method));
    }

    /// <summary>What tells overloads apart.</summary>
    public static string Signature(IMethodSymbol method) => method.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    /// <summary>Both parts of a partial method or type may be marked.</summary>
    private static bool IsFirstMark(ISymbol symbol, GeneratorAttributeSyntaxContext found)
    {
        AttributeData? first = symbol.GetAttributes().FirstOrDefault(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, found.Attributes[0].AttributeClass));
        return first?.ApplicationSyntaxReference is not { } written || written.SyntaxTree == found.TargetNode.SyntaxTree && found.TargetNode.Span.Contains(written.Span);
    }

    private static bool IsFirstOverload(IMethodSymbol method)
    {
        IMethodSymbol[] overloads = [.. method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()];
        if (overloads.Length == 1) return true;
        string signature = Signature(method);
        return SymbolEqualityComparer.Default.Equals(overloads.First(m => Signature(m) == signature), method);
    }
}
