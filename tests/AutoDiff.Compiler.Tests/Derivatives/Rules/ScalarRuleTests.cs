using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Derivatives.Rules;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.Derivatives.Rules;

/// <summary>Every scalar function: its rule against the dual numbers, and both against difference quotients, at many smooth
/// points.</summary>
public sealed class ScalarRuleTests
{
    private static readonly double[] Everywhere = [-3.7, -1.3, -0.45, 0.2, 0.9, 1.6, 4.25], Positive = [0.05, 0.4, 1.3, 2.5, 9.75],
        Unit = [-0.95, -0.4, 0.15, 0.6, 0.9];

    public static TheoryData<ScalarOp> Functions()
    {
        var data = new TheoryData<ScalarOp>();
        foreach (ScalarOp op in Enum.GetValues<ScalarOp>())
            if (Points(op).Length > 0) data.Add(op);
        return data;
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void TheRuleAgreesWithDualNumbersAndDifferenceQuotients(ScalarOp op)
    {
        Function function = Evaluation.Of(op.Arity(), (b, x) => b.Scalar(op, x));
        foreach (double[] point in Points(op))
        {
            (double value, double[] gradient) = Evaluation.Reverse(function, point);
            Assert.Equal(Evaluation.Value(function, point), value);
            for (int k = 0; k < point.Length; k++)
            {
                // An order is a whole number.
                if (op is ScalarOp.PolyGamma or ScalarOp.BesselJ && k == 0 || op == ScalarOp.RootN && k == 1) continue;
                double forward = Evaluation.Forward(function, point, k), quotient = Evaluation.Quotient(function, point, k);
                string at =
                    $"{op.Text()} at ({string.Join(", ", point)}), operand {k}: rule {gradient[k]:R}, dual {forward:R}, quotient {quotient:R}";
                Assert.True(Math.Abs(forward - gradient[k]) <= 2e-13 * (1 + Math.Abs(forward)), at);
                Assert.True(Math.Abs(quotient - forward) <= 2e-7 * (1 + Math.Abs(forward)), at);
            }
        }
    }

    [Fact]
    public void EveryFloatingFunctionHasARuleOrIsAnError()
    {
        foreach (ScalarOp op in Enum.GetValues<ScalarOp>())
        {
            if (op is ScalarOp.Convert) continue;
            bool isKnown = ElementwiseRules.Find(op) is not null;
            if (isKnown) continue;
            Function function = Evaluation.Of(op.Arity(), (b, x) => b.Scalar(op, x));
            Assert.NotEmpty(Activity.Of(function).Lost);
        }
    }

    /// <summary>Points where the function is smooth, with distance from its kinks.</summary>
    private static double[][] Points(ScalarOp op) => op switch
    {
        ScalarOp.Sqrt or ScalarOp.Log or ScalarOp.Log2 or ScalarOp.Log10 or ScalarOp.LogGamma or ScalarOp.Gamma or ScalarOp.Digamma => Each(Positive),
        ScalarOp.ReciprocalSqrtEstimate => Each(Positive),
        ScalarOp.BitIncrement or ScalarOp.BitDecrement or ScalarOp.ReciprocalEstimate or ScalarOp.Cbrt or ScalarOp.Reciprocal or ScalarOp.Abs or ScalarOp.Sign or ScalarOp.Relu => Each(Everywhere),
        ScalarOp.LogP1 or ScalarOp.Log2P1 or ScalarOp.Log10P1 => Each([-0.9, .. Positive]),
        ScalarOp.Asin or ScalarOp.Acos or ScalarOp.Atanh or ScalarOp.AsinPi or ScalarOp.AcosPi => Each(Unit),
        ScalarOp.TanPi => Each([-0.4, -0.1, 0.15, 0.35]),
        ScalarOp.NormalQuantile => Each([0.01, 0.2, 0.5, 0.7, 0.96]),
        ScalarOp.Acosh => Each([1.02, 1.5, 8]),
        ScalarOp.Tan => Each([-1.2, -0.3, 0.4, 1.1]),
        ScalarOp.Exp or ScalarOp.Exp2 or ScalarOp.ExpM1 or ScalarOp.Exp2M1 or ScalarOp.SinPi or ScalarOp.CosPi or ScalarOp.AtanPi or ScalarOp.Sin or ScalarOp.Cos or ScalarOp.Atan or ScalarOp.Sinh or ScalarOp.Cosh or ScalarOp.Tanh
            or ScalarOp.Asinh or ScalarOp.Erf or ScalarOp.Erfc or ScalarOp.NormalCdf or ScalarOp.Sigmoid or ScalarOp.Softplus or ScalarOp.Gelu
            or ScalarOp.GeluTanh or ScalarOp.Silu or ScalarOp.GeluSlope or ScalarOp.Negate or ScalarOp.Square or ScalarOp.Floor or ScalarOp.Ceiling or ScalarOp.Truncate
            => Each(Everywhere),
        ScalarOp.Exp10 or ScalarOp.Exp10M1 => Each([-2.3, -0.4, 0.3, 1.2]),
        ScalarOp.Round => Each([-3.7, 0.2, 1.6]),
        ScalarOp.RootN => [[2.5, 3], [-2.5, 3], [0.7, 2], [4, -2], [3, 1]],
        ScalarOp.BesselJ => Pairs([0, 1, 2, 5], [-3.5, 0.4, 2.6, 12]),
        ScalarOp.Beta or ScalarOp.LogBeta => Pairs([0.3, 1.7, 4], [0.6, 2.5]),
        ScalarOp.PolyGamma => Pairs([1, 2, 3], Positive),
        ScalarOp.Pow => Pairs(Positive, Everywhere),
        ScalarOp.Remainder or ScalarOp.Ieee754Remainder => [[7.3, 2], [-7.3, 2], [7.3, -2], [-7.3, -2], [1.5, 4]],
        ScalarOp.Add or ScalarOp.Subtract or ScalarOp.Multiply or ScalarOp.Divide or ScalarOp.StrongProduct or ScalarOp.Hypot or ScalarOp.Atan2 or ScalarOp.Atan2Pi
            or ScalarOp.CopySign => Pairs(Everywhere, [-2.4, -0.35, 0.8, 3.1]),
        ScalarOp.Max or ScalarOp.Min => Pairs(Everywhere, [-2.4, -0.35, 0.8, 3.1]),
        ScalarOp.FusedMultiplyAdd => [[1.5, -2.25, 0.75], [-0.3, 4, 11], [0, 2, 3]],
        ScalarOp.Clamp => [[0.5, -1, 1], [-2, -1, 1], [3, -1, 1]],
        _ => [],
    };

    private static double[][] Each(double[] points) => points.Select(static x => new[] { x }).ToArray();

    private static double[][] Pairs(double[] x, double[] y) => x.SelectMany(a => y.Select(b => new[] { a, b })).ToArray();
}
