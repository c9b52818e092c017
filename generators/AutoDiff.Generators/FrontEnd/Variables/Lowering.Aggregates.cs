using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>The elements of a tuple, or the instance fields of a struct of this compilation; null for every other type.</summary>
    private static ImmutableArray<IFieldSymbol>? Fields(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None, IsRefLikeType: false } named)
            return null;
        if (named.IsTupleType) return named.TupleElements;
        if (named.DeclaringSyntaxReferences.IsEmpty) return null;
        return named.GetMembers().OfType<IFieldSymbol>().Where(static f => !f.IsStatic && !f.IsConst).ToImmutableArray();
    }

    /// <summary>The position of a field in <see cref="Fields"/>; −1 where it has none.</summary>
    private static int FieldIndex(ITypeSymbol type, IFieldSymbol field)
    {
        if (Fields(type) is not { } fields) return -1;
        for (int i = 0; i < fields.Length; i++)
        {
            if (SymbolEqualityComparer.Default.Equals(fields[i], field) || fields[i].Name == field.Name) return i;
            if (type.IsTupleType && SymbolEqualityComparer.Default.Equals(fields[i].CorrespondingTupleField, field.CorrespondingTupleField))
                return i;
        }

        return -1;
    }
}
