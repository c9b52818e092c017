using AutoDiff.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>A name in a shape text that a type binds: a constant, or an expression of a member.</summary>
/// <param name="Expression">With <c>this</c> as the receiver, or static.</param>
/// <param name="Accessor">The generated property on the receiver, for models.</param>
internal sealed record TypeDimension(long? Constant, string? Expression, string? Accessor);

/// <summary>Which names in shape texts mean a number of the type that declares the method.</summary>
internal static class TypeDimensions
{
    public static TypeDimension? Find(INamedTypeSymbol type, string name, bool onlyStatic, bool isParameterText = false)
    {
        for (INamedTypeSymbol? owner = type; owner is not null; owner = owner.ContainingType ?? owner.BaseType)
            if (Constant(owner, name) is long constant) return new TypeDimension(constant, null, null);
        string accessor = ModelNames.DimensionAccessor(name);
        bool fromSource = type.DeclaringSyntaxReferences.Length > 0;
        if (fromSource)
        {
            var binder = new DimensionBinder(type);
            if ((isParameterText ? binder.Bind(name) : binder.BindShapeName(name)) is not { } bound) return null;
            bool isStatic = !bound.IsCaptured && !bound.Expression.StartsWith("this.", StringComparison.Ordinal);
            if (isStatic && (onlyStatic || !ModelMembers.HasGeneratedMembers(type))) return new TypeDimension(null, bound.Expression, null);
            if (onlyStatic) return null;

            // A type without parameters has no generated properties: its own members are read, a constructor parameter cannot be.
            if (!ModelMembers.HasGeneratedMembers(type))
                return bound.IsCaptured ? null : new TypeDimension(null, bound.Expression, bound.Expression.Substring("this.".Length));
            return new TypeDimension(null, "this." + accessor, accessor);
        }

        // Of another assembly: what its generator bound is a member by now.
        for (INamedTypeSymbol? owner = type; owner is not null; owner = owner.BaseType)
            if (owner.GetMembers(accessor).Length > 0) return new TypeDimension(null, "this." + accessor, accessor);
        return null;
    }

    private static long? Constant(INamedTypeSymbol type, string name)
        => type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault() is { HasConstantValue: true, ConstantValue: int value } ? value
            : null;
}
