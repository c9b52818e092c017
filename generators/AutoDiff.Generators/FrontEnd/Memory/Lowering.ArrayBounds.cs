using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Lengths and bounds of arrays of one dimension and of rectangular arrays. C# makes no arrays that begin elsewhere than at 0.
internal sealed partial class Lowering
{
    /// <summary><c>GetLength</c>, <c>GetLowerBound</c> and <c>GetUpperBound</c> of a dimension; null for other calls.</summary>
    private Operand? ArrayBound(IInvocationOperation call)
    {
        if (call is not { Instance: { Type: IArrayTypeSymbol } array, TargetMethod: { Name: ("GetLength" or "GetLowerBound" or "GetUpperBound") and var name }, Arguments: [{ Value: var dimension }] }
            || LengthsOf(array) is not { } lengths) return null;
        if (dimension.ConstantValue is not { HasValue: true, Value: int axis } || axis < 0 || axis >= lengths.Length)
            throw UnsupportedExpression(dimension, "This dimension", $"use a constant that is one of the {lengths.Length} of the array");
        return new ValueOperand(name switch
        {
            "GetLength" => lengths[axis],
            "GetUpperBound" => _builder.Scalar(ScalarOp.Subtract, lengths[axis], _builder.Int(1)),
            _ => _builder.Int(0),
        });
    }

    /// <summary>The lengths of an array of numbers, of structs or of rows; null for other arrays.</summary>
    private Value[]? LengthsOf(IOperation array)
        => RectangularElement(array.Type) is not null ? RectangularOf(array).Lengths
            : JaggedElement(array.Type) is not null ? [LengthOf(Item(JaggedOf(array)!, 1, array))]
            : ScalarOrBuffer(array.Type, array.Syntax.GetLocation()) is BufferType ? [LengthOf(ValueOf(array))]
            : null;
}
