using AutoDiff.Compiler.Analysis.Shapes;

namespace AutoDiff.Compiler.IR;

public sealed partial class IrVerifier
{
    private void CheckOperation(Apply apply)
    {
        EquatableArray<Value> inputs = apply.Inputs;
        int arity = Arity(apply.Operation);
        if (arity >= 0 ? inputs.Length != arity : inputs.IsEmpty)
        {
            string expected = arity >= 0 ? IrText.Integer(arity) : "some";
            Report($"there are {inputs.Length} operands, not {expected}");
            return;
        }

        foreach (Dim dim in AttributeDims(apply.Operation)) CheckDim(dim, "the operation");
        try
        {
            if (apply.Operation is Elementwise elementwise) CheckElementwise(elementwise.Op, apply);
            else if (HasInferredType(apply.Operation)) CheckTensor(apply);
            else CheckTyped(apply);
        }
        catch (ShapeException exception)
        {
            Report(exception.Message);
        }
    }

    private void CheckElementwise(ScalarOp op, Apply apply)
    {
        if (apply.Inputs.Any(static v => v.Type is not (ScalarType or TensorType)))
        {
            Report("an operand is neither a scalar nor a tensor");
            return;
        }

        string? wrong = ElementKindRules.Violation(op, apply.Inputs.Select(static v => v.Element).ToArray());
        if (wrong is not null) Report(wrong);
        IrType expected = TypeInference.Infer(apply.Operation, apply.Inputs);
        if (op == ScalarOp.Convert && apply.Result.Type is ScalarType or TensorType)
            expected = expected is TensorType tensor ? tensor with { Element = apply.Result.Element }
                : new ScalarType(apply.Result.Element);
        CheckType(apply.Result, expected, "the result");
    }

    /// <summary>Operations whose result type follows from their operands.</summary>
    private void CheckTensor(Apply apply)
    {
        EquatableArray<Value> inputs = apply.Inputs;
        if (apply.Operation is not (DimensionValue or ModelCount))
        {
            foreach (Value input in inputs.Take(TensorOperands(apply.Operation, inputs.Length)))
            {
                if (input.Type is not (TensorType or BufferType { Element: ElementKind.Int32 }))
                {
                    Report($"{input} is {input.Type}, not a tensor");
                    return;
                }
            }

            if (!CheckAxes(apply.Operation, inputs)) return;
        }

        CheckType(apply.Result, TypeInference.Infer(apply.Operation, inputs), "the result");
        CheckElements(apply.Operation, inputs);
    }

    private bool CheckAxes(Operation operation, EquatableArray<Value> inputs)
    {
        int rank = inputs[0].Type is TensorType tensor ? tensor.Shape.Rank : 1;
        string? wrong = operation switch
        {
            Reduce reduce when reduce.Axes.Any(axis => axis < 0 || axis >= rank)
                || !reduce.Axes.SequenceEqual(reduce.Axes.Distinct().OrderBy(static a => a))
                => "the axes are not ascending axes of the operand",
            Permute permute when !permute.Axes.OrderBy(static a => a).SequenceEqual(Enumerable.Range(0, rank))
                => "the axes are not a permutation",
            Concat concat when concat.Axis < 0 || concat.Axis >= rank => "there is no such axis",
            CausalFill when rank < 2 => "the operand has fewer than two axes",
            Softmax or LogSoftmax or LogSumExp or CrossEntropy or CrossEntropyGradient or LayerNorm or RmsNorm or Gather when rank < 1
                => "the operand has no axis",
            _ => null,
        };
        if (wrong is not null) Report(wrong);
        return wrong is null;
    }

