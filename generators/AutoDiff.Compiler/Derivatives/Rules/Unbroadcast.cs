using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

/// <summary>The transpose of broadcasting: sums an adjoint over the axes along which the primal was repeated.</summary>
public static class Unbroadcast
{
    public static Value To(InstructionBuilder builder, Value adjoint, IrType target)
    {
        if (adjoint.Type is not TensorType source) return adjoint;
        if (target is not TensorType tensor)
            return source.Shape.Rank == 0
                ? builder.Apply(new Reshape(), target, adjoint)
                : builder.Apply(new Reduce(ReduceKind.Sum, Enumerable.Range(0, source.Shape.Rank).ToEquatable(), KeepDims: false), target, adjoint);
        int extra = source.Shape.Rank - tensor.Shape.Rank;
        var axes = Enumerable.Range(0, source.Shape.Rank)
            .Where(axis => axis < extra || (tensor.Shape[axis - extra].IsOne && !source.Shape[axis].IsOne)).ToEquatable();
        if (axes.IsEmpty) return adjoint;

        // A sum over every axis keeps them: without axes it would be a scalar.
        bool inPlace = axes.All(axis => axis >= extra), keep = inPlace || axes.Length == source.Shape.Rank;
        var reduced = new Shape(inPlace ? tensor.Shape.Dims
            : keep ? source.Shape.Dims.Select(static _ => Dim.One).ToEquatable()
            : source.Shape.Dims.Where((_, axis) => !axes.Contains(axis)).ToEquatable());
        Value sum = builder.Apply(new Reduce(ReduceKind.Sum, axes, keep), source with { Shape = reduced }, adjoint);
        return reduced == tensor.Shape ? sum : builder.Apply(new Reshape(), tensor, sum);
    }
}
