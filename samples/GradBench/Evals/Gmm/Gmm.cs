using AutoDiff;
using static AutoDiff.Ad;

namespace GradBench.Evals;

/// <summary>
/// The log-likelihood of data under a mixture of Gaussians with a Wishart prior. The inverse covariance of component k is Qₖᵀ·Qₖ with a lower triangular Qₖ:
/// exp(qₖ) on the diagonal and lₖ below it, column by column.
/// </summary>
public static partial class Gmm
{
    // Points are gone through in blocks: as many as stay in the cache, and as many as make loops over them worth while.
    private const int Block = 256;

    /// <param name="alpha">The unnormalised log weights: one for each component.</param>
    /// <param name="mu">The means: components × dimensions.</param>
    /// <param name="q">The logarithms of the diagonals: components × dimensions.</param>
    /// <param name="l">The elements below the diagonals: components × d(d − 1)/2.</param>
    /// <param name="x">The data: dimensions × points.</param>
    /// <param name="dimensions">The dimension d of the space.</param>
    /// <param name="gamma">The scale γ of the prior.</param>
    /// <param name="m">The degrees of freedom of the prior beyond d + 1.</param>
    [Differentiable]
    public static double LogLikelihood(
        ReadOnlySpan<double> alpha, ReadOnlySpan<double> mu, ReadOnlySpan<double> q, ReadOnlySpan<double> l,
        [NoGradient] ReadOnlySpan<double> x, int dimensions, [NoGradient] double gamma, int m)
    {
        int components = alpha.Length, points = x.Length / dimensions, below = dimensions * (dimensions - 1) / 2;
        Span<double> diagonal = new double[components * dimensions], offset = new double[components];
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
        for (int block = 0; block < (points + Block - 1) / Block; block++)
        {
            int first = block * Block, count = Math.Min(Block, points - first);
            Span<double> beta = new double[components * count];
            for (int k = 0; k < components; k++)
            {
                Exponents(
                    x, first, points, mu.Slice(k * dimensions, dimensions), diagonal.Slice(k * dimensions, dimensions), l.Slice(k * below, below), offset[k],
                    beta.Slice(k * count, count));
            }

            total += SumsOfExponentials(beta, components, count);
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

        return total - points * (0.5 * dimensions * Math.Log(2 * Math.PI) + SumsOfExponentials(alpha, components, 1))
            + components * Normalisation(dimensions, gamma, m) - prior;
    }

    /// <summary>For each point of a block: offset − ½ ‖Q·(x − μ)‖², one row of Q after the other.</summary>
    private static void Exponents(
        ReadOnlySpan<double> x, int first, int points, ReadOnlySpan<double> mu, ReadOnlySpan<double> diagonal, ReadOnlySpan<double> below, double offset, Span<double> beta)
    {
        int count = beta.Length, d = mu.Length;
        for (int i = 0; i < count; i++)
            beta[i] = offset;
        for (int row = 0; row < d; row++)
        {
            Span<double> z = new double[count];
            ReadOnlySpan<double> own = x.Slice(row * points + first, count);
            for (int i = 0; i < count; i++)
                z[i] = diagonal[row] * (own[i] - mu[row]);
            for (int column = 0; column < row; column++)
            {
                // The elements of column c start behind those of the columns before it: d − 1, d − 2, …
                double factor = below[column * (2 * d - column - 1) / 2 + row - column - 1], mean = mu[column];
                ReadOnlySpan<double> other = x.Slice(column * points + first, count);
                for (int i = 0; i < count; i++)
                    z[i] += factor * (other[i] - mean);
            }

            for (int i = 0; i < count; i++)
                beta[i] -= 0.5 * z[i] * z[i];
        }
    }

    /// <summary>Σᵢ log Σₖ exp(βₖᵢ). What is taken off each exponent and added again does not matter to derivatives.</summary>
    private static double SumsOfExponentials(ReadOnlySpan<double> beta, int components, int count)
    {
        Span<double> largest = new double[count], sums = new double[count];
        for (int i = 0; i < count; i++)
            largest[i] = Detach(beta[i]);
        for (int k = 1; k < components; k++)
            for (int i = 0; i < count; i++)
                largest[i] = Math.Max(largest[i], Detach(beta[k * count + i]));
        for (int k = 0; k < components; k++)
            for (int i = 0; i < count; i++)
                sums[i] += Math.Exp(beta[k * count + i] - largest[i]);
        double total = 0;
        for (int i = 0; i < count; i++)
            total += largest[i] + Math.Log(sums[i]);
        return total;
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
