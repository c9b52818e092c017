using AutoDiff.Compiler.IR;
using AutoDiff.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>An object that can have parameters: a differentiable class or interface, or one that says so by <c>IModel</c>.</summary>
    private static bool IsModel(ITypeSymbol? type)
        => type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface, IsStatic: false, SpecialType: SpecialType.None } named
            && (KnownAttributes.IsDifferentiable(named.OriginalDefinition) && !IsPlainObject(named.OriginalDefinition) || ModelSymbols.DeclaredModelElement(named) is not null
                || ModelMembers.ElementType(named) is not null);

    /// <summary>
    /// Whether a type that is marked is no model: it has no parameters, it is not derived from a model, and what is differentiable of it takes and gives numbers and memory alone. Of
    /// what others derive from, those say what there is, unless what they implement has no room for it.
    /// </summary>
    private static bool IsPlainObject(INamedTypeSymbol type)
        => ModelMembers.ElementType(type) is null && (type.IsAbstract ? PlainTypes.LeaveNoRoom(type) : PlainTypes.HaveOnlyNumbers(type))
            && !type.AllInterfaces.Any(IsModel) && !(type.BaseType is { SpecialType: not SpecialType.System_Object } @base && IsModel(@base));

    /// <summary>Whether calls with such a model take its gradients.</summary>
    private static bool HasGradients(ITypeSymbol type)
        => ModelMembers.ElementType(type) is not null || type.IsAbstract || type.TypeKind == TypeKind.Interface;

    /// <summary>The type of an array or indexable list of models, or null.</summary>
    private static ModelListType? ModelList(ITypeSymbol? type)
    {
        if (ModelListElement(type) is not { } element) return null;
        bool hasLength = type is IArrayTypeSymbol || type!.GetMembers("Length").Length > 0;
        return new ModelListType(
            new ModelType(element.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)), hasLength ? "Length" : "Count");
    }

    private static INamedTypeSymbol? ModelListElement(ITypeSymbol? type)
        => IndexedItem(type) is INamedTypeSymbol model && IsModel(model) ? model : null;

    /// <summary>What an array, a span or a list that is read by index holds, or null.</summary>
    internal static ITypeSymbol? IndexedItem(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true } array => array.ElementType,
        INamedTypeSymbol { TypeArguments.Length: 1 } named when named.AllInterfaces.Append(named).Any(
            static i => i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IReadOnlyList_T)
            => named.TypeArguments[0],
        INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", TypeArguments.Length: 1 } span when span.IsIn("System")
            => span.TypeArguments[0],
        _ => null,
    };
}
