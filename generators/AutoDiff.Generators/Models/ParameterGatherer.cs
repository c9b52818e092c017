using System.Globalization;
using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.Models;

/// <summary>Checks a property marked <c>[Parameter]</c> and writes down what its implementation needs.</summary>
internal static class ParameterGatherer
{
    public static ParameterInfo? Gather(IPropertySymbol property, DimensionBinder binder, List<ModelProblem> problems)
    {
        AttributeData attribute = property.FindAttribute("ParameterAttribute")!;
        // A type or an attribute that the compiler cannot find is its own error: nothing is known that could be wrong.
        if (IsUnknown(property.Type) || attribute.AttributeConstructor is null || attribute.ConstructorArguments is not [{ Value: string text }]) return null;
        int before = problems.Count;
        var syntax = property.DeclaringSyntaxReferences[0].GetSyntax() as PropertyDeclarationSyntax;
        Location name = property.Locations[0];
        if (ModelSymbols.TensorElement(property.Type) is null || property.Type.NullableAnnotation == NullableAnnotation.Annotated)
            Report(ModelDiagnostics.NotATensor, TypeLocation(property), property.Name, property.Type.ToDisplayString());
        if (property.IsStatic)
            Report(ModelDiagnostics.StaticParameter, name, property.Name);
        if (property.SetMethod is not null)
            Report(ModelDiagnostics.PropertyHasSetter, SetterLocation(syntax) ?? name, property.Name);
        if (!property.IsPartialDefinition || property.PartialImplementationPart is not null)
            Report(ModelDiagnostics.PropertyNotPartial, name, property.Name);

        EquatableArray<string> lengths = Lengths(text, attribute);
        return problems.Count > before || syntax is null
            ? null
            : new(property.Name, Modifiers(syntax), text, lengths, InitialOf(attribute), ScaleOf(attribute), property.GetMethod is not null);

        EquatableArray<string> Lengths(string text, AttributeData attribute)
        {
            EquatableArray<DimensionSyntax> dimensions = ShapeTextParser.Parse(text, out ShapeError? error);
            if (error is not null)
            {
                Location location = AttributeText.Locate(attribute, error.Position, error.Length);
                Report(ModelDiagnostics.UnreadableShape, location, text, property.Name, error.Reason);
                return default;
            }
            return dimensions.Map(dimension => DimensionEmitter.Emit(dimension, Resolve));
        }

        string Resolve(DimensionName dimension)
        {
            if (binder.Bind(dimension.Path) is { } bound)
                return bound.Accessor;
            Location location = AttributeText.Locate(attribute, dimension.Position, dimension.Length);
            Report(ModelDiagnostics.UnknownName, location, dimension.Path, property.Name, property.ContainingType.Name);
            return "0";
        }

        void Report(DiagnosticDescriptor descriptor, Location location, params string[] arguments)
            => problems.Add(new(descriptor, location, arguments));
    }

    private static bool IsUnknown(ITypeSymbol type)
        => type.TypeKind == TypeKind.Error || type is INamedTypeSymbol named && named.TypeArguments.Any(IsUnknown);

    /// <summary>Where the type of a property is written.</summary>
    public static Location TypeLocation(IPropertySymbol property)
        => (property.DeclaringSyntaxReferences[0].GetSyntax() as PropertyDeclarationSyntax)?.Type.GetLocation() ?? property.Locations[0];

    private static Location? SetterLocation(PropertyDeclarationSyntax? property)
        => property?.AccessorList?.Accessors.FirstOrDefault(static accessor => accessor.Keyword.Text is "set" or "init")?.GetLocation();

    private static string Modifiers(PropertyDeclarationSyntax property)
        => string.Join(" ", property.Modifiers.Select(static modifier => modifier.Text).Where(static text => text != "partial"));

    // The name of the constant, so that the generated code says "Normal" and not 3.
    private static string InitialOf(AttributeData attribute)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument is not { Key: "Initial", Value.Type: { } type })
                continue;
            IFieldSymbol? constant = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(
                field => field.HasConstantValue && Equals(field.ConstantValue, argument.Value.Value));
            // A number that no constant has is refused where the values are drawn.
            return constant is null
                ? $"({type.Reference()})({Convert.ToString(argument.Value.Value, CultureInfo.InvariantCulture)})"
                : type.Reference() + "." + constant.Name;
        }
        return "global::AutoDiff.Initial.Auto";
    }

    private static float ScaleOf(AttributeData attribute)
        => attribute.NamedArguments.FirstOrDefault(static argument => argument.Key == "Scale").Value.Value is float scale ? scale : 1f;
}
