using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>Values over the names of a type as values over what one object was made with.</summary>
internal static class Substitution
{
    /// <summary>Every name replaced; a size with a name that has no replacement is not known.</summary>
    public static ShapeValue In(ShapeValue value, Func<string, Dim?> sizes) => value switch
    {
        NumberValue number => new NumberValue(In(number.Size, sizes)),
        TensorValue tensor => new TensorValue(In(tensor.Shape, sizes)) { Origin = tensor.Origin },
        LengthsValue lengths => new LengthsValue(In(lengths.Shape, sizes)),
        SequenceValue sequence => new SequenceValue(
            In(sequence.Length, sizes), sequence.Items?.Select(i => In(i, sizes)).ToEquatable(), In(sequence.Element, sizes)),
        ModelValue model => model with { Arguments = model.Arguments.Select(a => a with { Size = In(a.Size, sizes) }).ToEquatable() },
        TupleValue tuple => new TupleValue(tuple.Items.Select(i => In(i, sizes)).ToEquatable()),
        _ => ShapeValue.Unknown,
    };

    /// <summary>The value where a name has lost its meaning.</summary>
    public static ShapeValue Without(ShapeValue value, string name) => value switch
    {
        NumberValue number => number.Size.Symbols.Contains(name) ? new NumberValue(SizeComparison.Unknown) : value,
        TensorValue tensor => tensor.Shape.Dims.Any(d => d.Symbols.Contains(name))
            ? new TensorValue(Without(tensor.Shape, name)) { Origin = tensor.Origin } : value,
        LengthsValue lengths => new LengthsValue(Without(lengths.Shape, name)),
        SequenceValue sequence => new SequenceValue(
            Without(sequence.Length, name), sequence.Items?.Select(i => Without(i, name)).ToEquatable(), Without(sequence.Element, name)),
        ModelValue model => model with { Arguments = model.Arguments.Where(a => !a.Size.Symbols.Contains(name)).ToEquatable() },
        TupleValue tuple => new TupleValue(tuple.Items.Select(i => Without(i, name)).ToEquatable()),
        IndexValue or RangeValue => ShapeValue.Unknown,
        HandleValue handle => new HandleValue(handle.Kind, (ModelValue)Without(handle.Model, name)),
        _ => value,
    };

    private static Shape Without(Shape shape, string name) => new(shape.Dims.Select(d => Without(d, name)).ToEquatable());

    private static Dim Without(Dim size, string name) => size.Symbols.Contains(name) ? SizeComparison.Unknown : size;

    public static Shape In(Shape shape, Func<string, Dim?> sizes) => new(shape.Dims.Select(d => In(d, sizes)).ToEquatable());

    public static Dim In(Dim size, Func<string, Dim?> sizes)
    {
        bool isKnown = true;
        string? rest = size.Symbols.FirstOrDefault(static s => s.StartsWith(ShapeText.Rest, StringComparison.Ordinal));
        if (rest is not null) return Dim.Symbol(SizeComparison.UnknownRest);
        Dim result = size.Substitute(name =>
        {
            Dim? replacement = sizes(name);
            isKnown &= replacement is not null && !replacement.IsUnknown();
            return replacement;
        });
        return isKnown ? result : SizeComparison.Unknown;
    }
}
