using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Inline arrays of numbers: values of as many numbers as their attribute says, kept in memory like the lanes of a vector, of which each can be assigned.
internal sealed partial class Lowering
{
    /// <summary>The kind of number in an inline array, and how many there are; null for other types.</summary>
    private static (ElementKind Element, int Length)? InlineArray(ITypeSymbol? type)
        => type is not null && TypeArguments.Of(type) is INamedTypeSymbol { TypeKind: TypeKind.Struct } named && Components.InlineLength(named) is int length
            && named.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(static f => !f.IsStatic)?.Type is { } item && !TypeMap.IsEnum(item)
            && TypeMap.Element(item) is ElementKind element and not (ElementKind.Generic or ElementKind.Bool) ? (element, length) : null;

    /// <summary>The memory of an inline array: of the variable itself, or of a copy of what an expression gives.</summary>
    private LanesPlace InlineArrayOf(IOperation array)
    {
        if (array is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IInlineArrayAccessOperation or IArrayElementReferenceOperation
            && PlaceOf(array) is LanesPlace place) return place;
        LanesPlace copy = DeclareVector(array.Type!, "") ?? throw UnsupportedExpression(array, "This inline array", "use inline arrays of numbers, or a span");
        Write(copy, Visit(array), array);
        return copy;
    }

    private ElementPlace InlinePlace(IInlineArrayAccessOperation access)
    {
        LanesPlace array = InlineArrayOf(access.Instance);
        return new ElementPlace(array.Lanes, IndexInto(array.Lanes, access.Argument));
    }

    /// <summary><c>array[i]</c>, or <c>array[a..b]</c>, which is a span of it.</summary>
    private Operand InlineElement(IInlineArrayAccessOperation access)
        => access.Argument is IRangeOperation range ? new ValueOperand(Slice(InlineArrayOf(access.Instance).Lanes, range)) : Read(InlinePlace(access), access);

    /// <summary>What a variable of a vector or an inline array holds. Of the latter elements may be assigned before the value is used.</summary>
    private Operand ReadLanes(LanesPlace lanes, IOperation at)
        => InlineArray(lanes.Type) is null ? ReadVector(lanes) : Computed(ReadVector(lanes), at);
}
