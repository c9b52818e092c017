using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

/// <content>Circular functions whose angles are counted in half turns: sinPi x = sin πx.</content>
public static partial class ElementwiseRules
{
    private static void AddHalfTurns(Dictionary<ScalarOp, ElementwiseRule> table)
    {
        // z = sin πx: dx = dz·π·cos πx.
        table[ScalarOp.SinPi] = new(r => r.Seed * (Math.PI * r.X.Apply(ScalarOp.CosPi)));

        // z = cos πx: dx = −dz·π·sin πx.
        table[ScalarOp.CosPi] = new(r => -(r.Seed * (Math.PI * r.X.Apply(ScalarOp.SinPi))));

        // z = tan πx: dx = dz·π·(1 + z²).
        table[ScalarOp.TanPi] = new(r => r.Seed * (Math.PI * (r.Result * r.Result + 1)));

        // z = asin x/π: dx = dz/(π·√((1 − x)(1 + x))).
        table[ScalarOp.AsinPi] = new(r => r.Seed.Strong(1 / (Math.PI * ((1 - r.X) * (r.X + 1)).Apply(ScalarOp.Sqrt))));

        // z = acos x/π: dx = −dz/(π·√((1 − x)(1 + x))).
        table[ScalarOp.AcosPi] = new(r => r.Seed.Strong(-1 / (Math.PI * ((1 - r.X) * (r.X + 1)).Apply(ScalarOp.Sqrt))));

        // z = atan x/π: dx = dz/(π·(1 + x²)).
        table[ScalarOp.AtanPi] = new(r => r.Seed / (Math.PI * (r.X * r.X + 1)));

        // z = atan2(y, x)/π, operands in that order: as atan2, divided by π.
        table[ScalarOp.Atan2Pi] = new(
            r => r.Seed.Strong(r.Y / (Math.PI * (r.X * r.X + r.Y * r.Y))),
            r => r.Seed.Strong(-(r.X / (Math.PI * (r.X * r.X + r.Y * r.Y)))));
    }
}
