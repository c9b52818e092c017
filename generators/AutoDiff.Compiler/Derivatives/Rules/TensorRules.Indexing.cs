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
    }
}
