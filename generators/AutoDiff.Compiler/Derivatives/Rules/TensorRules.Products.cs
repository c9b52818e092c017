using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

public static partial class TensorRules
{
    private static void AddProducts(Dictionary<Type, Pullback<Operation>> table)
    {
        // C = A·B: dA = dC·Bᵀ, dB = Aᵀ·dC; with a transposed operand, the transpose of that. Leading axes that were broadcast are summed.
        Add<MatMul>(table, static (product, c, operand) =>
        {
            (bool ta, bool tb) = (product.TransposeA, product.TransposeB);
            Value gradient = (operand, operand == 0 ? ta : tb) switch
            {
                (0, false) => c.Builder.Apply(new MatMul(false, !tb), c.Seed, c.Inputs[1]),
                (0, true) => c.Builder.Apply(new MatMul(tb, true), c.Inputs[1], c.Seed),
                (_, false) => c.Builder.Apply(new MatMul(!ta, false), c.Inputs[0], c.Seed),
                _ => c.Builder.Apply(new MatMul(true, ta), c.Seed, c.Inputs[0]),
            };
            return Unbroadcast.To(c.Builder, gradient, c.Inputs[operand].Type);
        });
    }
}
