namespace AutoDiff.Tests.Scalars;

/// <summary>The beta function against values in terms of factorials and π (DLMF 5.12.1, 5.5.3), and against its recurrence.</summary>
public class BetaTests
{
    public static TheoryData<double, double, double> Known => new()
    {
        { 0.5, 0.5, Math.PI },
        { 2, 3, 1.0 / 12 },
        { 0.25, 0.75, 4.442882938158366247 },
        { 5, 7, 1.0 / 2310 },
        { 1, 7.5, 1 / 7.5 },
        { 0.001, 3, 998.50174812693553323 },
        { 1e-10, 1e-10, 2e10 },
    };

    public static TheoryData<double, double, double> Logarithms => new()
    {
        { 100, 200, -192.13419227497895189 },
        { 0.5, 1000, -2.8813876965715767707 },
        { 3, 0.25, 1.0453677741492974085 },
        { 1e10, 2, -46.05170185998091368 },
        { 15, 15, -20.87459660169064601 },
        { 14.5, 15.5, -20.85735863436331048 },
        { 1e-5, 40, 11.512882929620819604 },
        { 1e6, 1e6, -1386300.0033629211163 },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Has_its_known_values(double x, double y, double expected)
    {
        Assert.InRange(Ad.Special.Beta(x, y) / expected, 1 - 1e-14, 1 + 1e-14);
        Assert.Equal(Ad.Special.Beta(x, y), Ad.Special.Beta(y, x));
    }

    [Theory]
    [MemberData(nameof(Logarithms))]
    public void Its_logarithm_has_its_known_values(double x, double y, double expected)
    {
        Assert.InRange(Ad.Special.LogBeta(x, y) / expected, 1 - 1e-14, 1 + 1e-14);
        Assert.Equal(Ad.Special.LogBeta(x, y), Ad.Special.LogBeta(y, x));
        if (expected > -700) Assert.InRange(Ad.Special.Beta(x, y) / Math.Exp(expected), 1 - 2e-13, 1 + 2e-13);
    }

    [Fact]
    public void Satisfies_its_recurrence()
    {
        // B(x, y) = B(x + 1, y) + B(x, y + 1)
        foreach (double x in (double[])[0.1, 0.9, 3.5, 14.9, 15.1, 28, 90])
            foreach (double y in (double[])[0.2, 1.5, 14.7, 33])
                Assert.Equal(1, (Ad.Special.Beta(x + 1, y) + Ad.Special.Beta(x, y + 1)) / Ad.Special.Beta(x, y), 1e-13);
    }

    [Fact]
    public void Ends_at_zero_and_takes_no_negative_argument()
    {
        Assert.Equal(double.PositiveInfinity, Ad.Special.Beta(0, 2));
        Assert.Equal(0, Ad.Special.Beta(2, double.PositiveInfinity));
        Assert.Equal(double.NaN, Ad.Special.LogBeta(-1, 2));
        Assert.Equal(double.NaN, Ad.Special.Beta(double.NaN, 2));
        Assert.Equal((float)Ad.Special.Beta(2.5, 0.5), Ad.Special.Beta(2.5f, 0.5f));
    }
}
