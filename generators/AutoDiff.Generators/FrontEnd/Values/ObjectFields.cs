using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// The fields of a class whose objects can be followed where they are made: a class with source, whose base classes have source too. Such an object is its
/// fields; whoever refers to it refers to the same ones.
/// </summary>
internal static class ObjectFields
{
    /// <summary>The fields and automatic properties, those of the base first; null for every other type.</summary>
    public static ImmutableArray<Component>? Of(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None, IsStatic: false } named) return null;
        var fields = new List<Component>();
        for (INamedTypeSymbol? part = named; part is { SpecialType: not SpecialType.System_Object }; part = part.BaseType)
        {
            if (part.DeclaringSyntaxReferences.IsEmpty) return null;
            fields.InsertRange(0, part.GetMembers().OfType<IFieldSymbol>().Where(static f => !f.IsStatic && !f.IsConst && !CapturedParameters.IsField(f)).Select(static f
                => new Component(Components.MemberOf(f).Name, f.Type, Components.MemberOf(f), f.HasNoGradient() || f.AssociatedSymbol?.HasNoGradient() == true)));
            fields.AddRange(CapturedParameters.Of(part).Select(static p => new Component(p.Name, p.Type, p, false)));
        }

        return fields.ToImmutableArray();
    }

    /// <summary>Whether an object of a type stays as its constructor and initializer leave it, so that one with the same fields is as good.</summary>
    public static bool IsReadOnly(ITypeSymbol type)
    {
        if (type.IsValueType) return type.IsReadOnly;
        for (INamedTypeSymbol? part = type as INamedTypeSymbol; part is { SpecialType: not SpecialType.System_Object }; part = part.BaseType)
        {
            if (part.GetMembers().OfType<IFieldSymbol>().Any(static f => !f.IsStatic && !f.IsConst && !IsReadOnly(f)) || CapturedParameters.Of(part).Any()) return false;
        }

        return true;

        // A list in a field is one with its count.
        static bool IsReadOnly(IFieldSymbol field)
            => (field.AssociatedSymbol is IPropertySymbol property ? property.SetMethod is null or { IsInitOnly: true } : field.IsReadOnly) && !Lowering.IsList(field.Type);
    }

    /// <summary>The index of the field that a member is; −1 where it is none.</summary>
    public static int IndexOf(ImmutableArray<Component> fields, ISymbol member)
    {
        if (member is IFieldSymbol field) member = Components.MemberOf(field);
        for (int i = 0; i < fields.Length; i++)
            if (SymbolEqualityComparer.Default.Equals(fields[i].Member.OriginalDefinition, member.OriginalDefinition)) return i;
        return -1;
    }

    /// <summary>The method that runs when a method is called on an object of a type.</summary>
    public static IMethodSymbol Dispatch(INamedTypeSymbol type, IMethodSymbol method)
    {
        if (method.ContainingType.TypeKind == TypeKind.Interface)
            return type.FindImplementationForInterfaceMember(method) as IMethodSymbol ?? method;
        if (!method.IsVirtual && !method.IsAbstract && !method.IsOverride) return method;
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
            foreach (IMethodSymbol candidate in part.GetMembers(method.Name).OfType<IMethodSymbol>())
                for (IMethodSymbol? overridden = candidate; overridden is not null; overridden = overridden.OverriddenMethod)
                    if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method.OriginalDefinition)) return candidate;
        return method;
    }
}
