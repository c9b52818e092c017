using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>A component of a value type: a field, an automatic property, an element of a tuple.</summary>
/// <param name="Name">How the user calls it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Member">The field, or the property that a field is behind.</param>
/// <param name="HasNoGradient">Whether it is marked <c>[NoGradient]</c>.</param>
internal sealed record Component(string Name, ITypeSymbol Type, ISymbol Member, bool HasNoGradient);

/// <summary>
/// Which types are values of several numbers, and what they consist of: tuples, structs, record structs, <c>T?</c>, and vectors, matrices,
/// quaternions and complex numbers of the framework.
/// </summary>
internal static class Components
{
    /// <summary>The components in the order of their declaration; null for every other type.</summary>
    public static ImmutableArray<Component>? Of(ITypeSymbol? type)
    {
        if (type is { IsAnonymousType: true })
            return type.GetMembers().OfType<IPropertySymbol>().Select(static p => new Component(p.Name, p.Type, p, false)).ToImmutableArray();
        if (type is null || TypeArguments.Of(type) is not INamedTypeSymbol { TypeKind: TypeKind.Struct } named
            || named.IsRefLikeType && named.DeclaringSyntaxReferences.IsEmpty) return null;
        if (named.IsTupleType) return named.TupleElements.Select(static f => new Component(f.Name, f.Type, f, false)).ToImmutableArray();
        if (named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
            return Properties(named, "HasValue", "Value");
        if (named.SpecialType != SpecialType.None || TypeMap.Element(named) is not null || IsLaneVector(named)) return null;
        if (IsComplex(named)) return Properties(named, "Real", "Imaginary");
        ImmutableArray<IFieldSymbol> fields = named.GetMembers().OfType<IFieldSymbol>().Where(static f => !f.IsStatic && !f.IsConst && !CapturedParameters.IsField(f)).ToImmutableArray();

        // Structs of reference assemblies have placeholders in place of fields that are nobody's business.
        ImmutableArray<Component> captured = [.. CapturedParameters.Of(named).Select(static p => new Component(p.Name, p.Type, p, p.HasNoGradient()))];
        if (fields.IsEmpty && captured.IsEmpty || fields.Any(static f => f.Name.StartsWith("_dummy", StringComparison.Ordinal) || f.IsFixedSizeBuffer)) return null;
        if (fields.Length == 1 && InlineLength(named) is not null) return null;
        return [.. fields.Select(static f => new Component(MemberOf(f).Name, f.Type, MemberOf(f), HasNoGradient(f))), .. captured];
    }

    /// <summary>The member that stands for a field: the automatic property around it, but no property whose accessors do something with its <c>field</c>.</summary>
    public static ISymbol MemberOf(IFieldSymbol field) => field.AssociatedSymbol is { } owner && !(owner is IPropertySymbol property && HasBody(property)) ? owner : field;

    /// <summary>The field behind a property.</summary>
    public static IFieldSymbol? FieldOf(ISymbol property)
        => property.ContainingType.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property));

    private static bool HasBody(IPropertySymbol property) => property.DeclaringSyntaxReferences.Any(static r => r.GetSyntax() is PropertyDeclarationSyntax syntax
        && (syntax.ExpressionBody is not null || syntax.AccessorList?.Accessors.Any(static a => a.Body is not null || a.ExpressionBody is not null) == true));

    /// <summary>The index of the component that a member is; −1 where it is none.</summary>
    public static int IndexOf(ITypeSymbol? type, ISymbol member)
    {
        if (Of(type) is not { } components) return -1;
        if (member is IFieldSymbol field) member = MemberOf(field);
        for (int i = 0; i < components.Length; i++)
        {
            if (components[i].Name == member.Name) return i;
            if (type!.IsTupleType && member is IFieldSymbol element && components[i].Member is IFieldSymbol own
                && Positional(element).Name == Positional(own).Name) return i;
        }

        return -1;
    }

    /// <summary>The index of the component of a name; −1 where there is none.</summary>
    public static int IndexOfName(ITypeSymbol type, string name)
    {
        if (Of(type) is not { } components) return -1;
        for (int i = 0; i < components.Length; i++)
            if (components[i].Name == name) return i;
        return -1;
    }

    /// <summary>Whether a type is <c>T?</c> of a value type.</summary>
    public static bool IsNullable(ITypeSymbol? type) => type?.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    /// <summary>Whether a type is a vector of lanes: <c>Vector&lt;T&gt;</c>, <c>Vector256&lt;T&gt;</c> and their like. Its numbers have no names.</summary>
    public static bool IsLaneVector(ITypeSymbol? type)
        => type is not null && TypeArguments.Of(type) is INamedTypeSymbol { TypeArguments.Length: 1, TypeKind: TypeKind.Struct } named && IsLaneVectorName(named);

    /// <summary>Whether a type is such a vector, or the class with the functions of one.</summary>
    public static bool IsLaneVectorName(INamedTypeSymbol type) => type.Name switch
    {
        "Vector" => type.IsIn("System.Numerics"),
        "Vector64" or "Vector128" or "Vector256" or "Vector512" => type.IsIn("System.Runtime.Intrinsics"),
        _ => false,
    };

    /// <summary>The length of an inline array, a struct of so many elements that one field stands for; null for other types.</summary>
    public static int? InlineLength(INamedTypeSymbol type)
        => type.GetAttributes().FirstOrDefault(static a => a.AttributeClass is { Name: "InlineArrayAttribute" } attribute && attribute.IsIn("System.Runtime.CompilerServices"))
            ?.ConstructorArguments is [{ Value: int length }] ? length : null;

    private static bool IsComplex(INamedTypeSymbol type) => type.Name == "Complex" && type.IsIn("System.Numerics");

    private static IFieldSymbol Positional(IFieldSymbol element) => element.CorrespondingTupleField ?? element;

    private static ImmutableArray<Component> Properties(INamedTypeSymbol type, params string[] names)
        => names.Select(name => type.GetMembers(name).OfType<IPropertySymbol>().First())
            .Select(static p => new Component(p.Name, p.Type, p, false)).ToImmutableArray();

    // A positional record passes the attribute of its parameter on to nobody.
    private static bool HasNoGradient(IFieldSymbol field)
        => field.HasNoGradient()
            || field.AssociatedSymbol is IPropertySymbol property
                && (property.HasNoGradient()
                    || field.ContainingType is { IsRecord: true } record
                        && record.InstanceConstructors.SelectMany(static c => c.Parameters).Any(p => p.Name == property.Name && p.HasNoGradient()));
}
