using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>The parameters of a primary constructor that members of the class use: each lives on in a field that has no symbol.</summary>
internal static class CapturedParameters
{
    public static IEnumerable<IParameterSymbol> Of(INamedTypeSymbol type)
    {
        if (type.IsRecord) return [];
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
            if (reference.GetSyntax() is TypeDeclarationSyntax { ParameterList.Parameters.Count: > 0 } declaration
                && type.InstanceConstructors.FirstOrDefault(c => c.DeclaringSyntaxReferences.Any(r => r.GetSyntax() == declaration)) is { } constructor)
                return constructor.Parameters.Where(p => type.GetMembers(p.Name).IsEmpty && IsUsedIn(type, p));
        return [];
    }

    /// <summary>Whether a field is the one that the compiler makes for such a parameter, as soon as it has looked at the bodies.</summary>
    public static bool IsField(IFieldSymbol field) => field is { AssociatedSymbol: null, CanBeReferencedByName: false } && !field.ContainingType.DeclaringSyntaxReferences.IsEmpty;

    /// <summary>Whether a body names it. An initializer runs in the constructor, where the parameter itself is at hand.</summary>
    private static bool IsUsedIn(INamedTypeSymbol type, IParameterSymbol parameter)
        => type.DeclaringSyntaxReferences.Select(static r => r.GetSyntax()).OfType<TypeDeclarationSyntax>().SelectMany(static t => t.Members).Any(member
            => Bodies(member).Any(body => body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == parameter.Name)));

    private static IEnumerable<SyntaxNode> Bodies(MemberDeclarationSyntax member) => member switch
    {
        BaseMethodDeclarationSyntax method => [method],
        BasePropertyDeclarationSyntax property
            => property.ChildNodes().Where(static n => n is AccessorListSyntax or ArrowExpressionClauseSyntax),
        _ => [],
    };
}
