using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

// Arrays, spans and lists: their lengths, and their elements where those are written out.
internal sealed partial class ShapeEvaluator
{
    /// <summary>Longer lists are data, not lengths or operands.</summary>
    private const int MaximumItems = 64;

    private ShapeValue ArrayCreation(IArrayCreationOperation array)
    {
        if (array.DimensionSizes.Length != 1)
        {
            // Its lengths are asked for by GetLength.
            Others(array);
            return new TensorValue(new Shape(array.DimensionSizes.Select(Size).ToEquatable()));
        }

        if (array.Initializer is not { } initializer) return new SequenceValue(Size(array.DimensionSizes[0]), null, IsReference(array) ? new NullValue() : ShapeValue.Unknown) { Creation = array.Syntax };
        return Listed(initializer.ElementValues) with { Creation = array.Syntax };
    }

    private static bool IsReference(IArrayCreationOperation array) => array.Type is IArrayTypeSymbol { ElementType.IsReferenceType: true };

    private SequenceValue Listed(IReadOnlyList<IOperation> elements)
    {
        Dim length = Dim.Constant(elements.Count);
        if (elements.Count > MaximumItems) return new SequenceValue(length, null, ShapeValue.Unknown);
        EquatableArray<ShapeValue> items = elements.Select(HandedOn).ToEquatable();
        return new SequenceValue(length, items, items.IsEmpty ? ShapeValue.Unknown : items.Aggregate(Joins.Of));
    }

    private ShapeValue Collection(ICollectionExpressionOperation collection)
    {
        if (!collection.Elements.Any(static e => e is ISpreadOperation)) return Listed(collection.Elements) with { Creation = collection.Syntax };
        Dim length = Dim.Zero;
        ShapeValue? element = null;
        var items = new List<ShapeValue>();
        bool isWritten = true;
        foreach (IOperation item in collection.Elements)
        {
            ShapeValue value = item is ISpreadOperation spread ? Evaluate(spread.Operand) : HandedOn(item);
            if (item is not ISpreadOperation)
            {
                items.Add(value);
                element = element is null ? value : Joins.Of(element, value);
                length = length.IsUnknown() ? length : length + Dim.One;
                continue;
            }

            SequenceValue? inner = value as SequenceValue;
            if (value is LengthsValue { Shape: { HasRest: false } shape }) inner = Lengths(shape);
            isWritten &= inner?.Items is not null;
            items.AddRange(inner?.Items ?? []);
            element = element is null ? inner?.Element ?? ShapeValue.Unknown : Joins.Of(element, inner?.Element ?? ShapeValue.Unknown);
            length = inner is null || inner.Length.IsUnknown() || length.IsUnknown() ? SizeComparison.Unknown : length + inner.Length;
        }

        return new SequenceValue(length, isWritten ? items.ToEquatable() : (EquatableArray<ShapeValue>?)null, element
            ?? ShapeValue.Unknown) { Creation = collection.Syntax };
    }

    /// <summary>Numbers one after the other.</summary>
    private static SequenceValue Counted(Dim start, Dim count) => new(
        count,
        count.Literal is long n and >= 0 and <= MaximumItems && !start.IsUnknown()
            ? Enumerable.Range(0, (int)n).Select(i => (ShapeValue)new NumberValue(start + Dim.Constant(i))).ToEquatable() : (EquatableArray<ShapeValue>?)null,
        Numbers.Unknown);

    private static SequenceValue Lengths(Shape shape)
        => new(Dim.Constant(shape.Rank), shape.Dims.Select(static d => (ShapeValue)new NumberValue(d)).ToEquatable(), Numbers.Unknown);

    private ShapeValue RangeOf(IRangeOperation range) => new RangeValue(
        range.LeftOperand is null ? RangeValue.All.Start : Position(range.LeftOperand),
        range.RightOperand is null ? RangeValue.All.End : Position(range.RightOperand));

    private IndexValue Position(IOperation operation) => Evaluate(operation) switch
    {
        IndexValue index => index,
        NumberValue number => new IndexValue(number.Size, false),
        _ => new IndexValue(SizeComparison.Unknown, false),
    };

    private ShapeValue ArrayElement(IArrayElementReferenceOperation element)
    {
        ShapeValue array = Sequence(element.ArrayReference, Evaluate(element.ArrayReference));
        return element.Indices.Length == 1 ? At(array, Evaluate(element.Indices[0]), element, element.Indices[0]) : Others(element);
    }

    private ShapeValue Indexed(IImplicitIndexerReferenceOperation indexer)
        => At(Sequence(indexer.Instance, Evaluate(indexer.Instance)), Evaluate(indexer.Argument), indexer, indexer.Argument);

    /// <summary>One element, or a part, of a sequence or of the lengths of a tensor.</summary>
    private ShapeValue At(ShapeValue holder, ShapeValue position, IOperation at, IOperation index)
    {
        if (position is NumberValue number) position = new IndexValue(number.Size, false);
        switch (holder, position)
        {
            case (LengthsValue { Shape: var shape }, IndexValue { Position.Literal: long literal, FromEnd: var fromEnd }):
                return LengthAt(shape, (int)literal, fromEnd, index);
            case (LengthsValue, IndexValue):
                return Numbers.Unknown;
            case (LengthsValue { Shape: { HasRest: false } shape }, RangeValue range):
                return Part(Lengths(shape), range);
            case (SequenceValue sequence, RangeValue range):
                return Part(sequence, range);
            case (SequenceValue { Items: { } items }, IndexValue { Position.Literal: long literal, FromEnd: var fromEnd }):
                long counted = fromEnd ? items.Length - literal : literal;
                return counted >= 0 && counted < items.Length ? items[(int)counted] : ShapeValue.Unknown;
            case (SequenceValue sequence, _):
                return sequence.Element;
            default:
                return ShapeValue.Unknown;
        }
    }

    private ShapeValue LengthAt(Shape shape, int position, bool fromEnd, IOperation index)
    {
        if (shape.HasRest && (!fromEnd || position >= shape.Rank)) return Numbers.Unknown;
        int axis = fromEnd ? shape.Rank - position : position;
        if (axis >= 0 && axis < shape.Rank) return new NumberValue(shape[axis]);
        Report(ShapeDescriptors.Axis, index, $"there is no axis {SourceText.Of(index.Syntax)} in {Text(shape)}, which has {shape.Rank}");
        return Numbers.Unknown;
    }

    private static SequenceValue Part(SequenceValue sequence, RangeValue range)
    {
        Dim length = Extent(sequence.Length, range) ?? SizeComparison.Unknown;
        EquatableArray<ShapeValue>? items = null;
        if (sequence.Items is { } all && Absolute(sequence.Length, range.Start)?.Literal is long start && length.Literal is long count
            && start >= 0 && count >= 0 && start + count <= all.Length)
            items = all.Skip((int)start).Take((int)count).ToEquatable();
        return new SequenceValue(length, items, sequence.Element) { Creation = sequence.Creation };
    }

    private static Dim? Absolute(Dim length, IndexValue index)
    {
        if (index.Position.IsUnknown() || index.FromEnd && length.IsUnknown()) return null;
        return index.FromEnd ? length - index.Position : index.Position;
    }

    private static Dim? Extent(Dim length, RangeValue range)
    {
        if (range == RangeValue.All) return length;
        return Absolute(length, range.Start) is { } start && Absolute(length, range.End) is { } end ? end - start : null;
    }
}
