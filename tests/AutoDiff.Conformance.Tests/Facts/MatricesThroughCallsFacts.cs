using System.Reflection;

namespace AutoDiff.Conformance;

/// <summary>Matrices of methods with calls that stay calls against products, gradients, closed forms and differences, and against themselves with analyses switched off.</summary>
public class MatricesThroughCallsFacts
{
    [Fact]
    public void Of_helpers_that_call_themselves()
    {
        Near(MatricesThroughCalls.PriceByProducts(), MatricesThroughCalls.PriceMatrix(), 1e-13);
        Near(MatricesThroughCalls.PriceByGradient(), MatricesThroughCalls.PriceRow(), 1e-13);
    }

    [Fact]
    public void Of_memory_that_goes_into_calls()
    {
        Near(MatricesThroughCalls.DividedByProducts(), MatricesThroughCalls.DividedMatrix(), 1e-13);
        Near(MatricesThroughCalls.DividedByDifferences(), MatricesThroughCalls.DividedMatrix(), 1e-7);
        Near(MatricesThroughCalls.ManyByTangents(), MatricesThroughCalls.ManyMatrix(), 1e-13);
    }

    [Fact]
    public void Of_a_method_that_calls_itself()
    {
        double x = 1.3, y = 0.7, mixed = 12 * x * x * Math.Pow(y, 3);
        Near([6 * x * Math.Pow(y, 4), mixed, mixed, 12 * Math.Pow(x, 3) * y * y], MatricesThroughCalls.PowerMatrix(), 1e-13);
    }

    [Fact]
    public void Of_a_call_that_is_dispatched()
    {
        double w = 0.8, h = 1.4, sin = Math.Sin(w * h), cos = Math.Cos(w * h), mixed = h * h * (4 * w * cos - w * w * h * sin) + 2 * h * sin;
        Near([2 * h * h * h * cos - w * h * h * h * h * sin, mixed, mixed, w * (2 * sin + 4 * h * w * cos - h * h * w * w * sin)], MatricesThroughCalls.ShapedMatrix(), 1e-13);
    }

    [Theory]
    [InlineData("PriceMatrix"), InlineData("PriceRow"), InlineData("DividedMatrix"), InlineData("PowerMatrix"), InlineData("ShapedMatrix"), InlineData("ManyMatrix")]
    public void Analyses_change_no_bit(string matrix)
    {
        double[] expected = Of(typeof(MatricesThroughCalls).Assembly);
        Assert.Contains(expected, static x => x != 0);
        foreach ((string variant, Assembly assembly) in Variants.All)
            Assert.True(expected.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(Of(assembly).Select(BitConverter.DoubleToInt64Bits)), variant);

        double[] Of(Assembly assembly) => (double[])assembly.GetType(typeof(MatricesThroughCalls).FullName!)!.GetMethod(matrix)!.Invoke(null, null)!;
    }

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
            Assert.True(Math.Abs(expected[k] - actual[k]) <= tolerance * Math.Max(1, Math.Abs(expected[k])), $"[{k}]: expected {expected[k]:R}, actual {actual[k]:R}");
    }
}
