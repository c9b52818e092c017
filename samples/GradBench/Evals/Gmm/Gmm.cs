using AutoDiff;
using static AutoDiff.Ad;

namespace GradBench.Evals;

/// <summary>
/// The log-likelihood of data under a mixture of Gaussians with a Wishart prior. The inverse covariance of component k is Qₖᵀ·Qₖ with a lower triangular Qₖ:
/// exp(qₖ) on the diagonal and lₖ below it, column by column.
/// </summary>
public static partial class Gmm
{
    /// <param name="alpha">The unnormalised log weights: one for each component.</param>
    /// <param name="mu">The means: components × dimensions.</param>
    /// <param name="q">The logarithms of the diagonals: components × dimensions.</param>
    /// <param name="l">The elements below the diagonals: components × d(d − 1)/2.</param>
    /// <param name="x">The data: points × dimensions.</param>
    /// <param name="dimensions">The dimension d of the space.</param>
    /// <param name="gamma">The scale γ of the prior.</param>
    /// <param name="m">The degrees of freedom of the prior beyond d + 1.</param>
    [Differentiable]
    public static double LogLikelihood(
        ReadOnlySpan<double> alpha, ReadOnlySpan<double> mu, ReadOnlySpan<double> q, ReadOnlySpan<double> l,
        [NoGradient] ReadOnlySpan<double> x, int dimensions, [NoGradient] double gamma, int m)
    {
        int components = alpha.Length, points = x.Length / dimensions, below = dimensions * (dimensions - 1) / 2;
        Span<double> diagonal = new double[components * dimensions];
        Span<double> offset = new double[components];
        for (int k = 0; k < components; k++)
        {
            double sum = 0;
            for (int j = 0; j < dimensions; j++)
            {
                diagonal[k * dimensions + j] = Math.Exp(q[k * dimensions + j]);
                sum += q[k * dimensions + j];
            }

            offset[k] = alpha[k] + sum;
        }

        double total = 0;
        for (int i = 0; i < points; i++)
        {
            Span<double> beta = new double[components];
            ReadOnlySpan<double> point = x.Slice(i * dimensions, dimensions);
            for (int k = 0; k < components; k++)
            {
                double distance = SquaredDistance(
                    point, mu.Slice(k * dimensions, dimensions), diagonal.Slice(k * dimensions, dimensions), l.Slice(k * below, below));
                beta[k] = offset[k] - 0.5 * distance;
            }

            total += SumOfExponentials(beta);
        }

        double prior = 0;
        for (int k = 0; k < components; k++)
        {
            double squares = 0, logarithms = 0;
            for (int j = 0; j < dimensions; j++)
            {
                squares += diagonal[k * dimensions + j] * diagonal[k * dimensions + j];
                logarithms += q[k * dimensions + j];
            }

            for (int j = 0; j < below; j++)
                squares += l[k * below + j] * l[k * below + j];
            prior += 0.5 * gamma * gamma * squares - m * logarithms;
        }

        return total - points * (0.5 * dimensions * Math.Log(2 * Math.PI) + SumOfExponentials(alpha))
            + components * Normalisation(dimensions, gamma, m) - prior;
    }

    /// <summary>‖Q·(x − μ)‖².</summary>
    private static double SquaredDistance(
        ReadOnlySpan<double> x, ReadOnlySpan<double> mu, ReadOnlySpan<double> diagonal, ReadOnlySpan<double> below)
    {
        int d = x.Length;
        Span<double> difference = new double[d], z = new double[d];
        for (int j = 0; j < d; j++)
        {
            difference[j] = x[j] - mu[j];
            z[j] = diagonal[j] * difference[j];
        }

        int start = 0;
        for (int column = 0; column < d; column++)
        {
            for (int row = column + 1; row < d; row++)
                z[row] += below[start + row - column - 1] * difference[column];
            start += d - column - 1;
        }

        double sum = 0;
        for (int j = 0; j < d; j++)
            sum += z[j] * z[j];
        return sum;
    }

    /// <summary>log Σ exp(vᵢ).</summary>
    private static double SumOfExponentials(ReadOnlySpan<double> v)
    {
        double largest = v[0];
        for (int i = 1; i < v.Length; i++)
            largest = Math.Max(largest, v[i]);
        double sum = 0;
        for (int i = 0; i < v.Length; i++)
            sum += Math.Exp(v[i] - largest);
        return largest + Math.Log(sum);
    }

    /// <summary>The logarithm of the prior's normalisation, a constant of the model.</summary>
    private static double Normalisation(int dimensions, double gamma, int m)
    {
        double freedom = dimensions + m + 1;
        double gammas = 0.25 * dimensions * (dimensions - 1) * Math.Log(Math.PI);
        for (int j = 1; j <= dimensions; j++)
            gammas += Special.LogGamma(0.5 * (freedom + 1 - j));
        return freedom * dimensions * (Math.Log(gamma) - 0.5 * Math.Log(2)) - gammas;
    }
}
