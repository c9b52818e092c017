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
        { 14.3, 15.6, 9.50200949120552e-10 },
        { 9.7, 0.3, 1.529674894431103 },
        { 120.5, 200.25, 1.8077615312788372e-93 },
        { 3.3, 100000.0, 8.485452059408969e-17 },
        { 2.2, 27.7, 0.0007052847830033073 },
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
        { 0.11, 317463930.8917822, -0.00010994503679344343 },
        { 0.74, 1.4523912634159544, -4.53542377254186e-16 },
        { 0.74, 1.4538436546793703, -0.000796802655492461 },
        { 0.3, 38.92616142530515, -2.0048668909027573e-16 },
        { 0.3, 38.965087586730455, -0.0003025538570173823 },
        { 0.95, 1.0544802000377596, -7.357483284107581e-16 },
        { 1, 1.5, -0.40546510810816438198 },
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
        if (expected > -40) Assert.InRange(Ad.Special.Beta(x, y) / Math.Exp(expected), 1 - 2e-14, 1 + 2e-14);
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
