using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>What can be read and assigned.</summary>
internal abstract record Place;

internal sealed record VariablePlace(Variable Variable) : Place;

internal sealed record AggregatePlace(ITypeSymbol Type, ImmutableArray<Place> Fields) : Place;

internal sealed record ElementPlace(Value Buffer, Value Index) : Place;

/// <summary>A property with a body, or an indexer, of a value: reading and writing run its accessors on the place of the value.</summary>
internal sealed record PropertyPlace(IPropertySymbol Property, Place Receiver, ImmutableArray<Operand> Arguments) : Place;

/// <summary>A name for an operand that is never assigned: a delegate, a list of lengths.</summary>
internal sealed record FixedPlace(Operand Operand) : Place;

/// <summary><c>_</c>.</summary>
internal sealed record DiscardPlace : Place;

/// <summary>A local whose declaration could not be lowered; reading it reports nothing more.</summary>
internal sealed record PoisonedPlace : Place;
