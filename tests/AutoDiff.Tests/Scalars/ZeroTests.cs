namespace AutoDiff.Tests.Scalars;

/// <summary>Special functions at their zeros, to 1e-14 of what is left there: values from 60-digit arithmetic.</summary>
public class ZeroTests
{
    public static TheoryData<int, double, double> OfBesselFunctions => new()
    {
        { 0, 2.4048255576957, 3.7748751853577565e-14 },
        { 0, 2.404825557695773, -6.10876525973673e-17 },
        { 0, 2.41, -0.002683400893544352 },
        { 0, 5.52007811, -9.742142491682493e-11 },
        { 0, 8.65, 0.001012166219373185 },
        { 0, 11.7, -0.021331281388499677 },
        { 0, 14.930917, 1.4633562835640359e-07 },
        { 0, 18.071, -1.200864059610583e-05 },
        { 0, 21.2116366, 5.177056784394324e-09 },
        { 0, 24.352, -7.624798872202745e-05 },
        { 0, 2.31, 0.05015007839979211 },
        { 0, 24.45, 0.01571407016927077 },
        { 1, 3.8317059702075125, -6.149807356994906e-17 },
        { 1, 3.8317, 2.404559043103632e-06 },
        { 1, 3.9, -0.02724403962077989 },
        { 1, 7.0155866698, -4.687364894170664e-12 },
        { 1, 10.17, 0.0008661561648795227 },
        { 1, 13.3236919363, -3.1058457840407542e-12 },
        { 1, 16.470630050877634, -3.180812762837805e-16 },
        { 1, 19.6158, -1.0535608111506834e-05 },
        { 1, 22.7600843805, 1.5509969459698544e-11 },
        { 1, 3.74, 0.037335893192926614 },
    };

    public static TheoryData<double, double> OfDigamma => new()
    {
        { 1.4616321449683, -6.02550050576728e-14 },
        { 1.4616321449683622, -9.241265521729427e-17 },
        { 1.46, -0.0015805619870834522 },
        { 1.5, 0.03648997397857652 },
        { 1.4, -0.06138454458511624 },
        { 1.7, 0.2085478748734939 },
        { 1.22, -0.2639837000442202 },
    };

    [Theory]
    [MemberData(nameof(OfBesselFunctions))]
    public void Bessel_functions(int order, double x, double expected)
    {
        Assert.Equal(1, Ad.Special.BesselJ(order, x) / expected, 1e-14);
        Assert.Equal(order == 0 ? 1 : -1, Ad.Special.BesselJ(order, -x) / expected, 1e-14);
    }

    [Theory]
    [MemberData(nameof(OfDigamma))]
    public void Digamma(double x, double expected) => Assert.Equal(1, Ad.Special.Digamma(x) / expected, 1e-14);

    [Fact]
    public void Nothing_jumps_where_one_formula_ends_and_another_begins()
    {
        foreach (double zero in (double[])[2.404825557695773, 14.930917708487787, 24.352471530749302])
            foreach (double edge in (double[])[zero - 0.125, zero + 0.125])
                Assert.Equal(Ad.Special.BesselJ0(edge - 1e-13), Ad.Special.BesselJ0(edge + 1e-13), 2e-13);
        foreach (double edge in (double[])[1.4616321449683622 - 0.25, 1.4616321449683622 + 0.25])
            Assert.Equal(Ad.Special.Digamma(edge - 1e-13), Ad.Special.Digamma(edge + 1e-13), 1e-12);
    }
}
