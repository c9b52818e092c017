using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Interpretation;

/// <summary>Every <see cref="Operation"/>, applied to interpreted operands.</summary>
internal static class OperationFunctions
{
    /// <summary>The result, not yet rounded to its element kind.</summary>
    public static InterpretedValue Evaluate(Apply apply, InterpretedValue[] inputs, DimensionScope dimensions)
    {
        int[] Shape() => dimensions.Evaluate(((TensorType)apply.Result.Type).Shape);
        int Size(Dim dim) => checked((int)dimensions.Evaluate(dim));
        switch (apply.Operation)
        {
            case Elementwise elementwise: return Map(elementwise.Op, apply, inputs);
            case Reduce reduce: return Demote(TensorFunctions.Reduce(reduce, Tensor(inputs[0])), apply.Result.Type);
            case MatMul product: return TensorFunctions.MatMul(product, Tensor(inputs[0]), Tensor(inputs[1]));
            case Permute permute: return TensorFunctions.Permute(permute, Tensor(inputs[0]));
            case Reshape: return Demote(Reshaped(Tensor(inputs[0]), apply.Result.Type is TensorType ? Shape() : []), apply.Result.Type);
            case BroadcastTo: return TensorFunctions.Make(Shape(), index => Tensor(inputs[0]).At(index));
            case SliceAxis slice: return TensorFunctions.Slice(Tensor(inputs[0]), slice.Axis, Size(slice.Start), Shape());
            case PadAxis pad: return TensorFunctions.Pad(Tensor(inputs[0]), pad.Axis, Size(pad.Start), Shape());
            case Concat concat: return TensorFunctions.Concat(concat.Axis, inputs.Select(Tensor).ToArray());
            case Gather: return TensorFunctions.Gather(Tensor(inputs[0]), Tensor(inputs[1]));
            case ScatterAdd: return TensorFunctions.ScatterAdd(Tensor(inputs[0]), Tensor(inputs[1]), Shape());
            case CausalFill fill: return TensorFunctions.CausalFill(fill.Fill, Tensor(inputs[0]), Size(fill.Start));
            case Softmax: return RowFunctions.Softmax(Tensor(inputs[0]));
            case LogSoftmax: return RowFunctions.LogSoftmax(Tensor(inputs[0]));
            case LogSumExp: return RowFunctions.LogSumExp(Tensor(inputs[0]));
            case CrossEntropy entropy: return new InterpretedScalar(
                RowFunctions.CrossEntropy(entropy.IgnoreIndex, Tensor(inputs[0]), Tensor(inputs[1])));
            case CrossEntropyGradient gradient:
                return RowFunctions.CrossEntropyGradient(gradient.IgnoreIndex, Tensor(inputs[0]), Tensor(inputs[1]), Scalar(inputs[2]));
            case LayerNorm { HasBias: true }:
                return RowFunctions.LayerNorm(Tensor(inputs[0]), Tensor(inputs[1]), Tensor(inputs[2]), Scalar(inputs[3]));
            case LayerNorm: return RowFunctions.LayerNorm(Tensor(inputs[0]), Tensor(inputs[1]), null, Scalar(inputs[2]));
            case RmsNorm: return RowFunctions.RmsNorm(Tensor(inputs[0]), Tensor(inputs[1]), Scalar(inputs[2]));
            case Copy: return inputs[0];
            case OneHot: return RowFunctions.OneHot(Tensor(inputs[0]), Shape());
            case PickTarget pick: return RowFunctions.Pick(pick.IgnoreIndex, Tensor(inputs[0]), Tensor(inputs[1]));
            case MaskTarget mask: return RowFunctions.Mask(mask.IgnoreIndex, Tensor(inputs[0]), Tensor(inputs[1]));
            case CountTargets count: return Counted(
                RowFunctions.CountTargets(count.IgnoreIndex, Size(count.Classes), Tensor(inputs[0])), apply.Result.Element);
            case DropoutMask: return Mask(Scalar(inputs[0]).Real, Scalar(inputs[1]).Integer, Shape());
            case DimensionValue dim: return new InterpretedScalar((long)Size(dim.Dimension));
            case GetMember member: return Find(((InterpretedModel)inputs[0]).Members, member.Member);
            case GetParameter parameter: return Find(((InterpretedModel)inputs[0]).Parameters, parameter.Parameter);
            case ElementAt: return Element((InterpretedModelList)inputs[0], Scalar(inputs[1]).Integer);
            case EnumNumber: return new InterpretedScalar(((InterpretedOpaque)inputs[0]).Number);
            case EnumValue: return new InterpretedOpaque(Scalar(inputs[0]).Integer);
            case OutsideElement array: throw new InterpretationException($"{array.Text} is not known to the interpreter");
            case Outside outside: throw new InterpretationException($"{outside.Text} is not known to the interpreter");
            case ModelCount: return new InterpretedScalar((long)((InterpretedModelList)inputs[0]).Items.Length);
            default: throw new InterpretationException($"the operation {apply.Operation.Name} is not known to the interpreter");
        }
    }

