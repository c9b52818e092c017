using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

public static partial class ElementwiseRules
{
    private static void AddArithmetic(Dictionary<ScalarOp, ElementwiseRule> table)
    {
        // z = x + y: dx = dz, dy = dz.
        table[ScalarOp.Add] = new(r => r.Seed, r => r.Seed);

        // z = x − y: dx = dz, dy = −dz.
        table[ScalarOp.Subtract] = new(r => r.Seed, r => -r.Seed);

        // z = x·y: dx = dz·y, dy = dz·x.
        table[ScalarOp.Multiply] = new(r => r.Seed * r.Y, r => r.Seed * r.X);

        // z = x/y: dx = dz/y, dy = −dz/y·z: one division for both.
        table[ScalarOp.Divide] = new(r => r.Seed / r.Y, r => -(r.Seed / r.Y * r.Result));

        // z = x − y·truncate(x/y): dx = dz, dy = −dz·truncate(x/y).
        table[ScalarOp.Remainder] = new(r => r.Seed, r => -(r.Seed * (r.X / r.Y).Apply(ScalarOp.Truncate)));

        // z = x − y·round(x/y), halves to the even number: dx = dz, dy = −dz·round(x/y).
        table[ScalarOp.Ieee754Remainder] = new(r => r.Seed, r => -(r.Seed * (r.X / r.Y).Apply(ScalarOp.Round)));

        // z is the number next to x: dx = dz.
        table[ScalarOp.BitIncrement] = table[ScalarOp.BitDecrement] = new(r => r.Seed);

        // z = −x: dx = −dz.
        table[ScalarOp.Negate] = new(r => -r.Seed);

        // z = x·y + w: dx = dz·y, dy = dz·x, dw = dz.
        table[ScalarOp.FusedMultiplyAdd] = new(r => r.Seed * r.Y, r => r.Seed * r.X, r => r.Seed);

        // z = x²: dx = 2·dz·x.
        table[ScalarOp.Square] = new(r => 2 * r.Seed * r.X);

        // z = 1/x: dx = −dz·z².
        table[ScalarOp.Reciprocal] = new(r => -(r.Seed * r.Result * r.Result));

        // z = x·y with 0·∞ = 0 for x = 0: dx = dz·y (strong in dz), dy = dz·x (strong in x).
        table[ScalarOp.StrongProduct] = new(r => r.Seed.Strong(r.Y), r => r.X.Strong(r.Seed));

        // z = condition ? x : y: dx = condition ? dz : 0, dy = condition ? 0 : dz.
        table[ScalarOp.Select] = new(null, r => r.X.Select(r.Seed, 0), r => r.X.Select(r.Seed.Constant(0), r.Seed));
    }
}
