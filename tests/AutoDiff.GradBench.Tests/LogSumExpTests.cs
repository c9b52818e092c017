using GradBench.Evals;

namespace AutoDiff.GradBench.Tests;

public class LogSumExpTests
{
    [Fact]
    public void TheGradientIsTheSoftmaxAtEveryLength()
    {
        for (int n = 1; n <= 40; n++)
        {
            double[] x = Differences.Random(n, n), dx = new double[n];
            double sum = x.Sum(Math.Exp);
            Assert.Equal(Math.Log(sum), LogSumExp.OfGradient(x, dx), 12);
            Differences.AreNear([.. x.Select(v => Math.Exp(v) / sum)], dx, 1e-12);
        }
    }

    [Fact]
    public void LargeNumbersDoNotOverflow()
    {
        double[] dx = new double[2];
        Assert.Equal(1000 + Math.Log(2), LogSumExp.OfGradient([1000, 1000], dx), 9);
        Differences.AreNear([0.5, 0.5], dx);
    }
}
