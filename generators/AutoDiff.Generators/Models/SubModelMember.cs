using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Models;

/// <summary>A field, automatic property or captured constructor parameter that holds models.</summary>
/// <param name="Symbol">The property, the field that belongs to none, or the parameter.</param>
/// <param name="Type">Its type.</param>
/// <param name="ModelType">The type of one model.</param>
/// <param name="Holding">How it holds them.</param>
internal sealed record SubModelMember(ISymbol Symbol, ITypeSymbol Type, ITypeSymbol ModelType, Holding Holding)
{
    public static SubModelMember? Of(ISymbol symbol, ITypeSymbol type)
    {
        if (IsModelLike(type))
            return new(symbol, type, type, Holding.Direct);
        if (ListElement(type) is { } element)
        {
            if (IsModelLike(element))
                return new(symbol, type, element, Holding.List);
        }
        return ModelInside(type, depth: 0) is { } inside ? new(symbol, type, inside, Holding.Unknown) : null;
    }

    /// <summary>
    /// Whether only the object itself can tell if it is a model: a differentiable interface or abstract class without parameters of its
    /// own.
    /// </summary>
    public static bool IsDynamic(ITypeSymbol type) => ModelSymbols.DeclaredModelElement(type) is null && !IsStaticModel(type);

    private static bool IsModelLike(ITypeSymbol type)
    {
        if (ModelSymbols.DeclaredModelElement(type) is not null || IsStaticModel(type))
            return true;
        return type is ITypeParameterSymbol parameter ? parameter.ConstraintTypes.Any(IsModelLike) : IsOpen(type);
    }

    /// <summary>
    /// Whether <paramref name="type"/> is a differentiable interface or abstract class, and no plain one: others say what its objects have.
    /// </summary>
    public static bool IsOpen(ITypeSymbol type)
        => type is INamedTypeSymbol { IsAbstract: true, IsStatic: false } && type.OriginalDefinition.IsDifferentiable() && !PlainTypes.LeaveNoRoom((INamedTypeSymbol)type.OriginalDefinition);

    private static bool IsStaticModel(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => parameter.ConstraintTypes.Any(IsStaticModel),
        INamedTypeSymbol { TypeKind: TypeKind.Class } => HasParts(type, []),
        _ => false,
    };

    // Has parameters, directly, inherited or in a sub-model. Only asked for its yes or no: a type that contains itself adds nothing.
    private static bool HasParts(ITypeSymbol model, HashSet<ITypeSymbol> visited)
    {
        for (INamedTypeSymbol? current = model as INamedTypeSymbol; current is not null; current = current.BaseType)
        {
            if (!current.OriginalDefinition.IsDifferentiable() || !visited.Add(current))
                continue;
            if (ModelMembers.Parameters(current).Any())
                return true;
            foreach ((_, ITypeSymbol type) in ModelMembers.Holders(current))
            {
                ITypeSymbol held = ListElement(type) ?? type;
                if (ModelSymbols.DeclaredModelElement(held) is not null || IsOpen(held) || HasParts(held, visited))
                    return true;
            }
        }
        return false;
    }

    private static ITypeSymbol? ListElement(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1 } array)
            return array.ElementType;
        if (IsReadOnlyList(type))
            return ((INamedTypeSymbol)type).TypeArguments[0];
        return type.AllInterfaces.FirstOrDefault(IsReadOnlyList)?.TypeArguments[0];
    }

    private static bool IsReadOnlyList(ITypeSymbol type)
        => type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IReadOnlyList_T;

    // Models in a dictionary, a tuple, an array of arrays …
    private static ITypeSymbol? ModelInside(ITypeSymbol type, int depth)
    {
        if (depth > 0 && IsModelLike(type))
            return type;
        // Deeper nesting than this is a container of something else, or a type that contains itself.
        if (depth == 4)
            return null;
        return type switch
        {
            IArrayTypeSymbol array => ModelInside(array.ElementType, depth + 1),
            INamedTypeSymbol named when named.TypeKind != TypeKind.Delegate
                => named.TypeArguments.Select(argument => ModelInside(argument, depth + 1))
                    .FirstOrDefault(static found => found is not null),
            _ => null,
        };
    }
}

/// <summary>How a member holds models.</summary>
internal enum Holding
{
    Direct,
    List,

    /// <summary>In a way that cannot be followed.</summary>
    Unknown,
}
