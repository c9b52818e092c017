using GradBench.Evals;

namespace AutoDiff.GradBench.Tests;

public class LeastSquaresTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 5)]
    [InlineData(17, 64)]
    [InlineData(128, 33)]
    public void TheGradientIsTheSumOfResidualsTimesPowers(int m, int n)
    {
        double[] x = Differences.Random(m, 1), expected = new double[m], actual = new double[m];
        double value = 0;
        for (int i = 0; i < n; i++)
        {
            double t = -1 + 2.0 * i / (n - 1.0), residual = Math.Sign(t);
            for (int j = 0; j < m; j++) residual -= x[j] * Math.Pow(t, j);
            value += 0.5 * residual * residual;
            for (int j = 0; j < m; j++) expected[j] -= residual * Math.Pow(t, j);
        }

        Assert.Equal(value, LeastSquares.ObjectiveGradient(x, n, actual), 1e-9 * Math.Max(1, value));
        Assert.Equal(value, LeastSquares.Objective(x, n), 1e-9 * Math.Max(1, value));
        Differences.AreNear(expected, actual, 1e-10);
    }
}
