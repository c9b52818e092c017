using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private Value LengthOf(Value buffer)
    {
        Value length = _values.New(IrType.Int32);
        _builder.Append(new BufferLength(length, buffer));
        return length;
    }

    /// <summary>An index into a buffer; <c>^k</c> counts from the end.</summary>
    private Value IndexInto(Value buffer, IOperation index)
    {
        if (buffer.Type is not BufferType)
            throw UnsupportedExpression(
                index, "Reading an element of a tensor", "use operations on the whole tensor, such as Slice or Gather");
        if (index is IConversionOperation { IsImplicit: true, Type.Name: "Index" } conversion) index = conversion.Operand;
        if (index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat)
            return _builder.Scalar(ScalarOp.Subtract, LengthOf(buffer), ValueOf(hat.Operand));
        Value value = ValueOf(index);
        return value.Type is ScalarType ? _builder.Convert(value, ElementKind.Int32)
            : throw UnsupportedExpression(index, "This index", "use an int");
    }

    private Operand ArrayElement(IArrayElementReferenceOperation element)
    {
        if (TableItem(element) is { } item) return ReadTable(item);
        if (element.Indices.Length != 1) return Read(RectangularPlace(element), element);
        if (JaggedElement(element.ArrayReference.Type) is not null && element.Indices[0] is not IRangeOperation) return Read(PlaceOf(element), element);
        Value? list = element.ArrayReference.Type is { } type && ModelList(type) is not null ? ValueOf(element.ArrayReference) : null;
        if (list is not null) return Element(list, element.Indices[0], element);
        if (element.Indices[0] is IRangeOperation range)
        {
            // A range of an array is a copy, unlike a range of a span.
            if (TableOf(element.ArrayReference) is { } table) return new ValueOperand(Slice(CopyOf(table, BufferKind.Array, element), range));
            Value slice = Slice(ValueOf(element.ArrayReference), range);
            Value copy = Allocate((BufferType)slice.Type with { Kind = BufferKind.Array }, LengthOf(slice));
            Effect(new CopyBuffer(copy, slice));
            return new ValueOperand(copy);
        }

        return Read(PlaceOf(element), element);
    }

    private Operand ImplicitIndexer(IImplicitIndexerReferenceOperation element)
    {
        if (TensorLength(element.Instance, element.Argument) is { } length) return length;
        if (element.Argument is not IRangeOperation && ItemIn(element.Instance.Type) is not null && TableOf(element.Instance) is { } list) return ReadTable(Item(list, IndexInto(list, element.Argument)));
        if (ModelList(element.Instance.Type) is not null) return Element(ValueOf(element.Instance), element.Argument, element);
        if (ListElement(element.Instance.Type) is not null && element.Argument is not IRangeOperation) return Read(PlaceOf(element), element);
        if (JaggedElement(element.Instance.Type) is not null && element.Argument is not IRangeOperation) return Read(PlaceOf(element), element);
        if (ArraysIn(element.Instance.Type) is not null && TableOf(element) is { } array) return array;
        if (IsText(element.Instance.Type)) return TextPart(ValueOf(element.Instance), element.Argument);
        if (TypeMap.Buffer(element.Instance.Type) is null)
            throw UnsupportedExpression(element, $"'{StepText.Of(element.Syntax)}'", "index a span or an array");
        if (element.Argument is IRangeOperation range) return new ValueOperand(Slice(ValueOf(element.Instance), range));
        return Read(PlaceOf(element), element);
    }

    private Value Slice(Value buffer, IRangeOperation range)
    {
        Value start = range.LeftOperand is null ? _builder.Int(0) : IndexInto(buffer, range.LeftOperand);
        Value end = range.RightOperand is null ? LengthOf(buffer) : IndexInto(buffer, range.RightOperand);
        Value length = range.LeftOperand is null ? end : _builder.Scalar(ScalarOp.Subtract, end, start);
        return Slice(buffer, start, length);
    }

    private Value Slice(Value buffer, Value start, Value length, bool isRow = false)
    {
        var type = (BufferType)buffer.Type;
        Value slice = _values.New(type.Kind == BufferKind.Array ? type with { Kind = BufferKind.Span } : type);
        _builder.Append(new SliceBuffer(slice, buffer, start, length) { IsRow = isRow });
        return slice;
    }

    private Value Allocate(ElementKind element, BufferKind kind, Value length) => Allocate(new BufferType(element, kind), length);

    private Value Allocate(BufferType type, Value length)
    {
        Value buffer = _values.New(type);
        _allocated.Add(buffer.Id);
        _builder.Append(new AllocateBuffer(buffer, length));
        return buffer;
    }
}
