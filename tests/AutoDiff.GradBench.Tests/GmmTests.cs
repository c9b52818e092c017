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

    // More points than one block has, and a second block that is not full.
    [Fact]
    public void BlocksAreTheFormula()
    {
        const int D = 3, K = 4, N = 300, M = 1, Below = D * (D - 1) / 2;
        const double Gamma = 1.25;
        double[] alpha = Differences.Random(K, 1), mu = Differences.Random(K * D, 2), q = Differences.Random(K * D, 3);
        double[] l = Differences.Random(K * Below, 4), x = Differences.Random(N * D, 5);
        double expected = -N * (0.5 * D * Math.Log(2 * Math.PI) + Math.Log(alpha.Sum(Math.Exp)));
        for (int i = 0; i < N; i++) expected += Math.Log(Enumerable.Range(0, K).Sum(k => Math.Exp(Exponent(k, x[(i * D)..(i * D + D)]))));
        double rest = Gmm.LogLikelihood(alpha, mu, q, l, [], D, Gamma, M);
        double value = Gmm.LogLikelihood(alpha, mu, q, l, Layout.Transpose(x, D), D, Gamma, M);
        Assert.Equal(expected, value - rest, 1e-10 * Math.Abs(expected));
        double[] dMu = new double[K * D];
        Gmm.LogLikelihoodGradient(alpha, mu, q, l, Layout.Transpose(x, D), D, Gamma, M, new double[K], dMu, new double[K * D], new double[l.Length]);
        Differences.AreNear(Differences.Gradient(() => Gmm.LogLikelihood(alpha, mu, q, l, Layout.Transpose(x, D), D, Gamma, M), mu), dMu, 1e-6);

        double Exponent(int k, double[] point)
        {
            double sum = 0, squares = 0;
            for (int row = 0; row < D; row++)
            {
                sum += q[k * D + row];
                double z = Math.Exp(q[k * D + row]) * (point[row] - mu[k * D + row]);
                for (int column = 0; column < row; column++)
                    z += l[k * Below + Enumerable.Range(0, column).Sum(static c => D - c - 1) + row - column - 1] * (point[column] - mu[k * D + column]);
                squares += z * z;
            }

            return alpha[k] + sum - 0.5 * squares;
        }
    }
}
