using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// What the type parameters of generic code stand for where its body takes the place of a call. The bound tree of a generic method speaks of its parameters
/// whoever calls it, and every question about a type may come across one; so this is known to all of them, on the thread that lowers.
/// </summary>
internal static class TypeArguments
{
    [ThreadStatic]
    private static ImmutableDictionary<ITypeParameterSymbol, ITypeSymbol>? s_current;

    /// <summary>Makes the type arguments of a method, and of the types around it, known until the scope ends.</summary>
    public static Scope Enter(IMethodSymbol method)
    {
        var scope = new Scope(s_current);
        IMethodSymbol definition = method.OriginalDefinition;
        ImmutableDictionary<ITypeParameterSymbol, ITypeSymbol> inner = s_current
            ?? ImmutableDictionary.Create<ITypeParameterSymbol, ITypeSymbol>(SymbolEqualityComparer.Default);
        Add(definition.TypeParameters, method.TypeArguments);
        INamedTypeSymbol? known = method.ContainingType;
        for (INamedTypeSymbol? type = definition.ContainingType; type is not null; type = type.ContainingType, known = known?.ContainingType)
            Add(type.TypeParameters, known!.TypeArguments);
        if (inner.Count > 0) s_current = inner;
        return scope;

        void Add(ImmutableArray<ITypeParameterSymbol> parameters, ImmutableArray<ITypeSymbol> arguments)
        {
            for (int k = 0; k < parameters.Length; k++)
            {
                ITypeSymbol argument = Of(arguments[k]);
                if (!SymbolEqualityComparer.Default.Equals(parameters[k], argument)) inner = inner.SetItem(parameters[k], argument);
            }
        }
    }

    /// <summary>A type with type parameters replaced. Arrays and tuples stay: who asks for their elements comes here again.</summary>
    public static ITypeSymbol Of(ITypeSymbol type)
    {
        if (s_current is null) return type;
        if (type is ITypeParameterSymbol parameter) return s_current.TryGetValue(parameter, out ITypeSymbol? argument) ? argument : type;
        if (type is not INamedTypeSymbol { IsTupleType: false } named || !IsGeneric(named)) return type;
        INamedTypeSymbol definition = named.OriginalDefinition;
        if (named.ContainingType is { } outer && IsGeneric(outer))
            definition = ((INamedTypeSymbol)Of(outer)).GetTypeMembers(named.Name, named.Arity).First();
        return named.Arity == 0 ? definition : definition.Construct([.. named.TypeArguments.Select(Of)]);
    }

    /// <summary>The static member that a type has for an abstract one: <c>TOp.Apply</c>. Null where the type is not known here.</summary>
    public static ISymbol? Implementation(ISymbol member, ITypeSymbol? constrainedTo)
    {
        if (constrainedTo is null || !member.IsStatic || Of(constrainedTo) is not INamedTypeSymbol type || type.TypeKind == TypeKind.Interface) return null;
        ISymbol? declared = ((INamedTypeSymbol)Of(member.ContainingType)).GetMembers(member.Name)
            .FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, member.OriginalDefinition));
        ISymbol? found = declared is null ? null : type.FindImplementationForInterfaceMember(declared);
        return found is IMethodSymbol { IsGenericMethod: true } generic ? generic.OriginalDefinition.Construct([.. ((IMethodSymbol)member).TypeArguments.Select(Of)]) : found;
    }

    private static bool IsGeneric(INamedTypeSymbol type) => type.Arity > 0 || type.ContainingType is { } outer && IsGeneric(outer);

    /// <summary>Forgets what was entered.</summary>
    public readonly struct Scope(ImmutableDictionary<ITypeParameterSymbol, ITypeSymbol>? outer) : IDisposable
    {
        public void Dispose() => s_current = outer;
    }
}
