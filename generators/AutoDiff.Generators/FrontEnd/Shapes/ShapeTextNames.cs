using AutoDiff.Compiler.Analysis.Shapes;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>The names in all shape texts of a type: those that its generated dimension properties can be for.</summary>
internal static class ShapeTextNames
{
    public static HashSet<string> Of(INamedTypeSymbol type)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ISymbol member in type.GetMembers())
        {
            Add(member.ParameterShapeText());
            Add(member.ShapeText());
            if (member is not IMethodSymbol method) continue;
            Add(method.ReturnShapeText());
            foreach (IParameterSymbol parameter in method.Parameters) Add(parameter.ShapeText());
        }

        return names;

        void Add(string? text)
        {
            if (text is not null && ShapeText.Parse(text, out _) is { } shape) names.UnionWith(shape.Names);
        }
    }
}
