using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// The lengths of tensors are sizes.
internal sealed partial class Lowering
{
    private Operand TensorProperty(IPropertyReferenceOperation property)
    {
        Shape shape = ShapeOf(ValueOf(property.Instance!));
        switch (property.Property.Name)
        {
            case "FlattenedLength":
                return new ValueOperand(Widened(DimensionOf(shape.Count)));
            case "Rank" when !shape.HasRest:
                return new ValueOperand(DimensionOf(Dim.Constant(shape.Rank)));
            default:
                throw UnsupportedExpression(
                    property, $"'{property.Property.Name}' of a tensor", "use Lengths[axis], FlattenedLength, or operations of Ops");
        }
    }

    /// <summary><c>x.Lengths[axis]</c>; null for other expressions.</summary>
    private Operand? TensorLength(IOperation? lengths, IOperation axis)
    {
        while (lengths is IConversionOperation conversion) lengths = conversion.Operand;
        if (lengths is not IPropertyReferenceOperation { Property.Name: "Lengths", Instance: { } instance }
            || TypeMap.Tensor(instance.Type) is null) return null;
        Shape shape = ShapeOf(ValueOf(instance));
        if (axis is IConversionOperation { IsImplicit: true, Type.Name: "Index" } index) axis = index.Operand;
        int position = axis is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat
            ? shape.Rank - IntArgument(hat.Operand, "index", "Lengths")
            : DimArgument(axis, "index", "Lengths").Literal is long known ? (int)known
                : throw Unsupported(FrontEndDescriptors.NotConstant, axis, "index", "Lengths", "a constant");
        bool fromStart = axis is not IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat };
        if (shape.HasRest && (fromStart || position <= 0))
            throw Unsupported(
                FrontEndDescriptors.MissingShape, axis, StepText.Of(instance.Syntax),
                $"it begins with '...': count axes from the end, Lengths[^1], or name them in its [Shape]");
        if (position < 0 || position >= shape.Rank)
            throw Unsupported(FrontEndDescriptors.ShapeMismatch, axis, "'Lengths'", $"axis {position} is not one of {shape}");
        return new ValueOperand(Widened(DimensionOf(shape[position])));
    }

    /// <summary>Tensors count in <c>nint</c>.</summary>
    private Value Widened(Value size)
    {
        Value wide = _builder.Convert(size, ElementKind.Int64);
        if (DimOf(size) is { } dim) _dims[wide.Id] = dim;
        return wide;
    }
}
