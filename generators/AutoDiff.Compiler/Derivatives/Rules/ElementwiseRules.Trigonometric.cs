using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

public static partial class ElementwiseRules
{
    private static void AddTrigonometric(Dictionary<ScalarOp, ElementwiseRule> table)
    {
        // z = sin x: dx = dz·cos x.
        table[ScalarOp.Sin] = new(r => r.Seed * r.X.Apply(ScalarOp.Cos));

        // z = cos x: dx = −dz·sin x.
        table[ScalarOp.Cos] = new(r => -(r.Seed * r.X.Apply(ScalarOp.Sin)));

        // z = tan x: dx = dz·(1 + z²).
        table[ScalarOp.Tan] = new(r => r.Seed * (r.Result * r.Result + 1));

        // z = asin x: dx = dz/√(1 − x²), written (1 − x)(1 + x) to keep digits near ±1.
        table[ScalarOp.Asin] = new(r => r.Seed.Strong(1 / ((1 - r.X) * (r.X + 1)).Apply(ScalarOp.Sqrt)));

        // z = acos x: dx = −dz/√(1 − x²).
        table[ScalarOp.Acos] = new(r => r.Seed.Strong(-1 / ((1 - r.X) * (r.X + 1)).Apply(ScalarOp.Sqrt)));

        // z = atan x: dx = dz/(1 + x²).
        table[ScalarOp.Atan] = new(r => r.Seed / (r.X * r.X + 1));

        // z = atan2(y, x), operands in that order: dy = dz·x/(x² + y²), dx = −dz·y/(x² + y²); 0 at the origin for a zero seed.
        table[ScalarOp.Atan2] = new(
            r => r.Seed.Strong(r.Y / (r.X * r.X + r.Y * r.Y)),
            r => r.Seed.Strong(-(r.X / (r.X * r.X + r.Y * r.Y))));

        // z = sinh x: dx = dz·cosh x.
        table[ScalarOp.Sinh] = new(r => r.Seed * r.X.Apply(ScalarOp.Cosh));

        // z = cosh x: dx = dz·sinh x.
        table[ScalarOp.Cosh] = new(r => r.Seed * r.X.Apply(ScalarOp.Sinh));

        // z = tanh x: dx = dz·(1 − z²).
        table[ScalarOp.Tanh] = new(r => r.Seed * (1 - r.Result * r.Result));

        // z = asinh x: dx = dz/√(x² + 1).
        table[ScalarOp.Asinh] = new(r => r.Seed / (r.X * r.X + 1).Apply(ScalarOp.Sqrt));

        // z = acosh x: dx = dz/√((x − 1)(x + 1)).
        table[ScalarOp.Acosh] = new(r => r.Seed.Strong(1 / ((r.X - 1) * (r.X + 1)).Apply(ScalarOp.Sqrt)));

        // z = atanh x: dx = dz/((1 − x)(1 + x)).
        table[ScalarOp.Atanh] = new(r => r.Seed.Strong(1 / ((1 - r.X) * (r.X + 1))));
    }
}
