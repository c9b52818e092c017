using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>What can be read and assigned.</summary>
internal abstract record Place;

internal sealed record VariablePlace(Variable Variable) : Place;

internal sealed record AggregatePlace(ITypeSymbol Type, ImmutableArray<Place> Fields) : Place
{
    /// <summary>Whether it is a list or a jagged array that came as a parameter: nothing is added to it.</summary>
    public bool HasFixedLength { get; init; }
}

/// <summary>A vector in a variable: memory with an element for each lane.</summary>
internal sealed record LanesPlace(ITypeSymbol Type, Value Lanes, Value Count) : Place;

/// <summary>A row of a jagged array.</summary>
internal sealed record RowPlace(AggregatePlace Array, Value Index) : Place;

/// <summary>An element of a buffer, or one leaf of an element that is a struct.</summary>
internal sealed record ElementPlace(Value Buffer, Value Index, StructLeaf? Leaf = null) : Place
{
    /// <summary>The number behind a leaf that is of an enumeration; null for others.</summary>
    public ScalarType? Enum { get; init; }
}

/// <summary>An element of an array that stands outside, or a part of one: it is only read.</summary>
internal sealed record TablePlace(TableOperand Item) : Place;

/// <summary>One place or another, which a <c>ref</c> conditional chose; indices are known in both.</summary>
internal sealed record ChosenPlace(Value Condition, Place First, Place Second) : Place;

/// <summary>An object that the method made; equal only to itself.</summary>
internal sealed record ObjectPlace(ITypeSymbol Type, AggregatePlace Fields) : Place
{
    public bool Equals(ObjectPlace? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>A name that refers to an object or a function; its variable holds the number of that, or what came from outside.</summary>
internal sealed record SlotPlace(Variable Variable) : Place;

/// <summary>A name for an array that may be null.</summary>
internal sealed record NullableMemoryPlace(Variable Memory, Variable IsMissing) : Place;

/// <summary>A property with a body, or an indexer, of a value: reading and writing run its accessors on the place of the value.</summary>
internal sealed record PropertyPlace(IPropertySymbol Property, Place Receiver, ImmutableArray<Operand> Arguments) : Place;

/// <summary>A name for an operand that is never assigned: a delegate, a list of lengths.</summary>
internal sealed record FixedPlace(Operand Operand) : Place;

/// <summary><c>_</c>.</summary>
internal sealed record DiscardPlace : Place;

/// <summary>A local whose declaration could not be lowered; reading it reports nothing more.</summary>
internal sealed record PoisonedPlace : Place;