    /// <summary>Element kinds, and the shapes that the result's type does not depend on.</summary>
    private void CheckElements(Operation operation, EquatableArray<Value> inputs)
    {
        ElementKind kind = operation is DimensionValue or ModelCount ? ElementKind.Int32 : inputs[0].Element;
        Shape? shape = operation is DimensionValue or ModelCount ? null : (inputs[0].Type as TensorType)?.Shape;
        switch (operation)
        {
            case MatMul or Concat:
                Report("the elements of the operands differ", inputs.Any(v => v.Element != kind));
                break;
            case Gather:
                Report($"the indices are {inputs[1].Type}", !inputs[1].Element.IsInteger());
                break;
            case CrossEntropy or CrossEntropyGradient:
                Report($"the targets are {inputs[1].Type}", !inputs[1].Element.IsInteger());
                if (inputs[1].Type is TensorType targets && shape is not null
                    && !AreEqual(targets.Shape, new Shape(shape.Dims.Take(shape.Rank - 1).ToEquatable())))
                    Report($"targets of shape {targets.Shape} for logits of shape {shape}");
                if (operation is CrossEntropyGradient) CheckType(inputs[2], new ScalarType(kind), "the cotangent");
                break;
            case LayerNorm or RmsNorm:
                Report("the epsilon is not a floating scalar", inputs[inputs.Length - 1].Type is not ScalarType { Kind: var epsilon }
                    || !epsilon.IsFloating());
                foreach (Value weight in inputs.Skip(1).Take(inputs.Length - 2))
                    CheckType(weight, new TensorType(kind, Shape.Of(shape![-1])), "the weight or bias");
                break;
        }

        if (operation is Softmax or LogSoftmax or LogSumExp or CrossEntropy or CrossEntropyGradient or LayerNorm or RmsNorm)
            Report("the elements are not floating", !kind.IsFloating());
    }

    /// <summary>Operations whose result type is part of their meaning.</summary>
    private void CheckTyped(Apply apply)
    {
        EquatableArray<Value> inputs = apply.Inputs;
        IrType type = apply.Result.Type;
        switch (apply.Operation)
        {
            case Reshape:
                CheckSameElement(apply);
                if (inputs[0].Type is TensorType from && type is TensorType to && !_dims.AreEqual(from.Shape.Count, to.Shape.Count))
                    ShapeInference.Same(from.Shape.Count, to.Shape.Count,
                        $"{from.Shape} and {to.Shape} have not the same number of elements");
                break;
            case BroadcastTo:
                CheckSameElement(apply);
                if (type is TensorType repeated && inputs[0].Type is TensorType source
                    && !AreEqual(ShapeInference.Broadcast(source.Shape, repeated.Shape), repeated.Shape))
                    Report($"{source.Shape} does not broadcast to {repeated.Shape}");
                break;
            case SliceAxis slice:
                CheckAxisResult(apply, slice.Axis);
                break;
            case PadAxis pad:
                CheckAxisResult(apply, pad.Axis);
                break;
            case ScatterAdd:
                Report($"the indices are {inputs[0].Type}", inputs[0].Type is not (TensorType or BufferType)
                    || !inputs[0].Element.IsInteger());
                if (type is not TensorType table || inputs[1].Type is not TensorType updates || table.Element != updates.Element)
                    Report($"{inputs[1].Type} does not add to {type}");
                else if (inputs[0].Type is TensorType indices
                    && !AreEqual(updates.Shape, new Shape([.. indices.Shape.Dims, .. table.Shape.Dims.Skip(1)])))
                    Report($"updates of shape {updates.Shape} at {indices.Shape} rows of {table.Shape}");
                break;
            case DropoutMask:
                Report("the mask is not a floating tensor", type is not TensorType { IsDifferentiable: true });
                Report("the rate is not a floating scalar", inputs[0].Type is not ScalarType { Kind: var rate } || !rate.IsFloating());
                Report("the seed is not an integer", inputs[1].Type is not ScalarType { Kind: var seed } || !seed.IsInteger());
                break;
            case Copy:
                CheckType(apply.Result, inputs[0].Type, "the result");
                break;
            case OneHot or CountTargets:
                Report($"the targets are {inputs[0].Type}", inputs[0].Type is not (TensorType or BufferType)
                    || !inputs[0].Element.IsInteger());
                Report($"a one-hot of type {type}", apply.Operation is OneHot && type is not TensorType);
                break;
            case PickTarget or MaskTarget:
                Report($"the targets are {inputs[1].Type}", inputs[1].Type is not (TensorType or BufferType)
                    || !inputs[1].Element.IsInteger());
                if (inputs[0].Type is not TensorType rows) Report($"{inputs[0]} is {inputs[0].Type}, not a tensor");
                else if (apply.Operation is MaskTarget) CheckType(apply.Result, rows, "the result");
                else CheckType(apply.Result, rows with { Shape = new Shape([.. rows.Shape.Dims.Take(rows.Shape.Rank - 1), Dim.One]) },
                    "the result");
                break;
            case GetMember or GetParameter:
                Report($"{inputs[0]} is {inputs[0].Type}, not a model or object", inputs[0].Type is not (ModelType or OpaqueType));
                Report($"a parameter of type {type}", apply.Operation is GetParameter && type is not TensorType);
                break;
            case IsInstance or AsInstance:
                Report($"{inputs[0]} is {inputs[0].Type}, not an object", inputs[0].Type is not (ModelType or OpaqueType));
                Report($"the result is {type}", apply.Operation is IsInstance ? type != IrType.Bool : type is not (ModelType or OpaqueType));
                break;
            case IsNull:
                Report($"{inputs[0]} is {inputs[0].Type}, not a reference", inputs[0].Type is not (ModelType or OpaqueType or BufferType));
                CheckType(apply.Result, IrType.Bool, "the result");
                break;
            case Outside:
                Report($"the result is {type}", type is not (ScalarType or OpaqueType));
                break;
            case OutsideElement:
                foreach (Value index in inputs.Where(static v => v.Type is not OpaqueType)) CheckType(index, IrType.Int32, "the index");
                Report($"the result is {type}", type is not (ScalarType or OpaqueType));
                break;
            case EnumNumber:
                Report($"{inputs[0]} is {inputs[0].Type}, not a value of an enumeration", inputs[0].Type is not OpaqueType);
                Report($"the result is {type}", type is not ScalarType { Kind: var number } || !number.IsInteger());
                break;
            case EnumValue:
                Report($"{inputs[0]} is {inputs[0].Type}, not an integer", inputs[0].Type is not ScalarType { Kind: var underlying } || !underlying.IsInteger());
                Report($"the result is {type}", type is not OpaqueType);
                break;
            case ElementAt:
                if (inputs[0].Type is ModelListType list) CheckType(apply.Result, list.Element, "the result");
                else Report($"{inputs[0]} is {inputs[0].Type}, not a list of models");
                CheckType(inputs[1], IrType.Int32, "the index");
                break;
        }
    }

