using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private Value ReduceOf(ReduceKind kind, IInvocationOperation call)
    {
        string name = call.TargetMethod.Name;
        Value x = TensorArgument(call, 0);
        Shape shape = ShapeOf(x);
        bool keepDims = Optional(call, "keepDims") is { } keep && BoolArgument(keep, "keepDims", name);
        if (call.TargetMethod.Parameters.Length == 1)
            return Applied(call, new Reduce(kind, Enumerable.Range(0, shape.Rank).ToEquatable(), false), x);
        int[] axes;
        if (call.TargetMethod.Parameters[1].Type.SpecialType == SpecialType.System_String) return NamedReduceOf(kind, call, x, shape);
        if (Optional(call, "axis") is { } axis)
        {
            axes = [AxisArgument(axis, shape, name)];
        }
        else
        {
            IOperation list = Argument(call, "axes");
            if (Items(list) is not { } items) throw Unsupported(FrontEndDescriptors.NotConstant, list, "axes", name, "a list of constants");
            axes = items.Select(i => AxisArgument(i, shape, name)).OrderBy(static a => a).Distinct().ToArray();
        }

        Value reduced = Applied(call, new Reduce(kind, new(axes), keepDims), x);
        // All axes of a tensor of one axis: Ops gives a tensor without axes, which is a scalar here.
        return reduced;
    }

    /// <summary>Sum(x, "batch time width -> batch width").</summary>
    private Value NamedReduceOf(ReduceKind kind, IInvocationOperation call, Value x, Shape shape)
    {
        string name = call.TargetMethod.Name;
        IOperation argument = Argument(call, "axes");
        if (argument.ConstantValue.Value is not string pattern) throw Unsupported(FrontEndDescriptors.NotConstant, argument, "axes", name, "a constant");
        if (NamedReduction.Parse(pattern, out string expected) is not { } named)
            throw Unsupported(FrontEndDescriptors.NotConstant, argument, "axes", name, expected);
        if (named.Rank != shape.Rank || shape.HasRest)
            throw Unsupported(FrontEndDescriptors.ShapeMismatch, argument, $"'{name}'", $"the pattern names {named.Rank} axes, and x is {shape}");
        return named.Axes.IsEmpty ? x : Applied(call, new Reduce(kind, named.Axes, named.KeepDims), x);
    }

    /// <summary>An operation along the last axis, with another axis brought there and back.</summary>
    private Value AlongLast(IInvocationOperation call, Operation operation)
    {
        Value x = TensorArgument(call, 0);
        int axis = AxisArgument(Argument(call, "axis"), ShapeOf(x), call.TargetMethod.Name), last = ShapeOf(x).Rank - 1;
        return axis == last ? Applied(call, operation, x) : Swapped(call, Applied(call, operation, Swapped(call, x, axis)), axis);
    }

    private Value LogSumExpOf(IInvocationOperation call)
    {
        Value x = TensorArgument(call, 0);
        Shape shape = ShapeOf(x);
        int axis = AxisArgument(Argument(call, "axis"), shape, "LogSumExp"), last = shape.Rank - 1;
        Value result = Applied(call, new LogSumExp(), axis == last ? x : Swapped(call, x, axis));
        if (axis != last) result = Swapped(call, result, axis);
        if (Optional(call, "keepDims") is { } keep && BoolArgument(keep, "keepDims", "LogSumExp")) return result;
        if (shape.Rank == 1) return Applied(call, new Reduce(ReduceKind.Sum, [0], false), result);
        return _builder.Apply(new Reshape(), new TensorType(x.Element, Without(shape, axis)), result);
    }

    private static Shape Without(Shape shape, int axis) => new(shape.Dims.Where((_, k) => k != axis).ToEquatable());

    private Value Swapped(IOperation at, Value x, int axis)
    {
        int[] axes = Enumerable.Range(0, ShapeOf(x).Rank).ToArray();
        (axes[axis], axes[axes.Length - 1]) = (axes[axes.Length - 1], axes[axis]);
        return Applied(at, new Permute(new(axes)), x);
    }
}
