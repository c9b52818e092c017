using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Models;

/// <summary>The parts of a type that make it a model.</summary>
/// <remarks>
/// A generator does not see what generators write, so a model of the same compilation is known by its attributes, and one of another
/// assembly by them or by <c>IModel</c>.
/// </remarks>
internal static class ModelMembers
{
    /// <summary>The partial properties that are marked <c>[Parameter]</c>.</summary>
    public static IEnumerable<IPropertySymbol> Parameters(INamedTypeSymbol type) => type.GetMembers().OfType<IPropertySymbol>()
        .Where(static property => property.PartialDefinitionPart is null && property.FindAttribute("ParameterAttribute") is not null);

    /// <summary>The fields and automatic properties that hold models, or what looks like it, in the order of declaration.</summary>
    public static IEnumerable<SubModelMember> SubModels(INamedTypeSymbol type)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            // A computed property is another way to models that are held elsewhere: only what holds counts.
            if (member is not IFieldSymbol { IsStatic: false, IsConst: false } field)
                continue;
            ISymbol named = field.AssociatedSymbol ?? field;
            if (!named.CanBeReferencedByName || named.FindAttribute("NoGradientAttribute") is not null)
                continue;
            if (SubModelMember.Of(named, field.Type) is { } subModel)
                yield return subModel;
        }
    }

    /// <summary>The element type of a model, or null for a type that is none.</summary>
    public static string? ElementType(ITypeSymbol type) => ElementType(type, []);

    /// <summary>The nearest ancestor that is a model.</summary>
    public static INamedTypeSymbol? BaseModel(ITypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (HasGeneratedMembers(ancestor))
                return ancestor;
        }
        return null;
    }

    /// <summary>Whether <paramref name="type"/> itself, not a base of it, gets parameters and gradients generated.</summary>
    public static bool HasGeneratedMembers(ITypeSymbol type)
        => type is INamedTypeSymbol { TypeKind: TypeKind.Class } named && named.OriginalDefinition.IsDifferentiable()
            && (Parameters(named).Any() || SubModels(named).Any() || AsksForModel(named));

    /// <summary>The fully qualified type of the gradients of a model that is held as a <paramref name="type"/>.</summary>
    public static string GradientsType(ITypeSymbol type, string element)
    {
        ITypeSymbol? generated = type is ITypeParameterSymbol parameter
            ? parameter.ConstraintTypes.FirstOrDefault(HasGeneratedMembers)
            : HasGeneratedMembers(type) ? type : BaseModel(type);
        return generated is null ? $"global::AutoDiff.GradientSet<{element}>" : generated.Reference() + "." + ModelNames.Gradients;
    }

    // A class without parameters that has to be a model, because it implements an interface that says so.
    private static bool AsksForModel(INamedTypeSymbol type)
    {
        INamedTypeSymbol? model = type.AllInterfaces.FirstOrDefault(ModelSymbols.IsModelInterface);
        if (model is null)
            return false;
        if (type.DeclaringSyntaxReferences.IsEmpty)
            return type.GetTypeMembers(ModelNames.Gradients).Any();
        return model.GetMembers("VisitParameters").All(member => type.FindImplementationForInterfaceMember(member) is null);
    }

    internal static string? ElementType(ITypeSymbol type, HashSet<ITypeSymbol> visited)
    {
        if (ModelSymbols.DeclaredModelElement(type) is { } declared)
            return declared;
        if (!visited.Add(type))
            return null;
        if (type is ITypeParameterSymbol parameter)
            return parameter.ConstraintTypes.Select(constraint => ElementType(constraint, visited)).FirstOrDefault(static e => e is not null);
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } named)
            return null;
        if (named.OriginalDefinition.IsDifferentiable())
        {
            foreach (IPropertySymbol property in Parameters(named))
            {
                if (ModelSymbols.TensorElement(property.Type) is { } element)
                    return element;
            }
            foreach (SubModelMember member in SubModels(named))
            {
                if (ElementType(member.ModelType, visited) is { } element)
                    return element;
            }
        }
        return named.BaseType is null ? null : ElementType(named.BaseType, visited);
    }
}
