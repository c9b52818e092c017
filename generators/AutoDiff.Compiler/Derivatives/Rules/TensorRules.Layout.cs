using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

public static partial class TensorRules
{
    private static void AddLayout(Dictionary<Type, Pullback<Operation>> table)
    {
        // Permuted axes: the inverse permutation.
        Add<Permute>(table, static (permute, c, _) =>
        {
            var inverse = new int[permute.Axes.Length];
            for (int k = 0; k < inverse.Length; k++) inverse[permute.Axes[k]] = k;
            return c.Builder.Apply(new Permute(new(inverse)), c.Seed);
        });

        // Reshaped: reshaped back.
        Add<Reshape>(table, static (_, c, _) => c.Builder.Apply(new Reshape(), c.Inputs[0].Type, c.Seed));

        // A slice: the adjoint in its place, zeros around it.
        Add<SliceAxis>(table, static (slice, c, _) => c.Builder.Apply(new PadAxis(slice.Axis, slice.Start), c.Inputs[0].Type, c.Seed));

        // Padded: the slice.
        Add<PadAxis>(table, static (pad, c, _) => c.Builder.Apply(new SliceAxis(pad.Axis, pad.Start), c.Inputs[0].Type, c.Seed));

        // Joined: each operand's slice.
        Add<Concat>(table, static (concat, c, operand) =>
        {
            Dim start = Enumerable.Range(0, operand).Aggregate(Dim.Zero, (sum, k) => sum + c.Shape(k)[concat.Axis]);
            return c.Builder.Apply(new SliceAxis(concat.Axis, start), c.Inputs[operand].Type, c.Seed);
        });

        // Masked above the diagonal: the adjoint below and on it.
        Add<CausalFill>(table, static (_, c, _) => c.Builder.Apply(new CausalFill(0), c.Seed));
    }
}
