using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private Value GatherOf(IInvocationOperation call)
    {
        Value table = TensorArgument(call, 0), indices = TensorArgument(call, 1);
        if (ShapeOf(table).HasRest)
            throw Unsupported(
                FrontEndDescriptors.MissingShape, call, StepText.Of(call.Arguments[0].Syntax),
                "name all its axes, the first of which is indexed");
        return Applied(call, new Gather(), table, indices);
    }

    private Value CausalMaskOf(IInvocationOperation call)
    {
        Value scores = TensorArgument(call, 0);
        ShapeRules.CausalMask(SizesAt(call), ShapeOf(scores));
        return Applied(call, new CausalFill(double.NegativeInfinity), scores);
    }

    private Value CrossEntropyOf(IInvocationOperation call)
    {
        Value logits = TensorArgument(call, 0), targets = TensorArgument(call, 1);
        Shape rows = ShapeOf(logits), labels = ShapeOf(targets);
        if (rows.Rank < 2)
            throw Unsupported(FrontEndDescriptors.ShapeMismatch, call, "'CrossEntropy'", $"logits need rows and classes, not {rows}");
        ShapeRules.CrossEntropy(SizesAt(call), rows, labels, byCount: rows.Rank - 1 != labels.Rank);
        return Applied(call, new CrossEntropy(IntArgument(Argument(call, "ignoreIndex"), "ignoreIndex", "CrossEntropy")), logits, targets);
    }

    private Value MeanSquaredErrorOf(IInvocationOperation call)
    {
        Value x = TensorArgument(call, 0), y = TensorArgument(call, 1);
        ShapeRules.SameShape(SizesAt(call), ShapeOf(x), ShapeOf(y));
        Value squares = TensorElementwise(ScalarOp.Square, call, TensorElementwise(ScalarOp.Subtract, call, x, y));
        return Applied(call, new Reduce(ReduceKind.Mean, Enumerable.Range(0, ShapeOf(x).Rank).ToEquatable(), false), squares);
    }

    private Value DropoutOf(IInvocationOperation call)
    {
        Value x = TensorArgument(call, 0), rate = _builder.Convert(ValueOf(Argument(call, "rate")), ElementKind.Double),
            seed = ValueOf(Argument(call, "seed"));
        if (seed.Element != ElementKind.UInt64) seed = _builder.Convert(seed, ElementKind.Int64);
        return TensorElementwise(ScalarOp.Multiply, call, x, _builder.Apply(new DropoutMask(), x.Type, rate, seed));
    }

    private Value LayerNormOf(IInvocationOperation call)
    {
        Value x = TensorArgument(call, 0), weight = TensorArgument(call, 1);
        ShapeRules.Features(SizesAt(call), ShapeOf(x), ShapeOf(weight), 1, "weight");
        if (call.TargetMethod.Parameters[2].Name != "bias")
            return Applied(call, new LayerNorm(HasBias: false), x, weight, Epsilon(call, x));
        Value bias = TensorArgument(call, 2);
        ShapeRules.Features(SizesAt(call), ShapeOf(x), ShapeOf(bias), 2, "bias");
        return Applied(call, new LayerNorm(HasBias: true), x, weight, bias, Epsilon(call, x));
    }

    private Value RmsNormOf(IInvocationOperation call)
    {
        Value x = TensorArgument(call, 0), weight = TensorArgument(call, 1);
        ShapeRules.Features(SizesAt(call), ShapeOf(x), ShapeOf(weight), 1, "weight");
        return Applied(call, new RmsNorm(), x, weight, Epsilon(call, x));
    }

    /// <summary>In the type of the elements, as the formula uses it.</summary>
    private Value Epsilon(IInvocationOperation call, Value x)
    {
        IOperation epsilon = Argument(call, "epsilon");
        return epsilon.ConstantValue is { HasValue: true, Value: double constant }
            ? _builder.Constant(new ScalarType(x.Element), constant)
            : _builder.Convert(ValueOf(epsilon), x.Element);
    }
}
