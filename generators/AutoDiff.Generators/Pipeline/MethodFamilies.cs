using Microsoft.CodeAnalysis;
using AutoDiff.Generators.FrontEnd;

namespace AutoDiff.Generators.Pipeline;

/// <summary>
/// The methods of a compilation that implement marked methods without a body. A type has to implement the members that are generated for those, so that all of a family have
/// members or none.
/// </summary>
internal sealed class MethodFamilies(Compilation compilation)
{
    private readonly Lazy<(IMethodSymbol Abstract, IMethodSymbol Implementation)[]> _pairs = new(() => [.. Find(compilation.Assembly.GlobalNamespace)]);

    public IEnumerable<IMethodSymbol> ImplementationsOf(IMethodSymbol method) => from pair in _pairs.Value where AreSame(pair.Abstract, method) select pair.Implementation;

    public IEnumerable<IMethodSymbol> ImplementedBy(IMethodSymbol method) => from pair in _pairs.Value where AreSame(pair.Implementation, method) select pair.Abstract;

    private static bool AreSame(IMethodSymbol a, IMethodSymbol b) => SymbolEqualityComparer.Default.Equals(a, b.OriginalDefinition);

    private static IEnumerable<(IMethodSymbol Abstract, IMethodSymbol Implementation)> Find(INamespaceOrTypeSymbol container)
    {
        foreach (ISymbol member in container.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner)
                foreach ((IMethodSymbol, IMethodSymbol) found in Find(inner)) yield return found;
            if (member is IMethodSymbol { OverriddenMethod: { IsAbstract: true } overridden } own && overridden.IsDifferentiable()) yield return (overridden.OriginalDefinition, own);
        }

        if (container is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type) yield break;
        foreach (IMethodSymbol declared in type.AllInterfaces.SelectMany(static i => i.GetMembers().OfType<IMethodSymbol>()).Where(static m => m.IsAbstract && m.IsDifferentiable()))
            if (type.FindImplementationForInterfaceMember(declared) is IMethodSymbol implementation) yield return (declared.OriginalDefinition, implementation.OriginalDefinition);
    }
}