    private void CheckSameElement(Apply apply)
    {
        Value input = apply.Inputs[0];
        if (input.Type is not (ScalarType or TensorType) || apply.Result.Type is not (ScalarType or TensorType)
            || input.Element != apply.Result.Element)
            Report($"{input.Type} does not become {apply.Result.Type}");
    }

    /// <summary>Slices and pads: the same element and rank, and the same length of every other axis.</summary>
    private void CheckAxisResult(Apply apply, int axis)
    {
        if (apply.Inputs[0].Type is not TensorType from || apply.Result.Type is not TensorType to || from.Element != to.Element
            || from.Shape.Rank != to.Shape.Rank
            || axis < 0 || axis >= from.Shape.Rank
                || Enumerable.Range(0, from.Shape.Rank).Any(k => k != axis && !_dims.AreEqual(from.Shape[k], to.Shape[k])))
            Report($"{apply.Inputs[0].Type} does not become {apply.Result.Type}");
    }

    private static bool HasInferredType(Operation operation)
        => operation is not (
            Copy or OneHot or PickTarget or MaskTarget or CountTargets or Reshape or BroadcastTo or SliceAxis or PadAxis or ScatterAdd
            or DropoutMask or GetMember or GetParameter or ElementAt or IsInstance or IsNull or AsInstance or Outside or OutsideElement or EnumNumber or EnumValue);

    private static int Arity(Operation operation) => operation switch
    {
        Elementwise elementwise => elementwise.Op.Arity(),
        DimensionValue or Outside => 0,
        Concat or OutsideElement => -1,
        MatMul or Gather or ScatterAdd or PickTarget or MaskTarget or CrossEntropy or DropoutMask or ElementAt => 2,
        CrossEntropyGradient or RmsNorm or LayerNorm { HasBias: false } => 3,
        LayerNorm => 4,
        _ => 1,
    };

    /// <summary>How many leading operands are tensors (or spans of indices).</summary>
    private static int TensorOperands(Operation operation, int count) => operation is LayerNorm or RmsNorm or CrossEntropyGradient
        ? count - 1 : count;

    private static IEnumerable<Dim> AttributeDims(Operation operation) => operation switch
    {
        SliceAxis slice => [slice.Start],
        PadAxis pad => [pad.Start],
        DimensionValue dim => [dim.Dimension],
        CountTargets count => [count.Classes],
        _ => [],
    };
}
