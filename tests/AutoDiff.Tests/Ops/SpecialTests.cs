using static AutoDiff.Ad.Special;

namespace AutoDiff.Tests;

public class SpecialTests
{
    private const double Relative = 1e-14;

    [Theory]
    [MemberData(nameof(SpecialValues.Erf), MemberType = typeof(SpecialValues))]
    public void Erf_holds_to_its_relative_error(double x, double expected) => Near(expected, Erf(x), Relative);

    [Theory]
    [MemberData(nameof(SpecialValues.Erfc), MemberType = typeof(SpecialValues))]
    public void Erfc_holds_to_its_relative_error_in_the_tail_too(double x, double expected) => Near(expected, Erfc(x), Relative);

    [Theory]
    [MemberData(nameof(SpecialValues.LogGamma), MemberType = typeof(SpecialValues))]
    public void LogGamma_holds_to_its_error(double x, double expected) => Near(expected, LogGamma(x), Relative);

    [Theory]
    [MemberData(nameof(SpecialValues.Gamma), MemberType = typeof(SpecialValues))]
    public void Gamma_holds_to_its_relative_error(double x, double expected) => Near(expected, Gamma(x), Relative);

    [Theory]
    [MemberData(nameof(SpecialValues.Digamma), MemberType = typeof(SpecialValues))]
    public void Digamma_holds_to_its_error(double x, double expected) => Near(expected, Digamma(x), Relative);

    [Theory]
    [MemberData(nameof(SpecialValues.NormalCdf), MemberType = typeof(SpecialValues))]
    public void NormalCdf_holds_to_its_relative_error(double x, double expected) => Near(expected, NormalCdf(x), Relative);

    [Theory]
    [MemberData(nameof(SpecialValues.NormalQuantile), MemberType = typeof(SpecialValues))]
    public void NormalQuantile_holds_to_its_relative_error(double p, double expected) => Near(expected, NormalQuantile(p), Relative);

    [Theory]
    [MemberData(nameof(SpecialValues.LogOnePlus), MemberType = typeof(SpecialValues))]
    public void LogOnePlus_holds_near_zero(double x, double expected) => Near(expected, LogOnePlus(x), Relative);

    [Theory]
    [MemberData(nameof(SpecialValues.ExpMinusOne), MemberType = typeof(SpecialValues))]
    public void ExpMinusOne_holds_near_zero(double x, double expected) => Near(expected, ExpMinusOne(x), Relative);

    [Theory]
    [MemberData(nameof(SpecialValues.Gelu), MemberType = typeof(SpecialValues))]
    public void Gelu_holds_in_the_tail(double x, double expected) => Near(expected, Ops.Gelu(x), Relative);

    [Theory]
    [MemberData(nameof(SpecialValues.GeluTanh), MemberType = typeof(SpecialValues))]
    // The sigmoid's argument reaches −1.6e3 here, whose rounding alone is worth 1e-13 of the result.
    public void GeluTanh_holds_in_the_tail(double x, double expected) => Near(expected, Ops.GeluTanh(x), x < -5 ? 2e-13 : Relative);

    [Theory]
    [MemberData(nameof(SpecialValues.Sigmoid), MemberType = typeof(SpecialValues))]
    public void Sigmoid_holds(double x, double expected) => Near(expected, Ops.Sigmoid(x), Relative);

    [Theory]
    [MemberData(nameof(SpecialValues.Silu), MemberType = typeof(SpecialValues))]
    public void Silu_holds(double x, double expected) => Near(expected, Ops.Silu(x), Relative);

    [Theory]
    [MemberData(nameof(SpecialValues.Softplus), MemberType = typeof(SpecialValues))]
    public void Softplus_holds(double x, double expected) => Near(expected, Ops.Softplus(x), Relative);

    [Fact]
    public void Limits_are_exact()
    {
        Assert.Equal(1, Erf(double.PositiveInfinity));
        Assert.Equal(-1, Erf(double.NegativeInfinity));
        Assert.Equal(0, Erfc(double.PositiveInfinity));
        Assert.Equal(2, Erfc(double.NegativeInfinity));
        Assert.Equal(0, NormalCdf(double.NegativeInfinity));
        Assert.Equal(1, NormalCdf(double.PositiveInfinity));
        Assert.Equal(double.NegativeInfinity, NormalQuantile(0));
        Assert.Equal(double.PositiveInfinity, NormalQuantile(1));
        Assert.Equal(0.5, NormalCdf(0.0));
        Assert.Equal(double.PositiveInfinity, LogGamma(0.0));
        Assert.Equal(double.PositiveInfinity, LogGamma(-3.0));
        Assert.Equal(double.PositiveInfinity, LogGamma(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, Gamma(0.0));
        Assert.Equal(double.NegativeInfinity, Gamma(-0.0));
        Assert.Equal(double.PositiveInfinity, Gamma(172.0));
        Assert.Equal(double.PositiveInfinity, LogOnePlus(double.PositiveInfinity));
        Assert.Equal(double.NegativeInfinity, LogOnePlus(-1.0));
        Assert.Equal(-1, ExpMinusOne(double.NegativeInfinity));
    }

    [Fact]
    public void NaN_stays_NaN_and_poles_are_NaN()
    {
        Func<double, double>[] functions = [Erf, Erfc, LogGamma, Gamma, Digamma, NormalCdf, NormalQuantile, LogOnePlus, ExpMinusOne];
        foreach (Func<double, double> f in functions)
            Assert.Equal(double.NaN, f(double.NaN));
        Assert.Equal(double.NaN, Gamma(-2.0));
        Assert.Equal(double.NaN, Digamma(0.0));
        Assert.Equal(double.NaN, NormalQuantile(1.5));
    }

    [Fact]
    public void Factorials_and_symmetries_hold()
    {
        double factorial = 1;
        for (int n = 1; n < 170; n++)
        {
            Near(factorial, Gamma((double)n), Relative);
            factorial *= n;
        }

        for (double x = 0.01; x < 6; x += 0.01)
        {
            Assert.Equal(-Erf(x), Erf(-x));
            Near(1, Erf(x) + Erfc(x), 4e-16);
            Near(LogGamma(x) + Math.Log(x), LogGamma(x + 1), Relative, 2e-15);
            Near(Digamma(x) + 1 / x, Digamma(x + 1), Relative, 1e-14 * (1 + 1 / x));
        }
    }

    [Fact]
    public void The_float_overloads_round_the_double_results()
    {
        Assert.Equal((float)Erf(0.3f + 0.0), Erf(0.3f));
        Assert.Equal((float)Erfc(3.0), Erfc(3f));
        Assert.Equal((float)LogGamma(3.5), LogGamma(3.5f));
        Assert.Equal((float)Gamma(3.5), Gamma(3.5f));
        Assert.Equal((float)Digamma(3.5), Digamma(3.5f));
        Assert.Equal((float)NormalCdf(-3.5), NormalCdf(-3.5f));
        Assert.Equal((float)NormalQuantile(0.25), NormalQuantile(0.25f));
        Assert.Equal((float)LogOnePlus(0.25), LogOnePlus(0.25f));
        Assert.Equal((float)ExpMinusOne(0.25), ExpMinusOne(0.25f));
    }

    private static void Near(double expected, double actual, double relative, double absolute = 0)
    {
        if (expected.Equals(actual))
            return;
        double bound = Math.Max(absolute + relative * Math.Abs(expected), double.Epsilon);
        string both = FormattableString.Invariant($"expected {expected:G17}, was {actual:G17}, {(actual - expected) / expected:E2}");
        Assert.True(Math.Abs(expected - actual) <= bound, both);
    }
}
