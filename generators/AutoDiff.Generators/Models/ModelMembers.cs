using AutoDiff.Compiler;
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
        foreach ((ISymbol holder, ITypeSymbol held) in Holders(type))
        {
            if (SubModelMember.Of(holder, held) is { } subModel)
                yield return subModel;
        }
    }

    /// <summary>The same with their names in the names of parameters and in the gradients, without @.</summary>
    public static IEnumerable<(SubModelMember Member, string Name)> NamedSubModels(INamedTypeSymbol type)
    {
        var names = new UniqueNames(Parameters(type).Select(static property => property.Name).Append(ModelNames.Gradients));
        foreach (SubModelMember member in SubModels(type))
        {
            string preferred = ModelNames.SubModel(member.Symbol.Name);
            yield return (member, CSharpNames.Unescape(names.TryReserve(preferred) ? preferred : names.Reserve(member.Symbol.Name)));
        }
    }

    /// <summary>
    /// Where a type can hold something for good: fields and automatic properties (a computed property is another way to what is held
    /// elsewhere), and primary constructor parameters that are used after construction.
    /// </summary>
    internal static IEnumerable<(ISymbol Holder, ITypeSymbol Type)> Holders(INamedTypeSymbol type)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is not IFieldSymbol { IsStatic: false, IsConst: false } field)
                continue;
            ISymbol named = field.AssociatedSymbol ?? field;
            if (named.CanBeReferencedByName && named.FindAttribute("NoGradientAttribute") is null)
                yield return (named, field.Type);
        }
        foreach (IParameterSymbol parameter in PrimaryConstructors.Captured(type))
        {
            if (parameter.FindAttribute("NoGradientAttribute") is null)
                yield return (parameter, parameter.Type);
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
        {
            return parameter.ConstraintTypes.Select(constraint => ElementType(constraint, visited))
                .FirstOrDefault(static element => element is not null);
        }
        if (SubModelMember.IsOpen(type) && SignatureElement((INamedTypeSymbol)type) is { } used)
            return used;
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

    // An interface has no parameters, but its methods say what it computes with.
    private static string? SignatureElement(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>()
        .SelectMany(static method => method.Parameters.Select(static parameter => parameter.Type).Append(method.ReturnType))
        .Select(ModelSymbols.NumericElement).FirstOrDefault(static element => element is not null);
}
