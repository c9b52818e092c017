using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.Models;

/// <summary>
/// Looks at a type marked <c>[Differentiable]</c> and writes down what makes it a model. The last step that sees symbols.
/// </summary>
internal sealed class ModelGatherer
{
    private readonly INamedTypeSymbol _type;
    private readonly CancellationToken _cancellation;
    private readonly List<ModelProblem> _problems = [];
    private readonly DimensionBinder _binder;

    private ModelGatherer(INamedTypeSymbol type, CancellationToken cancellation)
    {
        _type = type;
        _cancellation = cancellation;
        _binder = new(type);
    }

    /// <summary>The model, or what is wrong with it; null for a type that has neither parameters nor sub-models.</summary>
    public static ModelResult? Gather(INamedTypeSymbol type, CancellationToken cancellation)
    {
        bool hasParameters = ModelMembers.Parameters(type).Any();
        if (type.TypeKind != TypeKind.Class || type.IsStatic)
            return hasParameters ? NotAClass(type) : null;
        if (!ModelMembers.HasGeneratedMembers(type))
            return null;
        var gatherer = new ModelGatherer(type, cancellation);
        ModelInfo model = gatherer.Gather();
        return new(gatherer._problems.Count == 0 ? model : null, gatherer._problems.ToEquatable());
    }

    private ModelInfo Gather()
    {
        CheckDeclarations();
        string element = FindElement();
        EquatableArray<ParameterInfo> parameters = Parameters().ToEquatable();
        _cancellation.ThrowIfCancellationRequested();
        EquatableArray<SubModelInfo> subModels = SubModels(element).ToEquatable();
        ShapeNames.Bind(_type, _binder);
        CheckNames(parameters);

        return new(
            HintNames.Of(_type) + ".Parameters.g.cs",
            _type.ContainingNamespace.IsGlobalNamespace
                ? ""
                : _type.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(
                    SymbolDisplayGlobalNamespaceStyle.Omitted)),
            TypeHeaders.Of(_type),
            _type.Reference(),
            element,
            _type.IsSealed,
            ModelMembers.BaseModel(_type)?.Reference(),
            _type.BaseType is { SpecialType: not SpecialType.System_Object },
            _binder.Bound,
            parameters,
            subModels);
    }

    private void CheckDeclarations()
    {
        for (INamedTypeSymbol? type = _type; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal)
                Report(ModelDiagnostics.FileLocal, type.Locations[0], type.Name);
            foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
            {
                var declaration = (BaseTypeDeclarationSyntax)reference.GetSyntax(_cancellation);
                if (!declaration.Modifiers.Any(static modifier => modifier.Text == "partial"))
                    Report(ModelDiagnostics.NotPartial, declaration.Identifier.GetLocation(), type.Name, _type.Name);
            }
        }
    }

    // The first element type that is found is that of the model; every other part must agree.
    private string FindElement()
    {
        string? element = null;
        string from = "";
        INamedTypeSymbol? baseModel = ModelMembers.BaseModel(_type);
        if (baseModel is not null)
            Agree(baseModel.Name, _type.Locations[0], ModelMembers.ElementType(baseModel));
        if (ModelSymbols.DeclaredModelElement(_type) is { } declared)
            Agree(_type.Name, _type.Locations[0], declared);
        foreach (IPropertySymbol property in ModelMembers.Parameters(_type))
            Agree(property.Name, ParameterGatherer.TypeLocation(property), ModelSymbols.TensorElement(property.Type));
        foreach (SubModelMember member in ModelMembers.SubModels(_type))
            Agree(member.Symbol.Name, member.Symbol.Locations[0], ModelMembers.ElementType(member.ModelType));
        return element ?? "float";

        void Agree(string name, Location location, string? found)
        {
            if (found is null || found == element)
                return;
            if (element is not null)
            {
                Report(ModelDiagnostics.MixedElements, location, name, found, from, element);
                return;
            }
            element = found;
            from = name;
        }
    }

    private IEnumerable<ParameterInfo> Parameters()
    {
        foreach (IPropertySymbol property in ModelMembers.Parameters(_type))
        {
            _cancellation.ThrowIfCancellationRequested();
            if (ParameterGatherer.Gather(property, _binder, _problems) is { } parameter)
                yield return parameter;
        }
    }

    private IEnumerable<SubModelInfo> SubModels(string element)
    {
        foreach ((SubModelMember member, string name) in ModelMembers.NamedSubModels(_type))
        {
            Location location = member.Symbol.Locations[0];
            if (member.Holding == Holding.Unknown)
            {
                Report(ModelDiagnostics.UnknownContainer, location, member.Symbol.Name, member.Type.ToDisplayString());
                continue;
            }

            string gradients = ModelMembers.GradientsType(member.ModelType, element);
            bool isTyped = !gradients.StartsWith("global::AutoDiff.GradientSet<", StringComparison.Ordinal);
            if (isTyped && !Accessibilities.CanBeNamedBy(member.ModelType, _type))
                Report(ModelDiagnostics.HiddenModelType, location, member.Symbol.Name, member.ModelType.Name);
            yield return new(
                name,
                ModelNames.Access(member.Symbol),
                member.Symbol is IParameterSymbol ? member.Type.NullableReference() : null,
                member.Holding == Holding.List,
                member.ModelType.NullableReference(),
                SubModelMember.IsDynamic(member.ModelType),
                gradients,
                !isTyped || Accessibilities.IsPublic(member.ModelType));
        }
    }

    private void CheckNames(EquatableArray<ParameterInfo> parameters)
    {
        string[] generated =
        [
            ModelNames.Parameters, ModelNames.CreateGradients, ModelNames.Gradients, ModelNames.ParameterSet, ModelNames.VisitParameters,
            .. parameters.Select(static parameter => ModelNames.Slot(parameter.Name)),
            .. _binder.Bound.Select(static dimension => dimension.Accessor),
        ];
        foreach (string name in generated)
        {
            foreach (ISymbol member in _type.GetMembers(name).Where(static member => !member.IsImplicitlyDeclared))
                Report(ModelDiagnostics.NameTaken, member.Locations[0], name, _type.Name);
        }
        if (_type.Name == ModelNames.Gradients)
            Report(ModelDiagnostics.NameTaken, _type.Locations[0], _type.Name, _type.Name);
    }

    private static ModelResult NotAClass(INamedTypeSymbol type)
    {
        string kind = type.IsStatic ? "static class" : type.TypeKind.ToString().ToLowerInvariant();
        return new(null, [new(ModelDiagnostics.NotAClass, type.Locations[0], [type.Name, kind])]);
    }

    private void Report(DiagnosticDescriptor descriptor, Location location, params string[] arguments)
        => _problems.Add(new(descriptor, location, arguments));
}
