using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Models;

/// <summary>Questions about symbols that models are made of.</summary>
internal static class ModelSymbols
{
    public const string DifferentiableAttribute = "AutoDiff.DifferentiableAttribute";

    private static readonly SymbolDisplayFormat Nullable = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public const string ParameterAttribute = "AutoDiff.ParameterAttribute";

    public static bool IsDifferentiable(this ISymbol symbol) => symbol.FindAttribute("DifferentiableAttribute") is not null;

    public static AttributeData? FindAttribute(this ISymbol symbol, string name)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.Name == name && IsAutoDiff(type.ContainingNamespace))
                return attribute;
        }
        return null;
    }

    /// <summary><c>float</c> or <c>double</c> for a tensor of them, else null.</summary>
    public static string? TensorElement(ITypeSymbol type)
        => type is INamedTypeSymbol { Name: "Tensor", Arity: 1 } tensor
            && tensor.ContainingNamespace.ToDisplayString() == "System.Numerics.Tensors"
            ? ElementName(tensor.TypeArguments[0])
            : null;

    /// <summary><c>float</c> or <c>double</c> for one of them, or an array, a span or a tensor of them, else null.</summary>
    public static string? NumericElement(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => ElementName(array.ElementType),
        INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", Arity: 1 } span => ElementName(span.TypeArguments[0]),
        _ => TensorElement(type) ?? ElementName(type),
    };

    /// <summary>The element type of a type that says by an interface that it is a model.</summary>
    public static string? DeclaredModelElement(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol named && IsModelInterface(named))
            return ElementName(named.TypeArguments[0]);
        INamedTypeSymbol? model = type.AllInterfaces.FirstOrDefault(IsModelInterface);
        if (model is not null)
            return ElementName(model.TypeArguments[0]);
        return type is ITypeParameterSymbol parameter
            ? parameter.ConstraintTypes.Select(DeclaredModelElement).FirstOrDefault(static element => element is not null)
            : null;
    }

    public static bool IsModelInterface(INamedTypeSymbol type)
        => type is { Name: "IModel", Arity: 1 } && IsAutoDiff(type.ContainingNamespace);

    public static string Reference(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>The same with the ? of nullable reference types.</summary>
    public static string NullableReference(this ITypeSymbol type) => type.ToDisplayString(Nullable);

    private static string? ElementName(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Single => "float",
        SpecialType.System_Double => "double",
        _ => null,
    };

    private static bool IsAutoDiff(INamespaceSymbol? space) => space is { Name: "AutoDiff", ContainingNamespace.IsGlobalNamespace: true };
}
