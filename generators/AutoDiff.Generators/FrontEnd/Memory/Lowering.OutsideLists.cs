using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Arrays and lists of objects that came from outside, and arrays and lists that such objects hold: like tables, with the object in the first hole. They may change between two reads, where
// something is called, or written, that could do so.
internal sealed partial class Lowering
{
    /// <summary>The objects of an array or indexable list of them; null for other types.</summary>
    private static ITypeSymbol? ObjectsIn(ITypeSymbol? type)
        => ItemIn(type) is { TypeKind: TypeKind.Class or TypeKind.Interface } item && TypeMap.IsObject(item) && !IsModel(item) ? item : null;

    /// <summary>What an array of one index, or an indexable list, holds; null for other types.</summary>
    private static ITypeSymbol? ItemIn(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true } array => array.ElementType,
        INamedTypeSymbol { Name: "List" or "IReadOnlyList" or "IList", TypeArguments: [var listed] } list when list.IsIn("System.Collections.Generic") => listed,
        _ => null,
    };

    /// <summary>The arrays in an indexable list of them; null for other types.</summary>
    private static IArrayTypeSymbol? ArraysIn(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "List" or "IReadOnlyList" or "IList", TypeArguments: [IArrayTypeSymbol array] } list && list.IsIn("System.Collections.Generic") ? array : null;

    private static bool IsObjectArray(ITypeSymbol? type) => type is IArrayTypeSymbol && ObjectsIn(type) is not null;

    /// <summary>What came from outside and is an array or list of objects, or a list of arrays without derivatives.</summary>
    private TableOperand? ObjectsOf(ISymbol name, ITypeSymbol? type)
        => (ObjectsIn(type) is not null || ArraysIn(type) is { } rows && IsInTable(rows) && (IsWithoutDerivatives(rows) || name.HasNoGradient()))
            && _places.TryGetValue(name, out Place? place) && place is VariablePlace { Variable: var variable } && _state[variable] is { Type: OpaqueType } list
            ? new TableOperand("{0}", type!, [list]) { MayChange = true } : null;

    /// <summary>An array or list that an object from outside holds: what is in it has no derivative, as the numbers that the object holds have none.</summary>
    private TableOperand? HeldTable(IMemberReferenceOperation reference)
    {
        ISymbol member = reference.Member;
        if (reference is not { Instance: { } instance, Type: { } type } || !IsHeldTable(type) || !IsReference(instance.Type) || !IsPure(instance)
            || reference is IPropertyReferenceOperation { Property: { GetMethod: null } or { IsIndexer: true } }
            || Visit(instance) is not ValueOperand { Value: { Type: OpaqueType } holder } || NameFor(member) is not { } name) return null;
        return new TableOperand($"{{0}}.{CSharpNames.Escape(name)}{(IsNullable(member) ? "!" : "")}", type, [holder]) { MayChange = true };
    }

    private bool IsHeldTable(ITypeSymbol type) => type is IArrayTypeSymbol ? IsInTable(type) : ItemIn(type) is { } item && (ObjectsIn(type) is not null || IsInTable(item));

    private static bool IsWithoutDerivatives(IArrayTypeSymbol array)
        => array.ElementType is IArrayTypeSymbol row ? IsWithoutDerivatives(row) : TypeMap.Element(array.ElementType) is { } number && !number.IsFloating() && number != ElementKind.Generic;

    /// <summary>Whether an expression may be evaluated again.</summary>
    private static bool IsPure(IOperation operation)
        => operation.DescendantsAndSelf().All(static o => o is not (IInvocationOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IObjectCreationOperation or IAwaitOperation));
}
