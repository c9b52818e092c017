using GradBench.Evals;

namespace AutoDiff.GradBench.Tests;

public class GmmTests
{
    [Theory]
    [InlineData(1, 1, 3, 1.0, 0)]
    [InlineData(2, 3, 5, 1.0, 0)]
    [InlineData(5, 2, 4, 1.5, 2)]
    [InlineData(10, 4, 3, 1.0, 0)]
    [InlineData(19, 2, 2, 0.5, 1)]
    public void AllGradientsAgreeWithDifferences(int d, int k, int n, double gamma, int m)
    {
        double[] alpha = Differences.Random(k, 1), mu = Differences.Random(k * d, 2), q = Differences.Random(k * d, 3);
        double[] l = Differences.Random(k * d * (d - 1) / 2, 4), x = Differences.Random(n * d, 5);
        double[] dAlpha = new double[k], dMu = new double[k * d], dQ = new double[k * d], dL = new double[l.Length];
        double Objective() => Gmm.LogLikelihood(alpha, mu, q, l, x, d, gamma, m);
        double value = Gmm.LogLikelihoodGradient(alpha, mu, q, l, x, d, gamma, m, dAlpha, dMu, dQ, dL);
        Assert.Equal(Objective(), value, 1e-9 * Math.Abs(value));
        Differences.AreNear(Differences.Gradient(Objective, alpha), dAlpha);
        Differences.AreNear(Differences.Gradient(Objective, mu), dMu);
        Differences.AreNear(Differences.Gradient(Objective, q), dQ);
        Differences.AreNear(Differences.Gradient(Objective, l), dL);
    }

    [Fact]
    public void OneComponentIsOneGaussian()
    {
        double[] x = [1, 3], mu = [0.5], q = [0.25];
        double value = Gmm.LogLikelihood([7], mu, q, [], x, 1, 1, 0);

        // Weights cancel; the prior is −½e²ᵠ plus its normalisation.
        double likelihood = x.Sum(v => q[0] - 0.5 * Math.Exp(2 * q[0]) * (v - mu[0]) * (v - mu[0]) - 0.5 * Math.Log(2 * Math.PI));
        double prior = -0.5 * Math.Exp(2 * q[0]) + 2 * (Math.Log(1) - 0.5 * Math.Log(2)) - 0;
        Assert.Equal(likelihood + prior, value, 12);
    }
}
