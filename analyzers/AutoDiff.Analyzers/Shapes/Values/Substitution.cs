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
        ModelValue model => model with { Arguments = model.Arguments.Select(a => a with { Value = In(a.Value, sizes) }).ToEquatable() },
        MapValue map => new MapValue(map.Entries.Select(e => e with { Value = In(e.Value, sizes) }).ToEquatable()),
        EnumeratorValue enumerator => new EnumeratorValue((SequenceValue)In(enumerator.Sequence, sizes), enumerator.Position),
        BooleanValue or NullValue => value,
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
        ModelValue model => model with { Arguments = model.Arguments.Select(a => a with { Value = Without(a.Value, name) }).ToEquatable() },
        MapValue map => new MapValue(map.Entries.Select(e => e with { Value = Without(e.Value, name) }).ToEquatable()),
        TupleValue tuple => new TupleValue(tuple.Items.Select(i => Without(i, name)).ToEquatable()),
        EnumeratorValue enumerator => new EnumeratorValue((SequenceValue)Without(enumerator.Sequence, name), enumerator.Position),
        IndexValue or RangeValue => ShapeValue.Unknown,
        HandleValue handle => handle with { Model = (ModelValue)Without(handle.Model, name) },
        _ => value,
    };

    /// <summary>The value outside of the function that made it: names of its own variables mean nothing there.</summary>
    public static ShapeValue Lasting(ShapeValue value, HashSet<string> known)
    {
        foreach (string name in Names(value).Where(n => SourceText.HasMark(n) && !known.Contains(n)).Distinct().ToArray())
            value = Without(value, name);
        return value;
    }

    /// <summary>The names that sizes of the value are said in.</summary>
    public static IEnumerable<string> Names(ShapeValue value) => value switch
    {
        NumberValue number => number.Size.Symbols,
        TensorValue { Shape: var shape } => shape.Dims.SelectMany(static d => d.Symbols),
        LengthsValue { Shape: var shape } => shape.Dims.SelectMany(static d => d.Symbols),
        SequenceValue sequence => sequence.Length.Symbols.Concat(Names(sequence.Element)).Concat(sequence.Items?.SelectMany(Names) ?? []),
        ModelValue model => model.Arguments.SelectMany(static a => Names(a.Value)),
        MapValue map => map.Entries.SelectMany(static e => Names(e.Value)),
        TupleValue tuple => tuple.Items.SelectMany(Names),
        EnumeratorValue enumerator => Names(enumerator.Sequence),
        HandleValue handle => Names(handle.Model),
        IndexValue index => index.Position.Symbols,
        RangeValue range => Names(range.Start).Concat(Names(range.End)),
        _ => [],
    };

    private static Shape Without(Shape shape, string name) => new(shape.Dims.Map(d => Without(d, name)));

    private static Dim Without(Dim size, string name) => size.Symbols.Contains(name) ? SizeComparison.Unknown : size;

    public static Shape In(Shape shape, Func<string, Dim?> sizes) => new(shape.Dims.Map(d => In(d, sizes)));

    public static Dim In(Dim size, Func<string, Dim?> sizes)
    {
        bool isKnown = true;
        if (size.Literal is not null) return size;
        if (size.HasRest()) return Dim.Symbol(SizeComparison.UnknownRest);
        Dim result = size.Substitute(name =>
        {
            Dim? replacement = sizes(name);
            isKnown &= replacement is not null && !replacement.IsUnknown();
            return replacement;
        });
        return isKnown ? result : SizeComparison.Unknown;
    }
}
