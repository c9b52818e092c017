using GradBench.Evals;

namespace AutoDiff.GradBench.Tests;

public class DeterminantTests
{
    [Fact]
    public void OfTwoByTwo()
    {
        double[] gradient = new double[4];
        Assert.Equal(-1, Determinant.ExpandGradient([1, 2, 3, 5], 2, 0, 3, gradient));
        Assert.Equal([5, -3, -2, 1], gradient);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void TheGradientIsTheCofactorMatrix(int size)
    {
        double[] a = Differences.Random(size * size, size), gradient = new double[a.Length];
        double value = Determinant.ExpandGradient(a, size, 0, (1 << size) - 1, gradient);
        Assert.Equal(Determinant.Expand(a, size, 0, (1 << size) - 1), value, 12);
        Differences.AreNear(Differences.Gradient(() => Determinant.Expand(a, size, 0, (1 << size) - 1), a), gradient, 1e-8);

        // Expansion along any row gives the determinant again.
        for (int row = 0; row < size; row++)
        {
            double sum = 0;
            for (int column = 0; column < size; column++) sum += a[row * size + column] * gradient[row * size + column];
            Assert.Equal(value, sum, 10);
        }
    }
}
