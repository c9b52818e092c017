using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Models;

/// <summary>Finds what the names in the shape texts of a type mean, and remembers those that mean a number of the type.</summary>
internal sealed class DimensionBinder
{
    private readonly INamedTypeSymbol _type;
    private readonly IMethodSymbol? _primaryConstructor;
    private readonly List<DimensionInfo> _bound = [];

    public DimensionBinder(INamedTypeSymbol type)
    {
        _type = type;
        _primaryConstructor = PrimaryConstructors.Of(type);
    }

    /// <summary>The names that were found, in the order in which they were first asked for.</summary>
    public EquatableArray<DimensionInfo> Bound => _bound.ToEquatable();

    /// <summary>Binds a name in the shape of a parameter: constructor parameters and members, case apart where need be.</summary>
    public DimensionInfo? Bind(string path) => Bind(path, ignoreCase: true);

    /// <summary>
    /// Binds a name in a <c>[Shape]</c>, where a name may also be a free one: only the exact name of a number of the type, or of a
    /// constructor parameter that is kept in a member.
    /// </summary>
    public DimensionInfo? BindShapeName(string path)
    {
        string root = path.Split('.')[0];
        bool isConstructorParameter = _type.InstanceConstructors.Any(
            constructor => constructor.Parameters.Any(parameter => parameter.Name == root));
        return Bind(path, ignoreCase: isConstructorParameter);
    }

    private DimensionInfo? Bind(string path, bool ignoreCase)
    {
        if (_bound.FirstOrDefault(dimension => dimension.Name == path) is { } known)
            return known;
        string[] parts = path.Split('.');
        DimensionInfo? found = FromConstructor(path, parts) ?? FromMember(path, parts, ignoreCase);
        if (found is not null)
            _bound.Add(found);
        return found;
    }

    private DimensionInfo? FromConstructor(string path, string[] parts)
    {
        // The parameters of a record are properties too, which are read instead.
        if (_primaryConstructor is null || _type.IsRecord)
            return null;
        IParameterSymbol? parameter = _primaryConstructor.Parameters.FirstOrDefault(parameter => parameter.Name == parts[0]);
        if (parameter is null || parameter.RefKind is RefKind.Ref or RefKind.Out)
            return null;
        string? expression = Follow(CSharpNames.Escape(parameter.Name), parameter.Type, parts);
        return expression is null ? null : new(path, expression, IsCaptured: true);
    }

    private DimensionInfo? FromMember(string path, string[] parts, bool ignoreCase)
    {
        ISymbol? member = FindMember(_type, parts[0], StringComparison.Ordinal)
            ?? (ignoreCase ? FindMember(_type, parts[0], StringComparison.OrdinalIgnoreCase) : null);
        if (member is null)
            return null;
        string owner = member.IsStatic ? member.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) : "this";
        string? expression = Follow(owner + "." + CSharpNames.Escape(member.Name), TypeOf(member)!, parts);
        return expression is null ? null : new(path, expression, IsCaptured: false);
    }

    // The rest of a path: properties and fields of what was found so far; at the end stands an int.
    private string? Follow(string expression, ITypeSymbol type, string[] parts)
    {
        for (int i = 1; i < parts.Length; i++)
        {
            ISymbol? member = FindMember(type, parts[i], StringComparison.Ordinal);
            if (member is null || member.IsStatic)
                return null;
            expression += "." + CSharpNames.Escape(member.Name);
            type = TypeOf(member)!;
        }
        return type.SpecialType == SpecialType.System_Int32 ? expression : null;
    }

    private ISymbol? FindMember(ITypeSymbol type, string name, StringComparison comparison)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (ISymbol member in current.GetMembers())
            {
                // _inputs is the usual name of a field for a constructor parameter inputs.
                string memberName = comparison == StringComparison.Ordinal ? member.Name : member.Name.TrimStart('_');
                if (string.Equals(memberName, name, comparison) && IsReadable(member))
                    return member;
            }
        }
        return type.AllInterfaces.IsEmpty || type.TypeKind != TypeKind.Interface
            ? null
            : type.AllInterfaces.SelectMany(i => i.GetMembers(name)).FirstOrDefault(IsReadable);
    }

    private bool IsReadable(ISymbol member)
    {
        if (TypeOf(member) is null || !member.CanBeReferencedByName)
            return false;
        return SymbolEqualityComparer.Default.Equals(member.ContainingType, _type) || member.DeclaredAccessibility switch
        {
            Accessibility.Private => false,
            Accessibility.Internal or Accessibility.ProtectedAndInternal
                => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _type.ContainingAssembly),
            Accessibility.Protected or Accessibility.ProtectedOrInternal => Derives(_type, member.ContainingType),
            _ => true,
        };
    }

    private static bool Derives(ITypeSymbol type, ITypeSymbol ancestor)
    {
        for (ITypeSymbol? current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, ancestor.OriginalDefinition))
                return true;
        }
        return false;
    }

    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol { IsIndexer: false, GetMethod: not null } property => property.Type,
        _ => null,
    };
}
