using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>Sizes of a base type over the names of a type that inherits from it: by what the constructors in between hand on.</summary>
internal static class Inheritance
{
    public static ShapeValue In(AnalysisScope scope, INamedTypeSymbol type, INamedTypeSymbol owner, ShapeValue value)
    {
        foreach (INamedTypeSymbol level in Levels(type, owner)) value = Substitution.In(value, name => TypeNames.Of(scope, level).OfBase(name));
        return value;
    }

    public static Dim In(AnalysisScope scope, INamedTypeSymbol type, INamedTypeSymbol owner, Dim size)
    {
        foreach (INamedTypeSymbol level in Levels(type, owner)) size = Substitution.In(size, name => TypeNames.Of(scope, level).OfBase(name));
        return size;
    }

    /// <summary>The types from the one below the owner to the type itself; for a type that does not inherit from it (an interface's), the type itself.</summary>
    private static IReadOnlyList<INamedTypeSymbol> Levels(INamedTypeSymbol type, INamedTypeSymbol owner)
    {
        var levels = new List<INamedTypeSymbol>();
        for (INamedTypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(level.OriginalDefinition, owner.OriginalDefinition))
            {
                levels.Reverse();
                return levels;
            }

            levels.Add(level.OriginalDefinition);
        }

        return [type.OriginalDefinition];
    }
}
