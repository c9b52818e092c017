using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// A rectangular array of numbers is an array in row-major order and its lengths. Rows are views, so that each index is checked against its own length.
internal sealed partial class Lowering
{
    /// <summary>The kind of number in a <c>T[,]</c> of any rank; null for other types.</summary>
    private static ElementKind? RectangularElement(ITypeSymbol? type)
        => type is IArrayTypeSymbol { Rank: > 1 } array ? TypeMap.Element(array.ElementType) : null;

    private AggregatePlace DeclareRectangular(IArrayTypeSymbol type, ElementKind element, string name)
        => new(type, [
            new VariablePlace(NewVariable(name, new BufferType(element, BufferKind.Span))),
            .. Enumerable.Range(0, type.Rank).Select(_ => new VariablePlace(NewVariable("", IrType.Int32)))]);

    private Operand NewRectangular(IArrayCreationOperation creation, ElementKind element)
    {
        Value[] lengths = [.. creation.DimensionSizes.Select(size => _builder.Convert(ValueOf(size), ElementKind.Int32))];
        Value buffer = Allocate(element, BufferKind.Array, Product(lengths));
        if (creation.Initializer is { } initializer)
        {
            Value[] items = [.. Flat(initializer).Select(v => _builder.Convert(ValueOf(v), element))];
            for (int k = 0; k < items.Length; k++) Effect(new Store(buffer, _builder.Int(k), items[k]));
        }

        return new AggregateOperand(creation.Type!, [new ValueOperand(buffer), .. lengths.Select(static l => new ValueOperand(l))]);
    }

    private Value Product(IEnumerable<Value> lengths) => lengths.Aggregate((a, b) => _builder.Scalar(ScalarOp.Multiply, a, b));

    private static IEnumerable<IOperation> Flat(IArrayInitializerOperation initializer)
        => initializer.ElementValues.SelectMany(static v => v is IArrayInitializerOperation row ? Flat(row) : [v]);

    /// <summary><c>a[i, j]</c>: the element j of the view i.</summary>
    private ElementPlace RectangularPlace(IArrayElementReferenceOperation element)
    {
        (Value view, Value[] lengths) = RectangularOf(element.ArrayReference);
        Value[] indices = [.. element.Indices.Select(i => _builder.Convert(ValueOf(i), ElementKind.Int32))];
        for (int k = 0; k < indices.Length - 1; k++)
        {
            Value length = Product(lengths.Skip(k + 1));
            view = Slice(view, _builder.Scalar(ScalarOp.Multiply, indices[k], length), length, isRow: true);
        }

        return new ElementPlace(view, indices[indices.Length - 1]);
    }

    private (Value Buffer, Value[] Lengths) RectangularOf(IOperation array)
        => Visit(array) is AggregateOperand { Type: IArrayTypeSymbol, Fields: var fields } ? (Single(fields[0], array), [.. fields.Skip(1).Select(f => Single(f, array))])
            : throw UnsupportedExpression(array, $"'{StepText.Of(array.Syntax)}'", "make the rectangular array in the method, or pass a span and its lengths");

    /// <summary>Other methods of a rectangular array; null for other arrays.</summary>
    private Operand? RectangularCall(IInvocationOperation call)
    {
        if (call.Instance is not { } array || RectangularElement(array.Type) is null) return null;
        if (call.TargetMethod.Name == "Clone" && Visit(array) is AggregateOperand { Fields: [ValueOperand { Value: var elements }, ..] } original)
            return original with { Fields = original.Fields.SetItem(0, new ValueOperand(CopyOf(elements))) };
        throw Unsupported(
            FrontEndDescriptors.UnsupportedCall, call, call.TargetMethod.Name, "of a rectangular array, GetLength, GetLowerBound and GetUpperBound of a constant, Clone, Length and elements are known");
    }

    /// <summary>The elements of a rectangular array in row-major order; null for other operands.</summary>
    private static Value? ElementsOf(Operand operand)
        => operand is AggregateOperand { Type: IArrayTypeSymbol { Rank: > 1 }, Fields: [ValueOperand { Value: var elements }, ..] } ? elements : null;
}
