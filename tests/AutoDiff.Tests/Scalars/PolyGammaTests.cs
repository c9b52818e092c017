namespace AutoDiff.Tests.Scalars;

/// <summary>Derivatives of the digamma function against their values in terms of ζ and π (DLMF 5.15.2, 5.15.3) and against the recurrence.</summary>
public class PolyGammaTests
{
    private const double Zeta3 = 1.2020569031595942854, Zeta5 = 1.0369277551433699263;

    public static TheoryData<int, double, double> Known => new()
    {
        { 1, 1, Math.PI * Math.PI / 6 },
        { 1, 0.5, Math.PI * Math.PI / 2 },
        { 1, 2, Math.PI * Math.PI / 6 - 1 },
        { 1, -0.5, Math.PI * Math.PI / 2 + 4 },
        { 2, 1, -2 * Zeta3 },
        { 2, 0.5, -14 * Zeta3 },
        { 2, -0.5, -14 * Zeta3 + 16 },
        { 3, 1, Math.Pow(Math.PI, 4) / 15 },
        { 3, 0.5, Math.Pow(Math.PI, 4) },
        { 4, 1, -24 * Zeta5 },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Has_its_known_values(int order, double x, double expected)
        => Assert.InRange(Ad.Special.PolyGamma(order, x) / expected, 1 - 1e-14, 1 + 1e-14);

    [Fact]
    public void Satisfies_its_recurrence()
    {
        foreach (int order in (int[])[1, 2, 3, 5])
        {
            double factorial = Enumerable.Range(1, order).Aggregate(1.0, static (a, k) => a * k);
            foreach (double x in (double[])[-7.3, -0.25, 0.01, 0.7, 3.2, 14.99, 40])
            {
                double term = (order % 2 == 1 ? 1 : -1) * factorial / Math.Pow(x, order + 1);
                double above = Ad.Special.PolyGamma(order, x + 1), here = Ad.Special.PolyGamma(order, x);
                Assert.Equal(0, (here - above - term) / Math.Max(Math.Abs(term), Math.Abs(here)), 1e-12);
            }
        }
    }

    [Fact]
    public void Has_poles_and_no_negative_order()
    {
        Assert.Equal(double.PositiveInfinity, Ad.Special.PolyGamma(1, -3));
        Assert.Equal(double.NaN, Ad.Special.PolyGamma(2, 0));
        Assert.Equal(Ad.Special.Digamma(2.5), Ad.Special.PolyGamma(0, 2.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ad.Special.PolyGamma(-1, 2));
    }
}
