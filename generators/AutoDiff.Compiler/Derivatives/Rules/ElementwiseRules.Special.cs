using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

public static partial class ElementwiseRules
{
    private const double TwoOverSqrtPi = 1.128379167095512573896158903122;
    private const double OneOverSqrtTwoPi = 0.398942280401432677939946059934;
    private const double OneOverSqrtTwo = 0.707106781186547524400844362105;
    private const double SqrtTwoPi = 2.506628274631000502415765284811;
    private const double SqrtTwoOverPi = 0.797884560802865355879892119869;

    private static void AddSpecial(Dictionary<ScalarOp, ElementwiseRule> table)
    {
        // z = erf x: dx = dz·(2/√π)·exp(−x²).
        table[ScalarOp.Erf] = new(r => r.Seed * TwoOverSqrtPi * (-(r.X * r.X)).Apply(ScalarOp.Exp));

        // z = erfc x: dx = −dz·(2/√π)·exp(−x²).
        table[ScalarOp.Erfc] = new(r => r.Seed * -TwoOverSqrtPi * (-(r.X * r.X)).Apply(ScalarOp.Exp));

        // z = ln Γ(x): dx = dz·ψ(x).
        table[ScalarOp.LogGamma] = new(r => r.Seed * r.X.Apply(ScalarOp.Digamma));

        // z = Γ(x): dx = dz·Γ(x)·ψ(x).
        table[ScalarOp.Gamma] = new(r => r.Seed * r.Result * r.X.Apply(ScalarOp.Digamma));

        // z = B(x, y) = Γ(x)·Γ(y)/Γ(x + y): dx = dz·z·(ψ(x) − ψ(x + y)).
        table[ScalarOp.Beta] = new(r => r.Seed * r.Result * LogBetaSlope(r.X, r.Y), r => r.Seed * r.Result * LogBetaSlope(r.Y, r.X));

        // z = ln B(x, y): dx = dz·(ψ(x) − ψ(x + y)).
        table[ScalarOp.LogBeta] = new(r => r.Seed * LogBetaSlope(r.X, r.Y), r => r.Seed * LogBetaSlope(r.Y, r.X));

        // z = Jₙ(y), n = x: dy = dz·½·(Jₙ₋₁(y) − Jₙ₊₁(y)).
        table[ScalarOp.BesselJ] = new(null, r => r.Seed * 0.5 * ((r.X - 1).Apply(ScalarOp.BesselJ, r.Y) - (r.X + 1).Apply(ScalarOp.BesselJ, r.Y)));

        // z = ψ(x): dx = dz·ψ′(x).
        table[ScalarOp.Digamma] = new(r => r.Seed * r.X.Constant(1).Apply(ScalarOp.PolyGamma, r.X));

        // z = ψ⁽ⁿ⁾(y), n = x: dy = dz·ψ⁽ⁿ⁺¹⁾(y).
        table[ScalarOp.PolyGamma] = new(null, r => r.Seed * (r.X + 1).Apply(ScalarOp.PolyGamma, r.Y));

        // z = Φ(x): dx = dz·φ(x), φ(x) = exp(−x²/2)/√(2π).
        table[ScalarOp.NormalCdf] = new(r => r.Seed * Density(r.X));

        // z = Φ⁻¹(x): dx = dz/φ(z) = dz·√(2π)·exp(z²/2).
        table[ScalarOp.NormalQuantile] = new(r => r.Seed.Strong(SqrtTwoPi * (0.5 * (r.Result * r.Result)).Apply(ScalarOp.Exp)));

        // z = 1/(1 + e⁻ˣ): dx = dz·z·(1 − z).
        table[ScalarOp.Sigmoid] = new(r => r.Seed * r.Result * (1 - r.Result));

        // z = ln(1 + eˣ): dx = dz·sigmoid(x).
        table[ScalarOp.Softplus] = new(r => r.Seed * r.X.Apply(ScalarOp.Sigmoid));

        // z = x·sigmoid(x) = x·s: dx = dz·s·(1 + x·(1 − s)).
        table[ScalarOp.Silu] = new(r =>
        {
            Term s = r.X.Apply(ScalarOp.Sigmoid);
            return r.Seed * (s * (r.X * (1 - s) + 1));
        });

        // z = x·Φ(x): dx = dz·(Φ(x) + x·φ(x)).
        table[ScalarOp.Gelu] = new(r =>
        {
            // In vectors one function gives the value and the derivative, so that the forward part can have both.
            if (r.X.Value.Type is TensorType) return r.Seed * r.X.Apply(ScalarOp.GeluSlope);
            Term cdf = 0.5 * ((OneOverSqrtTwo * r.X).Apply(ScalarOp.Erf) + 1);
            return r.Seed * (cdf + r.X * Density(r.X));
        });

        // z = Φ(x) + x·φ(x): dx = dz·φ(x)·(2 − x²).
        table[ScalarOp.GeluSlope] = new(r => r.Seed * (Density(r.X) * (2 - r.X * r.X)));

        // z = ½x(1 + t), t = tanh u, u = √(2/π)(x + 0.044715x³): dx = dz·(½(1 + t) + ½x(1 − t²)·√(2/π)(1 + 3·0.044715x²)).
        table[ScalarOp.GeluTanh] = new(r =>
        {
            Term square = r.X * r.X;
            Term t = (SqrtTwoOverPi * r.X * (0.044715 * square + 1)).Apply(ScalarOp.Tanh);
            return r.Seed * (0.5 * (t + 1) + 0.5 * r.X * (1 - t * t) * (SqrtTwoOverPi * (3 * 0.044715 * square + 1)));
        });
    }

    private static Term LogBetaSlope(Term x, Term y) => x.Apply(ScalarOp.Digamma) - (x + y).Apply(ScalarOp.Digamma);

    private static Term Density(Term x) => OneOverSqrtTwoPi * (-0.5 * (x * x)).Apply(ScalarOp.Exp);
}
