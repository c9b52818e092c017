namespace AutoDiff.Tests.Scalars;

/// <summary>Bessel functions against tables (Abramowitz and Stegun 9.1, 9.2, 9.4), the recurrence and the addition theorem.</summary>
public class BesselTests
{
    public static TheoryData<int, double, double> Known => new()
    {
        { 0, 0, 1 },
        { 0, 0.1, 0.99750156206604003228 },
        { 0, 1, 0.76519768655796655145 },
        { 0, 2, 0.22389077914123566805 },
        { 0, 5, -0.17759677131433830435 },
        { 0, 10, -0.2459357644513483352 },
        { 0, 20, 0.16702466434058315473 },
        { 0, 24.9, 0.083245968353015681694 },
        { 0, 25.1, 0.10827567149994928907 },
        { 0, 50, 0.055812327669251815005 },
        { 0, 100, 0.019985850304223122424 },
        { 0, 1000, 0.024786686152420174561 },
        { 1, 0, 0 },
        { 1, 0.1, 0.049937526036241997556 },
        { 1, 1, 0.44005058574493351596 },
        { 1, 2, 0.5767248077568733872 },
        { 1, 5, -0.32757913759146522204 },
        { 1, 10, 0.04347274616886143667 },
        { 1, 20, 0.066833124175850045579 },
        { 1, 50, -0.097511828125175137661 },
        { 1, 100, -0.077145352014112158033 },
        { 2, 1, 0.11490348493190048047 },
        { 2, 10, 0.25463031368512062253 },
        { 3, 1, 0.019563353982668405919 },
        { 5, 10, -0.23406152818679364044 },
        { 10, 1, 2.630615123687453207e-10 },
        { 30, 10, 1.5510960782574670069e-12 },
        { 30, 100, 0.081460129581172222968 },
        { 7, 30, 0.1451851895723282743 },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Has_its_known_values(int order, double x, double expected)
    {
        double amplitude = x > order ? Math.Sqrt(2 / (Math.PI * x)) : 0;
        double tolerance = 1e-14 * Math.Max(Math.Abs(expected), Math.Min(amplitude, 4 * Math.Abs(expected)));
        Assert.InRange(Ad.Special.BesselJ(order, x), expected - tolerance, expected + tolerance);
    }

    [Fact]
    public void Satisfies_its_recurrence_and_its_symmetries()
    {
        foreach (double x in (double[])[0.3, 2.9, 7.7, 24, 26, 61.5, 300])
        {
            foreach (int n in (int[])[0, 1, 2, 5, 17, 40])
            {
                double below = Ad.Special.BesselJ(n - 1, x), here = Ad.Special.BesselJ(n, x), above = Ad.Special.BesselJ(n + 1, x);
                Assert.Equal(0, below + above - 2 * n / x * here, 4e-15 * (1 + 2 * n / x * Math.Abs(here)));
                Assert.Equal(n % 2 == 0 ? here : -here, Ad.Special.BesselJ(-n, x));
                Assert.Equal(n % 2 == 0 ? here : -here, Ad.Special.BesselJ(n, -x));
            }

            double squares = Ad.Special.BesselJ0(x) * Ad.Special.BesselJ0(x);
            for (int n = 1; n < 2 * x + 40; n++) squares += 2 * Ad.Special.BesselJ(n, x) * Ad.Special.BesselJ(n, x);
            Assert.Equal(1, squares, 2e-14);
        }
    }

    [Fact]
    public void Ends_at_zero_and_passes_NaN_on()
    {
        Assert.Equal(0, Ad.Special.BesselJ1(double.PositiveInfinity));
        Assert.Equal(double.NaN, Ad.Special.BesselJ0(double.NaN));
        Assert.Equal(5e-301, Ad.Special.BesselJ1(1e-300), 1e-315);
        Assert.Equal((float)Ad.Special.BesselJ1(2.0), Ad.Special.BesselJ1(2f));
    }
}
