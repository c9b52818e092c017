using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Arrays of numbers in static readonly fields: tables. Their elements are read where they are; a span of one is a copy, which nobody can tell from the table while it is only read.
internal sealed partial class Lowering
{
    /// <summary>The table that an expression names, as C#; null for other expressions.</summary>
    private string? TableOf(IOperation array)
    {
        while (array is IConversionOperation { OperatorMethod: null } conversion) array = conversion.Operand;
        return array is IFieldReferenceOperation { Instance: null, Field: { IsReadOnly: true } field } && field.Type is IArrayTypeSymbol { IsSZArray: true } type
            && TypeMap.Element(type.ElementType) is not null && !TypeMap.IsEnum(type.ElementType) && compilation.IsSymbolAccessibleWithin(field, method.ContainingType)
            ? $"{TypeText(field.ContainingType)}.{CSharpNames.Escape(field.Name)}" : null;
    }

    /// <summary>An element of a table; null where the array is none.</summary>
    private Operand? TableElement(IArrayElementReferenceOperation element)
    {
        if (element.Indices is not [not IRangeOperation and var index] || TableOf(element.ArrayReference) is not { } table) return null;
        if (index is IConversionOperation { IsImplicit: true, Type.Name: "Index" } conversion) index = conversion.Operand;
        Value position = index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat
            ? _builder.Scalar(ScalarOp.Subtract, TableLength(table), ValueOf(hat.Operand))
            : _builder.Convert(ValueOf(index), ElementKind.Int32);
        return new ValueOperand(TableElement(table, element.Type!, position));
    }

    private Value TableElement(string table, ITypeSymbol element, Value index)
        => _builder.Apply(new OutsideElement(table), new ScalarType(TypeMap.Element(element)!.Value), index);

    private Value TableLength(string table) => _builder.Apply(new Outside(table + ".Length"), IrType.Int32);

    /// <summary>The elements of a table as a sequence; null where it is none.</summary>
    private SequenceOperand? TableSequence(IOperation array)
        => TableOf(array) is { } table && TypeMap.Buffer(array.Type)?.Element is { } element
            ? new SequenceOperand(TableLength(table), k => new ValueOperand(TableElement(table, element, k)))
            : null;

    /// <summary>A table as a span that is only read; null for other conversions.</summary>
    private Operand? TableSpan(IConversionOperation conversion)
    {
        if (TypeMap.Buffer(conversion.Type) is not (var element, BufferKind.ReadOnlySpan) || TableOf(conversion.Operand) is not { } table) return null;
        Value copy = Allocate(TypeMap.Element(element)!.Value, BufferKind.Span, TableLength(table));
        Repeat(LengthOf(copy), [], (k, _) =>
        {
            Effect(new Store(copy, k, TableElement(table, element, k)));
            return [];
        }, conversion);
        return new ValueOperand(copy);
    }
}
