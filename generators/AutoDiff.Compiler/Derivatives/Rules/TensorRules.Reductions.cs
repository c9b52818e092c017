using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

public static partial class TensorRules
{
    private static void AddReductions(Dictionary<Type, Pullback<Operation>> table)
    {
        // y = Σx: dx = dy repeated. y = mean x: dx = dy/n repeated. y = max x: dx = dy where x = y, shared equally by ties.
        Add<Reduce>(table, static (reduce, c, _) =>
        {
            var source = (TensorType)c.Inputs[0].Type;
            Value seed = Repeat(c.Builder, reduce, c.Seed, source);
            switch (reduce.Kind)
            {
                case ReduceKind.Sum:
                    return seed;
                case ReduceKind.Mean:
                    Dim count = reduce.Axes.Aggregate(Dim.One, (product, axis) => product * source.Shape[axis]);
                    Value n = c.Builder.Apply(new DimensionValue(count));
                    return (c.Term(seed) / c.Term(c.Builder.Convert(n, source.Element))).Value;
                default:
                    Term hit = c.X.EqualTo(c.Term(Repeat(c.Builder, reduce, c.Result, source)));
                    Term ones = hit.Select(c.X.Constant(1), 0);
                    Value ties = ones.Apply(reduce with { Kind = ReduceKind.Sum }).Value;
                    return hit.Select(c.Term(seed) / c.Term(Repeat(c.Builder, reduce, ties, source)), 0).Value;
            }
        });

        // y repeats x: dx = the sum over the repetitions.
        Add<BroadcastTo>(table, static (_, c, _) => Unbroadcast.To(c.Builder, c.Seed, c.Inputs[0].Type));
    }

    /// <summary>A value of the reduced shape repeated along the reduced axes.</summary>
    private static Value Repeat(InstructionBuilder builder, Reduce reduce, Value value, TensorType source)
    {
        if (value.Type is TensorType && !reduce.KeepDims)
        {
            var kept = new Shape(source.Shape.Dims.Select((dim, axis) => reduce.Axes.Contains(axis) ? Dim.One : dim).ToEquatable());
            value = builder.Apply(new Reshape(), source with { Shape = kept }, value);
        }

        return builder.Apply(new BroadcastTo(), source, value);
    }
}
