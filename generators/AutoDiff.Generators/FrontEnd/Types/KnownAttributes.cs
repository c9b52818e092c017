using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>The library's attributes, by name.</summary>
internal static class KnownAttributes
{
    public const string Namespace = "AutoDiff";

    /// <summary>What only generated code uses.</summary>
    public const string GeneratedNamespace = "AutoDiff.Generated";

    public static bool IsDifferentiable(this ISymbol symbol) => symbol.Attribute("DifferentiableAttribute") is not null;

    /// <summary>
    /// Whether calls of a method may run another one: it is virtual, or implements a differentiable member of an interface. Then its derivative
    /// has the signature that its declaration alone tells.
    /// </summary>
    public static bool IsDispatched(this IMethodSymbol method)
        => method.IsAbstract || method.IsVirtual || method.IsOverride
            || !method.IsStatic && method.ContainingType.AllInterfaces.Any(i => i.GetMembers(method.Name).Any(
                m => m.IsDifferentiable() && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(m), method)));

    public static bool HasNoGradient(this ISymbol symbol) => symbol.Attribute("NoGradientAttribute") is not null;

    /// <summary>The text of <c>[Shape]</c>.</summary>
    public static string? ShapeText(this ISymbol symbol) => Text(symbol.Attribute("ShapeAttribute"));

    /// <summary>The text of <c>[return: Shape]</c>.</summary>
    public static string? ReturnShapeText(this IMethodSymbol method)
        => Text(method.GetReturnTypeAttributes().FirstOrDefault(static a => a.Is("ShapeAttribute")));

    /// <summary>The shape text of a model's <c>[Parameter]</c> property.</summary>
    public static string? ParameterShapeText(this ISymbol symbol) => Text(symbol.Attribute("ParameterAttribute"));

    public static AttributeData? Attribute(this ISymbol symbol, string name, string ns = Namespace)
        => symbol.GetAttributes().FirstOrDefault(a => a.Is(name, ns));

    private static bool Is(this AttributeData attribute, string name, string ns = Namespace)
        => attribute.AttributeClass is { } type && type.Name == name && type.IsIn(ns);

    private static string? Text(AttributeData? attribute)
        => attribute is { ConstructorArguments: [{ Value: string text }, ..] } ? text : null;
}
