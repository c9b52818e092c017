using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>
/// Rewrites composite operations into what kernels are made of: elementwise operations, sums and extrema over the last axis (kept as 1), over all axes but
/// the last, or over everything; and views. Values keep their identity, so that whoever read a result still does.
/// </summary>
internal sealed partial class Decomposer
{
    private readonly ValueFactory _values;
    private readonly Dictionary<int, Apply> _definitions = [];
    private readonly Dictionary<int, int> _uses;
    private List<Instruction> _body = [];
    private int _step;
    private bool _onlyNormalisations;

    private Decomposer(ValueFactory values, Dictionary<int, int> uses) => (_values, _uses) = (values, uses);

    public static Region Run(Region region, ValueFactory values, IEnumerable<Value> alsoUsed)
    {
        Dictionary<int, int> uses = [];
        Uses.Count(region, uses);
        foreach (Value value in alsoUsed) Uses.Add(value, uses);
        return new Decomposer(values, uses).Rewrite(region);
    }

    /// <summary>Rewrites the normalisations and losses over rows only, and means of rows, so that their sums and extrema can be seen.</summary>
    public static Region Normalisations(Region region, ValueFactory values) => new Decomposer(values, []) { _onlyNormalisations = true }.Rewrite(region);

    private Region Rewrite(Region region)
    {
        List<Instruction> outer = _body;
        _body = [];
        foreach (Instruction instruction in region.Body)
        {
            _step = instruction.Step;
            switch (instruction)
            {
                case Apply apply: Rewrite(apply); break;
                case If branch: _body.Add(branch with { Then = Rewrite(branch.Then), Else = Rewrite(branch.Else) }); break;
                case For loop: _body.Add(loop with { Body = Rewrite(loop.Body) }); break;
                case While loop: _body.Add(loop with { Body = Rewrite(loop.Body) }); break;
                case BlockLoop loop:
                    Uses.Count(loop.Again, _uses);
                    Uses.Count(loop.Body, _uses);
                    _body.Add(loop with { Again = Rewrite(loop.Again), Body = Rewrite(loop.Body) });
                    break;
                case AccumulateParameter accumulate when !_onlyNormalisations: Accumulate(accumulate); break;
                default: _body.Add(instruction); break;
            }
        }

        Region result = region with { Body = _body.ToEquatable() };
        _body = outer;
        return result;
    }

    /// <summary>A sum is added to a gradient term by term: each term is then written by whoever computes it.</summary>
    private void Accumulate(AccumulateParameter accumulate)
    {
        if (_uses[accumulate.Operand.Id] == 1 && _definitions.TryGetValue(accumulate.Operand.Id, out Apply? sum) && sum.Operation is Elementwise { Op: ScalarOp.Add }
            && sum.Inputs.All(term => term.Type == sum.Result.Type) && _body.Remove(sum))
        {
            foreach (Value term in sum.Inputs) Accumulate(accumulate with { Operand = term });
            return;
        }

        _body.Add(accumulate);
    }

    private void Rewrite(Apply apply)
    {
        Value result = apply.Result;
        EquatableArray<Value> inputs = apply.Inputs;
        switch (apply.Operation)
        {
            case Reduce { Kind: ReduceKind.Mean, KeepDims: true } mean when _onlyNormalisations && mean.Axes.Length == 1 && mean.Axes[0] == ShapeOf(inputs[0]).Rank - 1:
                Define(result, ScalarOp.Divide, OverRow(ReduceKind.Sum, inputs[0]), Size(ShapeOf(inputs[0])[-1], inputs[0].Element));
                break;
            case not (CrossEntropy or CrossEntropyGradient or LayerNorm or RmsNorm) when _onlyNormalisations: _body.Add(apply); break;
            case Softmax: DefineSoftmax(result, inputs[0]); break;
            case LogSoftmax: DefineLogSoftmax(result, inputs[0]); break;
            case LogSumExp: DefineLogSumExp(result, inputs[0]); break;
            case CrossEntropy loss: DefineCrossEntropy(result, inputs[0], inputs[1], loss.IgnoreIndex); break;
            case CrossEntropyGradient loss: DefineCrossEntropyGradient(result, inputs[0], inputs[1], inputs[2], loss.IgnoreIndex); break;
            case LayerNorm norm: DefineLayerNorm(result, inputs, norm.HasBias); break;
            case RmsNorm: DefineRmsNorm(result, inputs); break;
            case Reduce reduce: DefineReduction(result, reduce, inputs[0]); break;
            case PadAxis pad: DefinePadding(result, pad, inputs[0]); break;
            case Elementwise { Op: ScalarOp.Add } when TryJoinPaddings(result, inputs): break;
            default: Define(result, apply.Operation, inputs.ToArray()); break;
        }
    }

    private void Define(Value result, Operation operation, params Value[] inputs)
    {
        var apply = new Apply(result, operation, new(inputs)) { Step = _step };
        _definitions[result.Id] = apply;
        _body.Add(apply);
    }

    private Value Apply(Operation operation, IrType type, params Value[] inputs)
    {
        Value result = _values.New(type);
        Define(result, operation, inputs);
        return result;
    }

    private Value Scalar(ScalarOp op, params Value[] inputs) => Apply(new Elementwise(op), TypeInference.Infer(new Elementwise(op), inputs), inputs);

    private void Define(Value result, ScalarOp op, params Value[] inputs) => Define(result, new Elementwise(op), inputs);

    private Value Convert(Value value, ElementKind kind)
        => value.Element == kind ? value : Apply(new Elementwise(ScalarOp.Convert), new ScalarType(kind), value);

    private Value Constant(ElementKind kind, double value)
    {
        Value result = _values.New(new ScalarType(kind));
        _body.Add(new Constant(result, kind.IsFloating() ? BitConverter.DoubleToInt64Bits(value) : (long)value) { Step = _step });
        return result;
    }

    private Value Size(Dim dimension, ElementKind kind) => Convert(Apply(new DimensionValue(dimension), IrType.Int32), kind);

    private Value Reshape(Value value, Shape shape) => ShapeOf(value) == shape
        ? value
        : Apply(new Reshape(), new TensorType(value.Element, shape), value);

    /// <summary>A reduction of the last axis, kept as 1.</summary>
    private Value OverRow(ReduceKind kind, Value x)
    {
        Shape shape = ShapeOf(x);
        var kept = new Shape([.. shape.Dims.Take(shape.Rank - 1), Dim.One]);
        return Apply(new Reduce(kind, [shape.Rank - 1], KeepDims: true), new TensorType(x.Element, kept), x);
    }

    private Value MeanOverRow(Value x) => Scalar(ScalarOp.Divide, OverRow(ReduceKind.Sum, x), Size(ShapeOf(x)[-1], x.Element));

    private static Shape ShapeOf(Value value) => value.Type is TensorType tensor ? tensor.Shape : Shape.Scalar;
}
