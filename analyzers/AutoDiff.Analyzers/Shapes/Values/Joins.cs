using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>The least that holds of two values: where paths meet. Sizes that differ are not known any more, so chains are short.</summary>
internal static class Joins
{
    public static ShapeValue Of(ShapeValue a, ShapeValue b)
    {
        if (a.Equals(b)) return Same(a, b);
        return (a, b) switch
        {
            (NullValue, _) => b,
            (_, NullValue) => a,
            (NumberValue, NumberValue) => new NumberValue(SizeComparison.Unknown),
            (TensorValue x, TensorValue y)
                => Of(x.Shape, y.Shape) is { } shape ? new TensorValue(shape) { Origin = x.Origin } : ShapeValue.Unknown,
            (LengthsValue x, LengthsValue y) => Of(x.Shape, y.Shape) is { } shape ? new LengthsValue(shape) : ShapeValue.Unknown,
            (SequenceValue x, SequenceValue y) => new SequenceValue(Of(x.Length, y.Length), Items(x, y), x.IsEmpty ? y.Element : y.IsEmpty
                ? x.Element : Of(x.Element, y.Element)) { Creation = x.Creation == y.Creation ? x.Creation : null },
            (EnumeratorValue x, EnumeratorValue y) => Of(x.Sequence, y.Sequence) is SequenceValue sequence
                ? new EnumeratorValue(sequence, x.Position == y.Position ? x.Position : null) : ShapeValue.Unknown,
            (MapValue x, MapValue y) => new MapValue(x.Entries.Where(e => y[e.Key] is not UnknownValue)
                .Select(e => e with { Value = Of(e.Value, y[e.Key]) }).ToEquatable()) { Creation = x.Creation == y.Creation ? x.Creation : null },
            (ModelValue x, ModelValue y) when SymbolEqualityComparer.Default.Equals(x.Type, y.Type)
                => new ModelValue(x.Type, Common(x, y))
                {
                    Creation = x.Creation == y.Creation ? x.Creation : null, IsTracked = x.IsTracked && y.IsTracked && x.Creation == y.Creation,
                },
            (TupleValue x, TupleValue y) when x.Items.Length == y.Items.Length
                => new TupleValue(x.Items.Zip(y.Items, Of).ToEquatable()),
            _ => ShapeValue.Unknown,
        };
    }

    /// <summary>Whether what is known has become less, if only which object it is.</summary>
    public static bool IsLess(ShapeValue after, ShapeValue before) => !after.Equals(before) || !ReferenceEquals(CreationOf(after), CreationOf(before));

    /// <summary>Two objects that are alike need not be one.</summary>
    private static ShapeValue Same(ShapeValue a, ShapeValue b) => (a, b) switch
    {
        (ModelValue x, ModelValue y) when x.Creation != y.Creation => x with { Creation = null, IsExact = x.IsExact && y.IsExact, IsTracked = false },
        (HandleValue x, HandleValue y) => x with { Model = (ModelValue)Same(x.Model, y.Model) },
        _ => a,
    };

    private static SyntaxNode? CreationOf(ShapeValue value) => (value as ModelValue ?? (value as HandleValue)?.Model)?.Creation;

    public static Shape? Of(Shape a, Shape b)
        => a.Rank == b.Rank && a.HasRest == b.HasRest ? new Shape(a.Dims.Zip(b.Dims, Axis).ToEquatable()) : null;

    private static Dim Axis(Dim a, Dim b)
        => a == b ? a : a.HasRest()
            ? Dim.Symbol(SizeComparison.UnknownRest) : SizeComparison.Unknown;

    private static Dim Of(Dim a, Dim b) => a == b ? a : SizeComparison.Unknown;

    private static EquatableArray<ShapeValue>? Items(SequenceValue a, SequenceValue b)
        => a.Items is { } x && b.Items is { } y && x.Length == y.Length ? x.Zip(y, Of).ToEquatable() : (EquatableArray<ShapeValue>?)null;

    private static EquatableArray<ModelArgument> Common(ModelValue a, ModelValue b)
        => a.Arguments.Where(x => b.Value(x.Name).Equals(x.Value)).ToEquatable();
}
