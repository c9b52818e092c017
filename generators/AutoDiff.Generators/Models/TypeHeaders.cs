using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Models;

/// <summary>The headers of partial declarations, as in <c>partial record struct Outer&lt;T&gt;</c>.</summary>
internal static class TypeHeaders
{
    /// <summary>Those of <paramref name="type"/> and of the types around it, outermost first.</summary>
    public static EquatableArray<string> Of(INamedTypeSymbol type)
    {
        var headers = new List<string>();
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
            headers.Insert(0, "partial " + Keyword(current) + " " + CSharpNames.Escape(current.Name) + TypeParameters(current));
        return headers.ToEquatable();
    }

    private static string Keyword(INamedTypeSymbol type) => (type.TypeKind, type.IsRecord) switch
    {
        (TypeKind.Struct, true) => "record struct",
        (TypeKind.Struct, false) => "struct",
        (TypeKind.Interface, _) => "interface",
        (_, true) => "record",
        _ => "class",
    };

    private static string TypeParameters(INamedTypeSymbol type)
        => type.Arity == 0 ? "" : "<" + string.Join(", ", type.TypeParameters.Select(TypeParameter)) + ">";

    private static string TypeParameter(ITypeParameterSymbol parameter)
    {
        string variance = parameter.Variance switch { VarianceKind.In => "in ", VarianceKind.Out => "out ", _ => "" };
        return variance + CSharpNames.Escape(parameter.Name);
    }
}
