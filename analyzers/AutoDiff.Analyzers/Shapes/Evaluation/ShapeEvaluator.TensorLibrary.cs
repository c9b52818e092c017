using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

// System.Numerics.Tensors.
internal sealed partial class ShapeEvaluator
{
    private ShapeValue? TensorCall(IInvocationOperation call, ShapeValue receiver)
    {
        IOperation[] operands = Operands(call);
        if (call.TargetMethod.ContainingType.Name == "TensorPrimitives") return Primitive(call, operands);
        if (call.Instance is not null) return InstanceCall(call, receiver, operands);
        switch (call.TargetMethod.Name)
        {
            case "Create":
                return Created(call);
            case "CreateFromShape" or "CreateFromShapeUninitialized" or "CreateUninitialized":
                return Sizes(Argument(call, "lengths")) is { } made ? Written(call, made) : null;
            case "Resize" when Sizes(Argument(call, "lengths")) is { } lengths:
                return Written(call, lengths);
            case "Reshape":
                return Reshaped(call, "tensor");
            case "Transpose":
                return Ruled(call, "tensor", x => ShapeRules.Transpose(_sizes, x));
            case "PermuteDimensions":
                return Ruled(call, "tensor", x => Integers(Argument(call, "dimensions")) is { } order ? Permuted(x, order)
                    : Ranked(x), "dimensions");
            case "Squeeze":
                return Ruled(call, "tensor", static x => x.HasRest || x.Dims.Any(static d => d.Literal is null) ? null
                    : new Shape(x.Dims.Where(static d => !d.IsOne).ToEquatable()));
            case "SqueezeDimension":
                return Ruled(call, "tensor", x => Squeezed(call, x), "dimension");
            case "Unsqueeze":
                return Ruled(call, "tensor", x => Unsqueezed(call, x), "dimension");
            case "Broadcast" when operands.Length == 2 && TypeMap.Tensor(operands[1].Type) is null:
                return Ruled(call, call.TargetMethod.Parameters[0].Name, x => Sizes(operands[1]) is { } to
                    ? ShapeRules.BroadcastTo(_sizes, x, to) : null,
                    call.TargetMethod.Parameters[1].Name);
            case "Concatenate" or "ConcatenateOnDimension" when TypeMap.Tensor(call.Type) is not null:
                return Concatenated(call, Argument(call, "tensors"), Argument(call, "dimension"));
            case "Stack" or "StackAlongDimension" when TypeMap.Tensor(call.Type) is not null:
                return Stacked(call);
            case "Split":
                return Split(call);
            case "SetSlice" when operands.Length == 3 && Evaluate(operands[0]) is TensorValue whole:
                CheckWritten(call, operands[1], Sliced(call, whole, operands[2]), SourceText.Of(operands[0].Syntax));
                return whole;
            case "ReverseDimension":
                return Ruled(call, "tensor", x => Evaluate(Argument(call, "dimension")) is NumberValue { Size.Literal: long axis }
                    && ShapeRules.Axis(_sizes, x, (int)axis, "ReverseDimension") is -1 ? null : x, "dimension");
            case "Reverse" or "FilteredUpdate":
                return operands.Length == 0 ? null : Evaluate(operands[0]);
            case "CopyTo" or "BroadcastTo" when operands.Length == 2:
                CheckWritten(call, operands[0], Evaluate(operands[1]), SourceText.Of(operands[1].Syntax));
                return ShapeValue.Unknown;
            case not null when IsOfEveryElement(call):
                Elementwise(call, operands, operands.Select(Evaluate).ToArray(), isOperator: false);
                return ShapeValue.Unknown;
            case not null when Argument(call, "destination") is { } destination && call.TargetMethod.Parameters[0].Name is "x" or "left" or "source":
                IOperation[] sources = operands.Where(o => o != destination).ToArray();
                ShapeValue joined = Elementwise(call, sources, sources.Select(Evaluate).ToArray(), isOperator: false);
                if (joined is TensorValue) CheckDestination(call, joined, destination);
                return Evaluate(destination);
            default:
                return TypeMap.Tensor(call.Type) is null || call.TargetMethod.Parameters.Any(static p => p.Name == "destination")
                    || call.TargetMethod.Parameters.Any(static p => TypeMap.Buffer(p.Type) is not null)
                    ? null
                    : Elementwise(call, operands, operands.Select(Evaluate).ToArray(), isOperator: true);
        }
    }

