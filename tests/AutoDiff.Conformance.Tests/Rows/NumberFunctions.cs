using System.Numerics;

namespace AutoDiff.Conformance;

/// <summary>Every function of <c>Math</c>, <c>MathF</c> and the number types that the other sections do not have: value to the bit, slope, both modes.</summary>
public static partial class NumberFunctions
{
    [Row("half_turns", 0.3, 0.7)]
    [Row("half_turns", -0.4, 0.2)]
    [Differentiable]
    public static double HalfTurns(double x, double y)
        => double.SinPi(x) * double.CosPi(y) + double.TanPi(x) + double.AsinPi(x) + double.AcosPi(y) + double.AtanPi(x) + double.Atan2Pi(x, y)
            + double.SinCosPi(x).SinPi + double.SinCosPi(y).CosPi;

    [Row("other_bases", 0.3, 0.7)]
    [Row("other_bases", -0.2, 1.4)]
    [Differentiable]
    public static double OtherBases(double x, double y)
        => double.Exp10(x) + double.Exp2(x) * double.ExpM1(y) + double.Exp2M1(x) + double.Exp10M1(x) + double.LogP1(x) + double.Log2P1(x) + double.Log10P1(x) + Math.Log(y, 3);

    [Row("extremes_by_magnitude", 0.3, -0.7)]
    [Row("extremes_by_magnitude", -2, 1.5)]
    [Differentiable]
    public static double Extremes(double x, double y)
        => Math.MaxMagnitude(x, y) + 2 * Math.MinMagnitude(x, y) + 3 * double.MaxNumber(x, y) + 5 * double.MinNumber(x, y) + 7 * double.MaxMagnitudeNumber(x, y)
            + 11 * double.MinMagnitudeNumber(x, y) + 13 * double.MaxNative(x, y) + 17 * double.ClampNative(x, -1, 1);

    // A number wins over NaN, whose own gradient is 0.
    [Row("number_beside_nan", 2, Value = [4], Gradient = [4])]
    [Differentiable]
    public static double BesideNaN(double x) => double.MaxNumber(x, double.NaN) * double.MinMagnitudeNumber(double.NaN, x);

    [Row("remainders", 7.3, 2)]
    [Row("remainders", -7.7, 2)]
    [Row("remainders", 5.5, -4)]
    [Differentiable]
    public static double Remainders(double x, double y) => Math.IEEERemainder(x, y) + 3 * double.Ieee754Remainder(y, x) + x % y;

    [Row("rounding", 2.34, -7.63)]
    [Row("rounding", -2.36, 7.61)]
    [Differentiable]
    public static double Rounding(double x, double y)
        => x * Math.Round(y, 1) + y * Math.Round(x, MidpointRounding.AwayFromZero) + x * Math.Round(y, 1, MidpointRounding.ToZero)
            + y * Math.Round(x, MidpointRounding.ToNegativeInfinity) + x * Math.Round(y, MidpointRounding.ToPositiveInfinity) + y * Math.Round(x, 1, MidpointRounding.AwayFromZero);

    [Row("scales", 0.3, 3)]
    [Row("scales", -1.7, -5)]
    [Differentiable]
    public static double Scales(double x, int n)
        => double.ScaleB(x * x, n) + double.DegreesToRadians(x) + double.RadiansToDegrees(x) + double.Lerp(x, x * x, 0.3) + double.MultiplyAddEstimate(x, x, x);

    [Row("questions", 0.3, 7)]
    [Row("questions", -0.3, -7)]
    [Differentiable]
    public static double Questions(double x, int n)
    {
        (int quotient, int remainder) = Math.DivRem(n, 2);
        double y = double.IsPositive(x) ? x * quotient : x * x * remainder;
        if (int.IsOddInteger(n) && !double.IsNegative(x)) y *= Math.ILogB(n * 4.0);
        return y + Math.BigMul(n, 3) * x;
    }

    [Row("special_functions", 2.5, 0.3)]
    [Differentiable]
    public static double Specials(double x, double p)
        => Ad.Special.Gamma(x) * Ad.Special.NormalQuantile(p) + Ad.Special.LogGamma(x * p) + Ad.Special.Digamma(x) + Ad.Special.PolyGamma(2, x);

    [Row("beta_bessel_and_roots", 2.5, 0.3)]
    [Row("beta_bessel_and_roots", 27.5, 1.3)]
    [Differentiable]
    public static double BetaBessel(double x, double p)
        => Ad.Special.Beta(x, p) * Ad.Special.BesselJ0(x) + Ad.Special.LogBeta(p, x * x) * Ad.Special.BesselJ(3, x) + Ad.Special.BesselJ1(x * p) + double.RootN(x, 3) * double.RootN(-p, 5);

    [Differentiable(Derivatives.Gradient | Derivatives.Hvp)]
    public static double Waves(double x) => Ad.Special.BesselJ0(x) * Ad.Special.BesselJ1(x) + Ad.Special.Beta(x, 2);

    [Row("second_derivative_of_bessel", 2.5)]
    [Differentiable]
    public static double WavesSlope(double x) => WavesGradient(x).DX;

    [Differentiable(Derivatives.Gradient | Derivatives.Hvp)]
    public static double Gammas(double x) => Ad.Special.LogGamma(x) + Ad.Special.Digamma(x) * Ad.Special.Gamma(x);

    [Row("second_derivative_of_gammas", 2.5)]
    [Row("second_derivative_of_gammas", 0.7)]
    [Differentiable]
    public static double GammasSlope(double x) => GammasGradient(x).DX;

    [Differentiable]
    public static T Generic<T>(T x)
        where T : IFloatingPointIeee754<T>
        => T.SinPi(x) + T.Exp10(x) * T.MaxMagnitude(x, -T.One) + T.Ieee754Remainder(x, T.One) + T.ScaleB(x, 2) + T.DegreesToRadians(x);

    [Row("functions_of_generic_numbers", 0.3)]
    [Differentiable]
    public static double OfGeneric(double x) => Generic(x);

    [Row("functions_in_lanes", new double[] { 0.1, 0.2, 0.3, 0.4, 0.5, 0.45, 0.35, 0.25, 0.15 })]
    [Differentiable]
    public static double InLanes(ReadOnlySpan<double> x)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i++) s += double.SinPi(x[i]) * double.Exp10(x[i]) * Ad.Special.Gamma(x[i] + 1) * double.Atan2Pi(x[i], 0.5);
        return s;
    }

    [Row("neighbouring_numbers", 2, Gradient = [5])]
    [Row("neighbouring_numbers", -0.3)]
    [Differentiable]
    public static double Neighbours(double x) => Math.BitIncrement(x) * double.BitDecrement(x) + Next(x) + double.Epsilon;

    private static T Next<T>(T x)
        where T : IFloatingPointIeee754<T>
        => T.BitIncrement(x) + T.Epsilon;
}
