using System.Collections.Immutable;
using AutoDiff.Compiler;
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
            if (shape.Rank < 2)
                throw Unsupported(
                    FrontEndDescriptors.ShapeMismatch, call, "'Transpose'", $"it swaps the last two axes, and {shape} has not two");
            return Swapped(call, x, shape.Rank - 2);
        }

        if (Items(list) is not { } items)
            throw Unsupported(FrontEndDescriptors.NotConstant, list, "axes", "Transpose", "a list of constants");
        int[] axes = shape.HasRest
            ? throw Unsupported(
                FrontEndDescriptors.MissingShape, call, StepText.Of(call.Arguments[0].Syntax),
                "name all its axes in place of '...', or transpose the last two")
            : items.Select(i => AxisArgument(i, shape, "Transpose")).ToArray();
        if (axes.Length != shape.Rank || axes.Distinct().Count() != axes.Length)
            throw Unsupported(
                FrontEndDescriptors.ShapeMismatch, call, "'Transpose'",
                $"the axes ({string.Join(", ", axes)}) are not those of {shape}, each once");
        return Applied(call, new Permute(new(axes)), x);
    }

    private Value ReshapeOf(IInvocationOperation call)
    {
        Value x = TensorArgument(call, 0);
        Shape from = ShapeOf(x), to = LengthsArgument(call, from.Count);
        if (from.Count != to.Count) Require(from.Count, to.Count, call, $"{from} cannot be reshaped to {to}");
        return to == from ? x : _builder.Apply(new Reshape(), new TensorType(x.Element, to), x);
    }

    private Value BroadcastOf(IInvocationOperation call)
    {
        Value x = TensorArgument(call, 0);
        Shape from = ShapeOf(x), to = LengthsArgument(call, null);
        if (from.Rank > to.Rank)
            throw Unsupported(FrontEndDescriptors.ShapeMismatch, call, "'Broadcast'", $"{from} has more axes than {to}");
        for (int k = 1; k <= from.Rank; k++)
            if (!from[from.Rank - k].IsOne) Require(from[from.Rank - k], to[to.Rank - k], call, $"{from} does not broadcast to {to}");
        return to == from ? x : _builder.Apply(new BroadcastTo(), new TensorType(x.Element, to), x);
    }

    /// <summary>The shape in a <c>lengths</c> argument; a −1 is what is left of <paramref name="count"/>.</summary>
    private Shape LengthsArgument(IInvocationOperation call, Dim? count)
    {
        string name = call.TargetMethod.Name;
        IOperation list = Argument(call, "lengths");
        while (list is IConversionOperation conversion) list = conversion.Operand;
        if (list is IPropertyReferenceOperation { Property.Name: "Lengths", Instance: { } other } && TypeMap.Tensor(other.Type) is not null)
            return ShapeOf(ValueOf(other));
        if (Items(list) is not { } items)
            throw Unsupported(FrontEndDescriptors.NotConstant, list, "lengths", name, "a list of integers, written out");
        var dims = new Dim[items.Length];
        int open = -1;
        for (int k = 0; k < dims.Length; k++)
        {
            dims[k] = DimArgument(items[k], "lengths", name);
            if (dims[k].Literal is not < 0) continue;
            if (dims[k].Literal != -1 || open >= 0 || count is null)
                throw Unsupported(
                    FrontEndDescriptors.ShapeMismatch, items[k], $"'{name}'", "a length is negative; one may be -1 in Reshape");
            open = k;
        }

        if (open < 0) return new Shape(new(dims));
        Dim others = dims.Where((_, k) => k != open).Aggregate(Dim.One, static (a, b) => a * b);
        dims[open] = Dim.Divide(count!, others)
            ?? throw Unsupported(
                FrontEndDescriptors.NotConstant, items[open], "lengths", name,
                $"written out: {count} divided by {others} is not simple enough");
        return new Shape(new(dims));
    }

    private Value SliceOf(IInvocationOperation call)
    {
        Value x = TensorArgument(call, 0);
        Shape shape = ShapeOf(x);
        int axis = AxisArgument(Argument(call, "axis"), shape, "Slice");
        Dim start = DimArgument(Argument(call, "start"), "start", "Slice"),
            length = DimArgument(Argument(call, "length"), "length", "Slice");
        if (start.Literal is < 0 || length.Literal is < 0 || (shape[axis] - start - length).Literal is < 0)
            throw Unsupported(
                FrontEndDescriptors.ShapeMismatch, call, "'Slice'", $"{start} to {start + length} is not inside axis {axis} of {shape}");
        var type = new TensorType(x.Element, new Shape(shape.Dims.Select((d, k) => k == axis ? length : d).ToEquatable()));
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
        foreach (Value tensor in tensors.Skip(1))
        {
            Shape other = ShapeOf(tensor);
            for (int k = 0; k < first.Rank && other.Rank == first.Rank; k++)
                if (k != axis) Require(first[k], other[k], call, $"{first} and {other} cannot be joined along axis {axis}");
        }

        return Applied(call, new Concat(axis), tensors);
    }
}