    /// <summary>An operation on spans: those that are read are of one length, and the one that is written is not shorter.</summary>
    private ShapeValue? Primitive(IInvocationOperation call, IOperation[] operands)
    {
        (IOperation At, long Length)? first = null;
        for (int i = 0; i < operands.Length; i++)
        {
            if (call.Arguments[i].Parameter is not { Type.Name: "Span" or "ReadOnlySpan", Name: var name }
                || Evaluate(operands[i]) is not SequenceValue { Length.Literal: long length }) continue;
            if (first is not var (at, before)) first = (operands[i], length);
            else if (name.StartsWith("destination", StringComparison.Ordinal) ? length < before : length != before)
            {
                Report(ShapeDescriptors.Broadcast, operands[i],
                    $"'{SourceText.Of(operands[i].Syntax)}' has {length} elements, and '{SourceText.Of(at.Syntax)}' has {before}");
            }
        }

        return null;
    }

    private ShapeValue? InstanceCall(IInvocationOperation call, ShapeValue receiver, IOperation[] operands)
    {
        if (receiver is not TensorValue tensor) return null;
        switch (call.TargetMethod.Name)
        {
            case "Slice" when operands.Length == 1:
                return Sliced(call, tensor, operands[0]);
            case "GetSpan" when operands.Length == 2:
                return new SequenceValue(Size(operands[1]), null, ShapeValue.Unknown);
            case "ToDenseTensor" or "AsTensorSpan" or "AsReadOnlyTensorSpan" or "Clone" when operands.Length == 0:
                return tensor;
            case "AsTensorSpan" or "AsReadOnlyTensorSpan" when operands.Length == 1:
                return Sliced(call, tensor, operands[0]);
            case "CopyTo" or "FlattenTo" when operands.Length == 1:
                CheckWritten(call, call.Instance!, Evaluate(operands[0]), SourceText.Of(operands[0].Syntax));
                return ShapeValue.Unknown;
            default:
                return null;
        }
    }

    private TensorValue Written(IOperation call, Shape shape) => new(shape) { Origin = new Origin(null, call.Syntax) };

    private ShapeValue? Created(IInvocationOperation call)
    {
        if (call.Arguments.Length == 0) return null;
        ShapeValue data = Evaluate(Operands(call)[0]);
        if (Argument(call, "lengths") is not { } list)
            return data is SequenceValue { Length: var length } ? Written(call, Shape.Of(length)) : null;
        if (Sizes(list) is not { } lengths) return null;
        if (lengths.Rank == 0) return Written(call, Shape.Of(data is SequenceValue whole ? whole.Length : SizeComparison.Unknown));
        if (data is SequenceValue { Length.Literal: long elements } && Argument(call, "strides") is null
            && Guarded(() => Shape.Of(lengths.Count))?[0].Literal is long count && count > elements)
            Report(ShapeDescriptors.Count, list,
                $"{Text(lengths)} has {count} elements, and '{SourceText.Of(Operands(call)[0].Syntax)}' has {elements}");
        return Written(call, lengths);
    }

    private Shape? Permuted(Shape x, int[] order)
    {
        foreach (int axis in order)
        {
            if (axis >= 0) continue;
            return _sizes.Fail(new(ShapeProblemKind.Axis, $"'PermuteDimensions' counts axes from the start, and {axis} is negative", -1));
        }

        return ShapeRules.Transpose(_sizes, x, order);
    }

