using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Models;

/// <summary>
/// Binds the names in the <c>[Shape]</c>s of a type's methods that are numbers of the type, so that derivative code can read them.
/// </summary>
internal static class ShapeNames
{
    public static void Bind(INamedTypeSymbol type, DimensionBinder binder)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            Bind(member.FindAttribute("ShapeAttribute"), binder);
            if (member is not IMethodSymbol { IsImplicitlyDeclared: false } method)
                continue;
            foreach (IParameterSymbol parameter in method.Parameters)
                Bind(parameter.FindAttribute("ShapeAttribute"), binder);
            foreach (AttributeData attribute in method.GetReturnTypeAttributes())
            {
                if (attribute.AttributeClass?.Name == "ShapeAttribute")
                    Bind(attribute, binder);
            }
        }

        // Sizes that a method reads without a shape text that names them, as heads of Reshape(x, batch, time, heads, width / heads).
        foreach (IParameterSymbol parameter in PrimaryConstructors.CapturedIntegers(type))
            binder.Bind(parameter.Name);
    }

    private static void Bind(AttributeData? attribute, DimensionBinder binder)
    {
        if (attribute?.ConstructorArguments is not [{ Value: string text }])
            return;
        foreach (string name in Names(text))
            binder.BindShapeName(name);
    }

    // Whether the text is well formed is for the analyzer to say.
    private static IEnumerable<string> Names(string text)
        => text.Split([' ', '\t', '*', '/', '+', '-', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
            .Where(static name => name.Split('.').All(CSharpNames.IsIdentifier) && name != "_");
}
