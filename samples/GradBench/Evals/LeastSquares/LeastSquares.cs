using AutoDiff;

namespace GradBench.Evals;

/// <summary>Fits a polynomial to the sign function at n points of [−1, 1]: ½ Σᵢ (sign tᵢ − Σⱼ xⱼ tᵢʲ)².</summary>
public static partial class LeastSquares
{
    /// <param name="x">The coefficients, from the constant on.</param>
    /// <param name="n">The number of points.</param>
    [Differentiable]
    public static double Objective(ReadOnlySpan<double> x, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            double t = -1 + 2.0 * i / (n - 1.0);
            double residual = t > 0 ? 1 : t < 0 ? -1 : 0;
            double power = 1;
            for (int j = 0; j < x.Length; j++)
            {
                residual -= x[j] * power;
                power *= t;
            }

            sum += residual * residual;
        }

        return 0.5 * sum;
    }
}