    private Shape? Squeezed(IInvocationOperation call, Shape x)
    {
        if (x.HasRest || Evaluate(Argument(call, "dimension")) is not NumberValue { Size.Literal: long axis } || axis == -1) return null;
        if (ShapeRules.Axis(_sizes, x, (int)axis, "SqueezeDimension") is not (int counted and >= 0)) return null;
        if (x[counted].Literal is long length and not 1)
            return _sizes.Fail(new(ShapeProblemKind.Axis,
                $"axis {counted} of {x} has length {length}, and only an axis of length 1 can be taken away", -1));
        return new Shape(x.Dims.Where((_, k) => k != counted).ToEquatable());
    }

    private Shape? Unsqueezed(IInvocationOperation call, Shape x)
    {
        if (x.HasRest || Evaluate(Argument(call, "dimension")) is not NumberValue { Size.Literal: long axis }) return null;
        if (axis < 0 || axis > x.Rank)
            return _sizes.Fail(new(ShapeProblemKind.Axis, $"'Unsqueeze' puts an axis at 0 to {x.Rank} of {x}, not at {axis}", -1));
        return new Shape([.. x.Dims.Take((int)axis), Dim.One, .. x.Dims.Skip((int)axis)]);
    }

    private ShapeValue? Stacked(IInvocationOperation call)
    {
        IOperation? list = Argument(call, "tensors");
        long? axis = Argument(call, "dimension") is { } dimension ? (Evaluate(dimension) as NumberValue)?.Size.Literal : 0;
        if (Evaluate(list) is not SequenceValue { Items: { IsEmpty: false } items } || axis is null || items[0] is not TensorValue first)
            return null;
        IReadOnlyList<IOperation> operands = Elements(list!);
        for (int i = 1; i < items.Length; i++)
        {
            if (items[i] is not TensorValue next) return null;
            _sizes.Reset();
            if (ShapeRules.SameShape(_sizes, first.Shape, next.Shape) is not null || _sizes.Problem is null) continue;
            bool isWritten = operands.Count == items.Length;
            ReportProblem(call, isWritten ? [operands[0], operands[i]] : [call, call], [first, next], null);
            return null;
        }

        if (first.Shape.HasRest || axis < 0 || axis > first.Shape.Rank) return null;
        return Written(call, new Shape([.. first.Shape.Dims.Take((int)axis), Dim.Constant(items.Length),
            .. first.Shape.Dims.Skip((int)axis)]));
    }

    /// <summary>x[0..2, ..]: a range for each axis.</summary>
    private ShapeValue Sliced(IOperation at, TensorValue tensor, IOperation ranges)
    {
        if (Evaluate(ranges) is not SequenceValue { Items: { } items } || tensor.Shape.HasRest) return ShapeValue.Unknown;
        Shape shape = tensor.Shape;
        IReadOnlyList<IOperation> written = Elements(ranges);
        if (items.Length != shape.Rank)
        {
            if (items.All(static i => i is RangeValue))
                Report(ShapeDescriptors.Slice, at,
                    $"{items.Length} {(items.Length == 1 ? "range is" : "ranges are")} given for the {shape.Rank} axes of {Text(shape)}: write '..' for an axis that is taken whole");
            return ShapeValue.Unknown;
        }

        var dims = new Dim[items.Length];
        for (int k = 0; k < dims.Length; k++)
        {
            dims[k] = SizeComparison.Unknown;
            if (items[k] is not RangeValue range) continue;
            dims[k] = Extent(shape[k], range) ?? SizeComparison.Unknown;
            if (range == RangeValue.All) continue;
            Dim? start = Absolute(shape[k], range.Start), end = Absolute(shape[k], range.End);
            bool isWrong = start?.Literal is < 0 || dims[k].Literal is < 0
                || end is not null && !shape[k].IsUnknown() && (shape[k] - end) is var left
                    && (left.Literal is < 0 || ShapeRules.IsShort(shape[k], left));
            if (!isWrong) continue;
            IOperation blamed = k < written.Count ? written[k] : at;
            Report(ShapeDescriptors.Slice, blamed,
                $"'{SourceText.Of(blamed.Syntax)}' is not inside axis {k} of {Text(shape)}, which has length {Spelled(shape[k])}");
            return ShapeValue.Unknown;
        }

        return Written(at, new Shape(new(dims)));
    }
}
