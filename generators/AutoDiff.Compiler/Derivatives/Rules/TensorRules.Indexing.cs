using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

public static partial class TensorRules
{
    private static void AddIndexing(Dictionary<Type, Pullback<Operation>> table)
    {
        // y[i] = table[indices[i]]: d table[r] = Σ dy[i] over indices[i] = r.
        Add<Gather>(table, static (_, c, operand) => operand != 0 ? null
            : c.Builder.Apply(new ScatterAdd(), c.Inputs[0].Type, c.Inputs[1], c.Seed));

        // y[r] = Σ updates[i] over indices[i] = r: d updates[i] = dy[indices[i]].
        Add<ScatterAdd>(table, static (_, c, operand) => operand != 1 ? null
            : c.Builder.Apply(new Gather(), c.Inputs[1].Type, c.Seed, c.Inputs[0]));

        // y = −mean log softmax(x)[target]: dx = dy·(softmax(x) − onehot(target))/count.
        Add<CrossEntropy>(table, static (loss, c, operand) => operand != 0 ? null
            : c.Builder.Apply(new CrossEntropyGradient(loss.IgnoreIndex), c.Inputs[0].Type, c.Inputs[0], c.Inputs[1], c.Seed));

        // g = s·(softmax(x) − onehot(target))/count: ds = Σ dg·(softmax(x) − onehot(target))/count; what takes ẋ to ġ is symmetric, and takes dg to dx.
        Add<CrossEntropyGradient>(table, static (loss, c, operand) => operand switch
        {
            0 => CrossEntropyCurvature(loss, c.Builder, c.Inputs, c.DY).Value,
            2 => (c.DY * c.Term(c.Builder.Apply(loss, c.Inputs[0].Type, c.Inputs[0], c.Inputs[1], c.DY.Constant(1).Value)))
                .Apply(new Reduce(ReduceKind.Sum, Enumerable.Range(0, c.Shape(0).Rank).ToEquatable(), KeepDims: false)).Value,
            _ => null,
        });
    }

    /// <summary>s/count·p·(v − Σ p·v) with p = softmax(x), 0 in ignored rows: the second derivative of a cross-entropy with the adjoint s, along v.</summary>
    private static Term CrossEntropyCurvature(CrossEntropyGradient loss, InstructionBuilder builder, EquatableArray<Value> inputs, Term v)
    {
        (Value logits, Value targets) = (inputs[0], inputs[1]);
        Dim classes = ((TensorType)logits.Type).Shape[-1];
        var count = new Term(builder, builder.Apply(new CountTargets(loss.IgnoreIndex, classes), new ScalarType(logits.Element), targets));
        Term p = new Term(builder, logits).Apply(new Softmax());
        Term curved = p * (v - SumOfRow(p * v)) * (new Term(builder, inputs[2]) / count);
        return new Term(builder, builder.Apply(new MaskTarget(loss.IgnoreIndex), logits.Type, curved.Value, targets));
    }
}
