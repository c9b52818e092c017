using AutoDiff.Compiler.Interpretation;

namespace AutoDiff.Compiler.Tests.Interpretation;

/// <summary>Against values of DLMF and Abramowitz and Stegun, and identities.</summary>
public sealed class SpecialFunctionTests
{
    [Theory]
    [InlineData(0.5, 0.52049987781304654)]
    [InlineData(1, 0.84270079294971487)]
    [InlineData(2, 0.99532226501895273)]
    [InlineData(-1, -0.84270079294971487)]
    public void Erf(double x, double expected) => Assert.Equal(expected, SpecialFunctions.Erf(x), 2e-15);

    [Theory]
    [InlineData(3, 2.2090496998585441e-05)]
    [InlineData(5, 1.5374597944280349e-12)]
    [InlineData(10, 2.0884875837625447e-45)]
    public void ErfcKeepsItsRelativePrecision(double x, double expected) => Assert.Equal(1, SpecialFunctions.Erfc(x) / expected, 1e-13);

    [Fact]
    public void ErfIsContinuousWhereItsFormulaChanges()
        => Assert.Equal(SpecialFunctions.Erf(2), SpecialFunctions.Erf(2 + 1e-12), 1e-13);

    [Theory]
    [InlineData(0.5, 0.57236494292470009)]
    [InlineData(1, 0)]
    [InlineData(10, 12.801827480081469)]
    [InlineData(-1.5, 0.86004701537648101)]
    public void LogGamma(double x, double expected) => Assert.Equal(expected, SpecialFunctions.LogGamma(x), 2e-14);

    [Theory]
    [InlineData(1, -0.57721566490153286)]
    [InlineData(0.5, -1.9635100260214235)]
    [InlineData(10, 2.2517525890667211)]
    public void Digamma(double x, double expected) => Assert.Equal(expected, SpecialFunctions.Digamma(x), 1e-14);

    [Theory]
    [InlineData(1, Math.PI * Math.PI / 6)]
    [InlineData(0.5, Math.PI * Math.PI / 2)]
    public void Trigamma(double x, double expected) => Assert.Equal(expected, SpecialFunctions.Trigamma(x), 1e-13);

    [Theory]
    [InlineData(1e-10)]
    [InlineData(-0.3)]
    [InlineData(2.5)]
    public void FunctionsNearZeroKeepTheirDigits(double x)
    {
        double series = x + x * x / 2 + x * x * x / 6;
        if (Math.Abs(x) < 1e-3) Assert.Equal(1, SpecialFunctions.ExpM1(x) / series, 1e-15);
        Assert.Equal(1, SpecialFunctions.LogP1(SpecialFunctions.ExpM1(x)) / x, 4e-15);
        Assert.Equal(Math.Cbrt(x), SpecialFunctions.Cbrt(x), 1e-15);
        Assert.Equal(Math.Asinh(x), SpecialFunctions.Asinh(x), 1e-15);
    }

    [Theory]
    [InlineData(0.1, 10, -1)]
    [InlineData(1e16, 1.0000000000000002, -1e16)]
    [InlineData(3, 5, 7)]
    public void FusedMultiplyAddRoundsOnce(double a, double b, double c)
        => Assert.Equal(Math.FusedMultiplyAdd(a, b, c), SpecialFunctions.FusedMultiplyAdd(a, b, c));

    [Fact]
    public void HypotNeitherOverflowsNorUnderflows()
    {
        Assert.Equal(5e200, SpecialFunctions.Hypot(3e200, 4e200), 1e186);
        Assert.Equal(1, SpecialFunctions.Hypot(3e-200, 4e-200) / 5e-200, 1e-15);
    }
}
