using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Models;

/// <summary>Marked types whose differentiable methods are of numbers and memory alone, as they are declared.</summary>
internal static class PlainTypes
{
    public static bool HaveOnlyNumbers(INamedTypeSymbol type)
    {
        IMethodSymbol[] methods = [.. type.GetMembers().OfType<IMethodSymbol>().Where(KnownAttributes.IsDifferentiable)];
        return methods.Length > 0 && methods.All(m => !IsOfModels(m.ReturnType) && m.Parameters.All(p => !IsOfModels(p.Type)));

        // What others are is not asked further: they may have methods of this type in turn.
        bool IsOfModels(ITypeSymbol part) => TypeMap.Tensor(part) is not null
            || (Lowering.IndexedItem(part) ?? part) is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface } other
                && !SymbolEqualityComparer.Default.Equals(other.OriginalDefinition, type)
                && (other.OriginalDefinition.IsDifferentiable() || ModelSymbols.DeclaredModelElement(other) is not null);
    }

    /// <summary>Whether others implement a method of such an interface or abstract class, which then has no room for their parameters.</summary>
    public static bool LeaveNoRoom(INamedTypeSymbol type)
        => type.GetMembers().OfType<IMethodSymbol>().Any(static m => m.IsAbstract && m.IsDifferentiable()) && HaveOnlyNumbers(type);
}
