using AutoDiff.Generators.Tests;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Conformance;

/// <summary>Rectangular and jagged arrays and lists: members take them as the user wrote them, with gradients of the same type.</summary>
public class MemoryParameterFacts
{
    [Fact]
    public void Rectangular_arrays_have_rectangular_gradients()
    {
        double[,] a = { { 1, 2, 3 }, { 4, 5, 6 } }, da = new double[2, 3], direction = { { 1, 0, 0.5 }, { 0, -1, 2 } }, product = new double[2, 3];
        (double value, double dx) = MemoryParameters.WeightedGradient(a, 0.5, da);
        Assert.Equal(MemoryParameters.Weighted(a, 0.5), value);
        Assert.Equal(value / 0.5, dx, 1e-12);
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 3; j++) Assert.Equal(a[i, j] * (i + 1), da[i, j], 1e-12);

        double tangent = MemoryParameters.WeightedJvp(a, 0.5, direction, 0.25).Tangent;
        double expected = 0.25 * dx;
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 3; j++) expected += da[i, j] * direction[i, j];
        Assert.Equal(expected, tangent, 1e-12);

        MemoryParameters.WeightedHvp(a, 0.5, direction, 0.25, da, product);
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 3; j++) Assert.Equal((i + 1) * (2 * 0.5 * direction[i, j] + 0.25 * 2 * a[i, j]) / 1, product[i, j], 1e-12);

        double[] hessian = new double[49];
        MemoryParameters.WeightedHessian(a, 0.5, hessian);
        Assert.Equal(2 * 0.5 * 1, hessian[0], 1e-12);
        Assert.Equal(2 * a[1, 2] * 2, hessian[6 * 7 + 5], 1e-12);
    }

    [Fact]
    public void A_rectangular_array_that_is_written_has_a_cotangent_and_a_gradient_at_entry()
    {
        double[,] a = { { 1, 2 }, { 3, 4 } }, cotangent = { { 1, 10 }, { 100, 1000 } }, entry = new double[2, 2];
        double dx = MemoryParameters.ScaleVjp(a, 3, cotangent, entry);
        Assert.Equal(1 + 20 + 300 + 4000, dx);
        Assert.Equal([3.0, 30, 300, 3000], entry.Cast<double>());
        Assert.Equal([3.0, 6, 9, 12], a.Cast<double>());
    }

    [Fact]
    public void Jagged_arrays_have_jagged_gradients()
    {
        double[][] a = [[1, 2, 3], [], [4]], da = [new double[3], [], new double[1]];
        double[] w = [0.5, -1, 2], dw = new double[3];
        double value = MemoryParameters.QuadraticGradient(a, w, da, dw);
        Assert.Equal(MemoryParameters.Quadratic(a, w), value);
        Assert.Equal([0.25, -0.5, 1], da[0]);
        Assert.Equal([1.0], da[2]);
        for (int k = 0; k < 3; k++)
        {
            double[] up = [.. w], down = [.. w];
            (up[k], down[k]) = (w[k] + 1e-6, w[k] - 1e-6);
            Assert.Equal((MemoryParameters.Quadratic(a, up) - MemoryParameters.Quadratic(a, down)) / 2e-6, dw[k], 1e-6);
        }

        MemoryParameters.QuadraticGradient(a, w, da, dw, accumulate: true);
        Assert.Equal([0.5, -1, 2], da[0]);
    }

    [Fact]
    public void A_jagged_array_that_is_written_comes_back()
    {
        double[][] a = [[1, 2], [3]], cotangent = [[1, 10], [100]], entry = [new double[2], new double[1]];
        Assert.Equal(1 + 20 + 300, MemoryParameters.MultiplyVjp(a, 5, cotangent, entry));
        Assert.Equal([5.0, 10], a[0]);
        Assert.Equal([15.0], a[1]);
        Assert.Equal([5.0, 50], entry[0]);
        Assert.Equal([500.0], entry[1]);
        Assert.Equal([1.0, 10], cotangent[0]);
    }

    [Fact]
    public void Lists_have_gradients_of_their_length()
    {
        List<double> list = [1, 2, 3];
        double[] dList = new double[3];
        Assert.Equal(MemoryParameters.OfList(list), MemoryParameters.OfListGradient(list, dList));
        Assert.Equal([3 + 2.0, 3 + 4, 1 + 2 + 6 + 6], dList);
    }

    [Fact]
    public void What_does_not_fit_is_an_ArgumentException_and_nothing_is_written()
    {
        double[,] a = { { 1, 2 } };
        Assert.Equal("da", Assert.Throws<ArgumentException>(() => MemoryParameters.WeightedGradient(a, 1, new double[2, 1])).ParamName);
        Assert.Equal("da", Assert.Throws<ArgumentException>(() => MemoryParameters.WeightedGradient(a, 1, a)).ParamName);
        Assert.Equal("a", Assert.Throws<ArgumentNullException>(() => MemoryParameters.WeightedGradient(null!, 1, a)).ParamName);

        double[][] rows = [[1, 2], [3, 4]], shared = [rows[0], new double[2]], twice = [new double[2], null!], dRows = [[7, 7], [7]];
        double[] w = [1, 2], dw = [7, 7];
        twice[1] = twice[0];
        Assert.Equal("da", Assert.Throws<ArgumentException>(() => MemoryParameters.QuadraticGradient(rows, w, shared, dw)).ParamName);
        Assert.Equal("da", Assert.Throws<ArgumentException>(() => MemoryParameters.QuadraticGradient(rows, w, twice, dw)).ParamName);
        Assert.Equal("da", Assert.Throws<ArgumentException>(() => MemoryParameters.QuadraticGradient(rows, w, dRows, dw)).ParamName);
        Assert.Equal("da", Assert.Throws<ArgumentException>(() => MemoryParameters.QuadraticGradient(rows, w, [dw, new double[2]], dw)).ParamName);
        Assert.Equal([7.0, 7], dw);
        Assert.Equal([7.0, 7], dRows[0]);
        Assert.Equal([1.0, 2], rows[0]);
    }

    [Fact]
    public void A_list_throws_as_it_does_where_there_is_no_element()
    {
        List<double> list = [1, 2];
        double[] dList = [7, 7];
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryParameters.Third(list, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryParameters.ThirdGradient(list, 2, dList));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryParameters.ThirdGradient(list, -1, dList));
        Assert.Equal([7.0, 7], dList);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    public void An_element_that_is_not_there_is_an_index_out_of_range_as_in_the_method(int i, int j)
    {
        double[,] a = { { 1, 2 }, { 3, 4 } }, da = { { 7, 7 }, { 7, 7 } };
        Assert.Throws<IndexOutOfRangeException>(() => MemoryParameters.At(a, i, j));
        Assert.Throws<IndexOutOfRangeException>(() => MemoryParameters.AtGradient(a, i, j, da));
        Assert.Equal([7.0, 7, 7, 7], da.Cast<double>());
    }

    [Theory]
    [InlineData("double F(double[][] a) { a[0] = new double[2]; return a[0][0]; }", "DIFF1002: new double[2]")]
    [InlineData("double F(List<double> a) { a.Add(1); return a[0]; }", "DIFF1004: a.Add(1)")]
    [InlineData("double F(ref double[,] a) => a[0, 0];", "DIFF1003: a")]
    [InlineData("double F(double x) { var a = new double[2][]; a[0] = [x]; var b = a; return b[0][0]; }", "DIFF1002: a")]
    [InlineData("double F(double x) { var a = new double[2][]; double[] r = [x]; a[0] = r; r[0] = 2; return a[0][0]; }", "DIFF1002: r")]
    [InlineData("double F(double x) { var a = new double[2][]; a[0] = [x]; double[] r = a[0]; a[1] = new double[4]; r[0] = 2; return a[0][0]; }", "DIFF1002: new double[4]")]
    [InlineData("double F(double x) { double[][] a = [[x], [1]]; G(a, a[0]); return a[0][0]; } static void G(double[][] a, double[] row) { a[1] = new double[3]; row[0] *= 5; }",
        "DIFF1002: new double[3]")]
    [InlineData("double F(double x) { double[][] a = [[x], [1]]; double[] r = a[0]; G(a); r[0] *= 5; return a[0][0]; } static void G(double[][] a) { a[1] = new double[3]; }",
        "DIFF1002: new double[3]")]
    [InlineData("double F(double[][] a) { (a[0], a[1]) = (a[1], a[0]); return a[1][0]; }", "DIFF1002: (a[0], a[1]) = (a[1], a[0])")]
    public void What_memory_cannot_say_is_reported(string method, string expected)
        => Assert.Contains(expected, GeneratorHarness.Run("public static partial class P { [Differentiable] public static " + method + " }").Reported);

    [Fact]
    public void A_sequence_that_has_no_gradient_is_gone_through_once()
    {
        int asked = 0;
        IEnumerable<double> Values()
        {
            asked++;
            yield return 2;
            yield return 3;
        }

        // 2 a + 3 a² + 5 a
        Assert.Equal((14.0 + 12, 7.0 + 12), MemoryParameters.OfSequenceGradient(2, Values(), [1, 2]));
        Assert.Equal(1, asked);
        Assert.Equal((26.0, 19.0), MemoryParameters.OfSequenceGradient(2, new List<double> { 2, 3 }, new List<int> { 1, 2 }));
        Assert.Equal((26.0, 19.0), MemoryParameters.OfSequenceGradient(2, new LinkedList<double>([2, 3]), [1, 2]));
        double[] hessian = new double[1];
        MemoryParameters.OfSequenceHessian(2, Values(), [1, 2], hessian);
        Assert.Equal(6, hessian[0], 1e-12);
        Assert.Equal("values", Assert.Throws<ArgumentNullException>(() => MemoryParameters.OfSequenceGradient(2, null!, [1])).ParamName);
    }

    [Fact]
    public void A_sequence_of_tuples_is_put_in_order()
    {
        (double, double, bool)[] patients = [(1, 0.5, true), (3, 0.25, true), (2, 1, false)];
        double[] beta = [0.3, -0.2], slopes = new double[2];
        Assert.Equal(MemoryParameters.OfPatients(beta, patients), MemoryParameters.OfPatientsGradient(beta, patients.Select(static p => p).ToList(), slopes));
        for (int k = 0; k < 2; k++)
        {
            double[] up = [.. beta], down = [.. beta];
            (up[k], down[k]) = (beta[k] + 1e-6, beta[k] - 1e-6);
            Assert.Equal((MemoryParameters.OfPatients(up, patients) - MemoryParameters.OfPatients(down, patients)) / 2e-6, slopes[k], 1e-7);
        }
    }

    [Theory]
    [InlineData("foreach (double v in xs) s += v * x;")]
    [InlineData("s = xs.Sum() * x;")]
    [InlineData("s = xs[0] * x;")]
    public void A_sequence_has_no_place_for_a_gradient(string use)
    {
        const string method = "[Differentiable] public static double F({0}IReadOnlyList<double> xs, double x) {{ double s = 0; {1} return s; }}";
        Diagnostic found = Assert.Single(GeneratorHarness.Run("public static partial class P { " + string.Format(method, "", use) + " }").Diagnostics);
        Assert.Equal("xs", found.Location.SourceTree!.GetText().ToString(found.Location.SourceSpan));
        Assert.Contains("mark it [NoGradient]", found.GetMessage());
        GeneratorHarness.Run("public static partial class P { " + string.Format(method, "[NoGradient] ", use) + " }").Compile();
    }

    [Fact]
    public void A_sequence_that_is_only_handed_on_stays_the_object_that_it_is()
        => Assert.Equal((18.0, 12.0), MemoryParameters.WithCountGradient(3, new List<int> { 5, 6 }));
}
