using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private Value TransposeOf(IInvocationOperation call)
    {
        Value x = TensorArgument(call, 0);
        Shape shape = ShapeOf(x);
        if (Optional(call, "axes") is not { } list)
        {
            if (ShapeRules.Transpose(SizesAt(call), shape) is null)
                throw Unsupported(
                    FrontEndDescriptors.MissingShape, call, StepText.Of(call.Arguments[0].Syntax), "name its last two axes after the '...'");
            return Swapped(call, x, shape.Rank - 2);
        }

        if (Items(list) is not { } items)
            throw Unsupported(FrontEndDescriptors.NotConstant, list, "axes", "Transpose", "a list of constants");
        int[] axes = shape.HasRest
            ? throw Unsupported(
                FrontEndDescriptors.MissingShape, call, StepText.Of(call.Arguments[0].Syntax),
                "name all its axes in place of '...', or transpose the last two")
            : items.Select(i => AxisArgument(i, shape, "Transpose")).ToArray();
        ShapeRules.Transpose(SizesAt(call), shape, axes);
        return Applied(call, new Permute(new(axes)), x);
    }

    private Value ReshapeOf(IInvocationOperation call)
    {
        Value x = TensorArgument(call, 0);
        Shape from = ShapeOf(x), to = ShapeRules.Reshape(SizesAt(call), from, LengthsArgument(call, allowsOpen: true).Dims)!;
        if (to.Dims.Any(static d => d.IsUnknown()))
            throw Unsupported(
                FrontEndDescriptors.NotConstant, call, "lengths", "Reshape", $"written out: what is left of {from.Count} is not simple enough");
        return to == from ? x : _builder.Apply(new Reshape(), new TensorType(x.Element, to), x);
    }

    private Value BroadcastOf(IInvocationOperation call)
    {
        Value x = TensorArgument(call, 0);
        Shape from = ShapeOf(x), to = LengthsArgument(call, allowsOpen: false);
        ShapeRules.BroadcastTo(SizesAt(call), from, to);
        return to == from ? x : _builder.Apply(new BroadcastTo(), new TensorType(x.Element, to), x);
    }

    /// <summary>The lengths in a <c>lengths</c> argument; where one may be left open it is −1.</summary>
    private Shape LengthsArgument(IInvocationOperation call, bool allowsOpen)
    {
        string name = call.TargetMethod.Name;
        IOperation list = Argument(call, "lengths");
        while (list is IConversionOperation conversion) list = conversion.Operand;
        if (list is IPropertyReferenceOperation { Property.Name: "Lengths", Instance: { } other } && TypeMap.Tensor(other.Type) is not null)
            return ShapeOf(ValueOf(other));
        if (Items(list) is not { } items)
            throw Unsupported(FrontEndDescriptors.NotConstant, list, "lengths", name, "a list of integers, written out");
        var dims = new Dim[items.Length];
        for (int k = 0; k < dims.Length; k++)
        {
            dims[k] = DimArgument(items[k], "lengths", name);
            if (dims[k].Literal is < 0 && !(allowsOpen && dims[k].Literal == -1))
                throw Unsupported(
                    FrontEndDescriptors.ShapeMismatch, items[k], $"'{name}'", "a length is negative; one may be -1 in Reshape");
        }

        return new Shape(new(dims));
    }

    private Value SliceOf(IInvocationOperation call)
    {
        Value x = TensorArgument(call, 0);
        Shape shape = ShapeOf(x);
        int axis = AxisArgument(Argument(call, "axis"), shape, "Slice");
        Dim start = DimArgument(Argument(call, "start"), "start", "Slice"),
            length = DimArgument(Argument(call, "length"), "length", "Slice");
        var type = new TensorType(x.Element, ShapeRules.Slice(SizesAt(call), shape, axis, start, length)!);
        return _builder.Apply(new SliceAxis(axis, start), type, x);
    }

    private Value ConcatOf(IInvocationOperation call)
    {
        IOperation list = Argument(call, "tensors");
        if (Items(list) is not { IsEmpty: false } items)
            throw Unsupported(FrontEndDescriptors.NotConstant, list, "tensors", "Concat", "a list of tensors, written out");
        Value[] tensors = items.Select(ValueOf).ToArray();
        Shape first = ShapeOf(tensors[0]);
        int axis = AxisArgument(Argument(call, "axis"), first, "Concat");
        ShapeRules.Concat(SizesAt(call), axis, tensors.Select(ShapeOf).ToArray());
        return Applied(call, new Concat(axis), tensors);
    }
}
