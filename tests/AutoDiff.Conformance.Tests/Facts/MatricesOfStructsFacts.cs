using System.Reflection;

namespace AutoDiff.Conformance;

/// <summary>Matrices beside memory of structs against products with unit directions, gradients and differences, and against themselves with analyses switched off.</summary>
public class MatricesOfStructsFacts
{
    [Fact]
    public void Columns_of_jacobians_are_the_numbers_of_the_elements()
    {
        Near(MatricesOfStructs.ResidualsByTangents(), MatricesOfStructs.ResidualsMatrix(), 1e-13);
        Near(MatricesOfStructs.ResidualsByTangents(), MatricesOfStructs.ResidualsBlocks(), 1e-13);
    }

    [Fact]
    public void Rows_of_jacobians_are_the_numbers_of_what_is_written()
        => Near(MatricesOfStructs.ChainByTangents(), MatricesOfStructs.ChainMatrix(), 1e-13);

    [Fact]
    public void Rows_by_reverse_mode_are_gradients()
        => Near(MatricesOfStructs.TurningByGradient(), MatricesOfStructs.TurningMatrix(), 1e-13);

    [Fact]
    public void Columns_of_hessians_are_products()
    {
        Near(MatricesOfStructs.PriceByProducts(), MatricesOfStructs.PriceMatrix(), 1e-13);
        Near(MatricesOfStructs.SitesByProducts(), MatricesOfStructs.SitesMatrix(), 1e-13);
    }

    [Fact]
    public void Hessians_are_differences_of_gradients()
    {
        Near(MatricesOfStructs.RelaxedByDifferences(), MatricesOfStructs.RelaxedMatrix(), 1e-7);
        Near(MatricesOfStructs.RoundedByDifferences(), MatricesOfStructs.RoundedMatrix(), 1e-7);
    }

    [Fact]
    public void Numbers_without_vectors_take_one_direction_in_a_pass()
        => Assert.Equal([0, 6, 0, 0, 6, 4, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2], MatricesOfStructs.HalvesMatrix());

    [Theory]
    [InlineData("ResidualsMatrix"), InlineData("ResidualsBlocks"), InlineData("ChainMatrix"), InlineData("TurningMatrix"), InlineData("PriceMatrix"), InlineData("SitesMatrix")]
    [InlineData("RelaxedMatrix"), InlineData("RoundedMatrix"), InlineData("HalvesMatrix")]
    public void Analyses_change_no_bit(string matrix)
    {
        double[] expected = Of(typeof(MatricesOfStructs).Assembly);
        Assert.Contains(expected, static x => x != 0);
        foreach ((string variant, Assembly assembly) in Variants.All)
            Assert.True(expected.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(Of(assembly).Select(BitConverter.DoubleToInt64Bits)), variant);

        double[] Of(Assembly assembly) => (double[])assembly.GetType(typeof(MatricesOfStructs).FullName!)!.GetMethod(matrix)!.Invoke(null, null)!;
    }

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
            Assert.True(Math.Abs(expected[k] - actual[k]) <= tolerance * Math.Max(1, Math.Abs(expected[k])), $"[{k}]: expected {expected[k]:R}, actual {actual[k]:R}");
        Assert.Contains(actual, static x => Math.Abs(x) > 1e-3);
    }
}
