using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>What is known of a value as far as shapes are concerned: an element of the lattice of the analysis. Equal by value.</summary>
internal abstract record ShapeValue
{
    /// <summary>Nothing is known: the top of the lattice.</summary>
    public static readonly ShapeValue Unknown = new UnknownValue();
}

internal sealed record UnknownValue : ShapeValue;

/// <summary>An integer.</summary>
internal sealed record NumberValue(Dim Size) : ShapeValue;

/// <summary>A tensor, or a span of one.</summary>
internal sealed record TensorValue(Shape Shape) : ShapeValue
{
    /// <summary>What gave the tensor its shape; not part of what is known of it.</summary>
    public Origin? Origin { get; init; }

    public bool Equals(TensorValue? other) => other is not null && Shape == other.Shape;

    public override int GetHashCode() => Shape.GetHashCode();
}

/// <summary>The lengths of a tensor.</summary>
internal sealed record LengthsValue(Shape Shape) : ShapeValue;

/// <summary>An array, span or list.</summary>
/// <param name="Length">How many elements it has.</param>
/// <param name="Items">The elements one by one, where they are written out.</param>
/// <param name="Element">What is known of every element.</param>
internal sealed record SequenceValue(Dim Length, EquatableArray<ShapeValue>? Items, ShapeValue Element) : ShapeValue;

/// <summary>A position in an axis.</summary>
internal sealed record IndexValue(Dim Position, bool FromEnd) : ShapeValue;

/// <summary>A part of an axis.</summary>
internal sealed record RangeValue(IndexValue Start, IndexValue End) : ShapeValue
{
    public static readonly RangeValue All = new(new IndexValue(Dim.Zero, false), new IndexValue(Dim.Zero, true));
}

internal sealed record TupleValue(EquatableArray<ShapeValue> Items) : ShapeValue;

/// <summary>An integer argument of a constructor.</summary>
internal sealed record ModelArgument(string Name, Dim Size);

/// <summary>An object whose numbers give shapes their sizes.</summary>
/// <param name="Arguments">The integer arguments that it was made with, by the names of the constructor's parameters.</param>
internal sealed record ModelValue(INamedTypeSymbol Type, EquatableArray<ModelArgument> Arguments) : ShapeValue
{
    /// <summary>Where it was made; not part of what is known of it.</summary>
    public SyntaxNode? Creation { get; init; }

    /// <summary>Whether it is the object whose method is looked at: its sizes are the names of its type.</summary>
    public bool IsThis { get; init; }

    public Dim? Argument(string name)
    {
        foreach (ModelArgument argument in Arguments)
            if (argument.Name == name) return argument.Size;
        return null;
    }

    public bool Equals(ModelValue? other)
        => other is not null && SymbolEqualityComparer.Default.Equals(Type, other.Type) && Arguments == other.Arguments
            && IsThis == other.IsThis;

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Type);
}

internal enum HandleKind
{
    Parameters,
    Gradients,
    Optimizer,
    OptimizerState,
}

/// <summary>Something that belongs to one model: its parameters, gradients, optimizer.</summary>
internal sealed record HandleValue(HandleKind Kind, ModelValue Model) : ShapeValue;
