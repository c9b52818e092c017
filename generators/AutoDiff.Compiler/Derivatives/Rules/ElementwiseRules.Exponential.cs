using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

public static partial class ElementwiseRules
{
    private const double Ln2 = 0.693147180559945309417232121458;
    private const double Ln10 = 2.302585092994045684017991454684;

    private static void AddExponential(Dictionary<ScalarOp, ElementwiseRule> table)
    {
        // z = √x: dx = dz/(2z); +∞ at 0, and 0 there for a zero seed.
        table[ScalarOp.Sqrt] = new(r => r.Seed.Strong(0.5 / r.Result));

        // z ≈ 1/x: dx = −dz·z².
        table[ScalarOp.ReciprocalEstimate] = new(r => r.Seed.Strong(-(r.Result * r.Result)));

        // z ≈ 1/√x: dx = −dz·z/(2x), with z as far from the truth as it is.
        table[ScalarOp.ReciprocalSqrtEstimate] = new(r => r.Seed.Strong(-0.5 * r.Result / r.X));

        // z = ∛x: dx = dz/(3z²).
        table[ScalarOp.Cbrt] = new(r => r.Seed.Strong(1 / (3 * (r.Result * r.Result))));

        // z = ʸ√x, y a whole number: dx = dz/(y·z^(y−1)).
        table[ScalarOp.RootN] = new(r => r.Seed.Strong(1 / (r.Y * r.Result.Apply(ScalarOp.Pow, r.Y - 1))), null);

        // z = √(x² + y²): dx = dz·x/z, dy = dz·y/z.
        table[ScalarOp.Hypot] = new(r => r.Seed.Strong(r.X / r.Result), r => r.Seed.Strong(r.Y / r.Result));

        // z = x^y: dx = dz·y·x^(y−1), 0 for y = 0; dy = dz·z·log x, 0 at x = 0 with y > 0.
        table[ScalarOp.Pow] = new(
            r => r.Y.EqualTo(0).Select(r.Seed.Constant(0), r.Seed.Strong(r.Y * r.X.Apply(ScalarOp.Pow, r.Y - 1))),
            r => (r.X.EqualTo(0) & (r.Y > 0)).Select(r.Seed.Constant(0), r.Seed.Strong(r.Result * r.X.Apply(ScalarOp.Log))));

        // z = eˣ: dx = dz·z.
        table[ScalarOp.Exp] = new(r => r.Seed * r.Result);

        // z = 2ˣ: dx = dz·z·ln 2.
        table[ScalarOp.Exp2] = new(r => r.Seed * r.Result * Ln2);

        // z = 10ˣ: dx = dz·z·ln 10.
        table[ScalarOp.Exp10] = new(r => r.Seed * r.Result * Ln10);

        // z = 2ˣ − 1: dx = dz·(z + 1)·ln 2.
        table[ScalarOp.Exp2M1] = new(r => r.Seed * (r.Result + 1) * Ln2);

        // z = 10ˣ − 1: dx = dz·(z + 1)·ln 10.
        table[ScalarOp.Exp10M1] = new(r => r.Seed * (r.Result + 1) * Ln10);

        // z = eˣ − 1: dx = dz·(z + 1).
        table[ScalarOp.ExpM1] = new(r => r.Seed * (r.Result + 1));

        // z = ln x: dx = dz/x.
        table[ScalarOp.Log] = new(r => r.Seed.Strong(1 / r.X));

        // z = log₂ x: dx = dz/(x·ln 2).
        table[ScalarOp.Log2] = new(r => r.Seed.Strong(1 / (Ln2 * r.X)));

        // z = log₁₀ x: dx = dz/(x·ln 10).
        table[ScalarOp.Log10] = new(r => r.Seed.Strong(1 / (Ln10 * r.X)));

        // z = ln(1 + x): dx = dz/(1 + x).
        table[ScalarOp.LogP1] = new(r => r.Seed.Strong(1 / (r.X + 1)));

        // z = log₂(1 + x): dx = dz/((1 + x)·ln 2).
        table[ScalarOp.Log2P1] = new(r => r.Seed.Strong(1 / (Ln2 * (r.X + 1))));

        // z = log₁₀(1 + x): dx = dz/((1 + x)·ln 10).
        table[ScalarOp.Log10P1] = new(r => r.Seed.Strong(1 / (Ln10 * (r.X + 1))));
    }
}
