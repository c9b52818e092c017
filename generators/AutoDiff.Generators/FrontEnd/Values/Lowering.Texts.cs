using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Texts only pass through, and are compared with each other.
internal sealed partial class Lowering
{
    private static bool IsText(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_String;

    private static readonly OpaqueType TextType = new("string");

    /// <summary>A constant text.</summary>
    private Operand Text(string text) => new ValueOperand(_builder.Apply(new Outside(SymbolDisplay.FormatLiteral(text, quote: true)), new OpaqueType("string")));

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
