using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>What an expression lowers to.</summary>
internal abstract record Operand;

/// <summary>One IR value.</summary>
internal sealed record ValueOperand(Value Value) : Operand;

/// <summary>A tuple or struct, replaced by its fields.</summary>
internal sealed record AggregateOperand(ITypeSymbol Type, ImmutableArray<Operand> Fields) : Operand;

/// <summary>A reference to an object that the method made.</summary>
internal sealed record ObjectOperand(ObjectPlace Place) : Operand;

/// <summary>A lambda, a local function or a method group: it is inlined where it is called.</summary>
internal sealed record FunctionOperand(IAnonymousFunctionOperation? Lambda, IMethodSymbol Method) : Operand
{
    /// <summary>What a method that belongs to an object or struct was taken of.</summary>
    public Operand? Receiver { get; init; }
}

/// <summary>The reference to nothing.</summary>
internal sealed record NullOperand : Operand;

/// <summary>A reference that a condition chose: its number, and which ones that can be.</summary>
internal sealed record ChosenOperand(Value Which, ImmutableArray<int> Numbers) : Operand;

/// <summary>A sequence of LINQ: how many elements, and what each one is. Nothing is computed before it is asked for.</summary>
internal sealed record SequenceOperand(Value Count, Func<Value, Operand> At) : Operand
{
    /// <summary>Whether there is an element of an index in truth; null where there is one of each.</summary>
    public Func<Value, Passed>? Filter { get; init; }
}

/// <summary>What a filter says of an index, and the element that it let pass, which is asked for where it did.</summary>
internal sealed record Passed(Value Holds, Func<Operand> Item);

/// <summary>A place in an array that stands outside, as C# with a hole for each index: a table, a row, an element, a part of one. Nothing is read before it is asked for.</summary>
internal sealed record TableOperand(string Text, ITypeSymbol Type, ImmutableArray<Value> Indices) : Operand
{
    /// <summary>Whether calls may change what it holds.</summary>
    public bool MayChange { get; init; }
}

/// <summary>A vector: how many lanes it has, and what each one is. Nothing is computed before it is asked for.</summary>
internal sealed record LanesOperand(ITypeSymbol Type, Value Count, Func<Value, Value> At) : Operand
{
    /// <summary>Whether the lanes are truth values, as a comparison gives.</summary>
    public bool IsMask { get; init; }
}

/// <summary>A list of integers in an argument: lengths of a shape or axes.</summary>
internal sealed record ListOperand(ImmutableArray<Operand> Items) : Operand;