    public static Number Scalar(InterpretedValue value) => value switch
    {
        InterpretedScalar scalar => scalar.Number,
        InterpretedTensor { Elements.Length: 1 } tensor => tensor.Elements[0],
        _ => throw new InterpretationException($"a scalar was expected, not {value.GetType().Name}"),
    };

    /// <summary>The operand as a tensor: a scalar has rank 0, a span of indices rank 1.</summary>
    public static InterpretedTensor Tensor(InterpretedValue value) => value switch
    {
        InterpretedTensor tensor => tensor,
        InterpretedScalar scalar => new InterpretedTensor([], [scalar.Number]),
        InterpretedBuffer buffer => new InterpretedTensor([buffer.Length], Enumerable.Range(0, buffer.Length).Select(i => buffer[i])
            .ToArray()),
        _ => throw new InterpretationException($"a tensor was expected, not {value.GetType().Name}"),
    };

    private static InterpretedValue Map(ScalarOp op, Apply apply, InterpretedValue[] inputs)
    {
        ElementKind[] kinds = apply.Inputs.Select(static v => v.Element).ToArray();
        ElementKind result = apply.Result.Element;
        if (apply.Result.Type is ScalarType)
            return new InterpretedScalar(ScalarFunctions.Evaluate(op, kinds, result, inputs.Select(Scalar).ToArray()));
        InterpretedTensor[] operands = inputs.Select(Tensor).ToArray();
        int[] shape = operands.Select(static o => o.Shape).Aggregate(TensorIndex.Broadcast);
        return TensorFunctions.Make(shape, index
            => ScalarFunctions.Evaluate(op, kinds, result, operands.Select(o => o.At(index)).ToArray()));
    }

    private static InterpretedValue Demote(InterpretedTensor tensor, IrType type)
        => type is ScalarType ? new InterpretedScalar(tensor.Elements[0]) : tensor;

    private static InterpretedScalar Counted(int count, ElementKind kind)
        => new(kind.IsFloating() ? Number.Of((double)count) : Number.Of((long)count));

    private static InterpretedTensor Reshaped(InterpretedTensor x, int[] shape) => new(shape, x.Elements);

    private static InterpretedTensor Mask(double rate, long seed, int[] shape)
    {
        var elements = new Number[TensorIndex.Count(shape)];
        for (int i = 0; i < elements.Length; i++) elements[i] = Number.Of(DropoutRandom.Keeps(seed, i, rate) ? 1 / (1 - rate) : 0.0);
        return new InterpretedTensor(shape, elements);
    }

    private static InterpretedValue Find<T>(Dictionary<string, T> members, string name)
        where T : InterpretedValue
        => members.TryGetValue(name, out T? member) ? member : throw new InterpretationException($"the model has no member {name}");

    private static InterpretedModel Element(InterpretedModelList list, long index)
        => index >= 0 && index < list.Items.Length ? list.Items[index]
            : throw new InterpretationException($"model {index} of {list.Items.Length}");
}
