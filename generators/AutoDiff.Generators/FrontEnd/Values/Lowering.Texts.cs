using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Texts pass through, are compared with each other, and are read character by character; a character is a number as a value of an enumeration is.
internal sealed partial class Lowering
{
    private static bool IsText(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_String;

    private static readonly OpaqueType TextType = new("string");

    /// <summary>A constant text.</summary>
    private Operand Text(string text) => new ValueOperand(_builder.Apply(new Outside(SymbolDisplay.FormatLiteral(text, quote: true)), new OpaqueType("string")));

    private Value TextLength(Value text) => _builder.Apply(new GetMember("Length"), IrType.Int32, text);

    private Operand CharacterOf(Value text, Value index)
        => new ValueOperand(FromSignature(_builder.Apply(new OutsideElement("{0}[{1}]"), new OpaqueType("char"), text, index), new ScalarType(ElementKind.UInt16)));

    /// <summary><c>text[i]</c>, <c>text[^i]</c>, <c>text[i..j]</c>.</summary>
    private Operand TextPart(Value text, IOperation index)
    {
        if (index is not IRangeOperation range) return CharacterOf(text, Position(index));
        Value start = range.LeftOperand is { } left ? Position(left) : _builder.Int(0), end = range.RightOperand is { } right ? Position(right) : TextLength(text);
        return new ValueOperand(_builder.Apply(new OutsideElement("{0}.Substring({1}, {2})"), TextType, text, start, _builder.Scalar(ScalarOp.Subtract, end, start)));

        Value Position(IOperation index)
        {
            if (index is IConversionOperation { IsImplicit: true, Type.Name: "Index" } conversion) index = conversion.Operand;
            return index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat ? _builder.Scalar(ScalarOp.Subtract, TextLength(text), ValueOf(hat.Operand)) : _builder.Convert(ValueOf(index), ElementKind.Int32);
        }
    }

    /// <summary>The characters of a text, or of a copy or view of all of it; null for other operations.</summary>
    private SequenceOperand? Characters(IOperation source)
    {
        if (source is IInvocationOperation { TargetMethod.Name: "ToCharArray" or "AsSpan" } copy && InOrder(copy) is { Length: <= 1 } arguments) source = copy.Instance ?? arguments[0];
        return IsText(source.Type) && ValueOf(source) is var text ? new SequenceOperand(TextLength(text), k => CharacterOf(text, k)) : null;
    }

    /// <summary><c>a == b</c> of texts; null for other operators.</summary>
    private Operand? TextComparison(IBinaryOperation binary)
    {
        if (binary.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals) || !IsText(binary.LeftOperand.Type) || !IsText(binary.RightOperand.Type)) return null;
        Value same = AreSameText(ValueOf(binary.LeftOperand), ValueOf(binary.RightOperand));
        return new ValueOperand(binary.OperatorKind == BinaryOperatorKind.Equals ? same : _builder.Scalar(ScalarOp.Not, same));
    }

    private Value AreSameText(Value left, Value right)
    {
        CalleeParameter Compared(string name) => new(name, new OpaqueType("string"), PassingKind.ByValue, false, false, "string");
        var callee = new Callee("string", "Equals", false, [Compared("a"), Compared("b")], IrType.Bool, IsDifferentiable: false, HasSideEffects: false, UsesPair: false, []);
        Value same = _values.New(IrType.Bool);
        _builder.Append(new Call([same], callee, [left, right], []));
        return same;
    }
}
