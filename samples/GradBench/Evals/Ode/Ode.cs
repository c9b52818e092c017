using AutoDiff;

namespace GradBench.Evals;

/// <summary>A chain of linear equations, y₀′ = x₀ and yᵢ′ = xᵢ·yᵢ₋₁, from y(0) = 0 to t = 2, in steps of the classical Runge-Kutta method.</summary>
public static partial class Ode
{
    private const double EndTime = 2;

    /// <param name="x">The coefficients.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="y">Receives y(2).</param>
    [Differentiable]
    public static void Solve(ReadOnlySpan<double> x, int steps, Span<double> y)
    {
        int n = x.Length;
        double h = EndTime / steps;
        // In front of y₀ stands the constant 1, so that every equation reads yᵢ′ = xᵢ·yᵢ₋₁.
        Span<double> now = new double[n + 1], second = new double[n + 1], third = new double[n + 1], fourth = new double[n + 1];
        Span<double> slope = new double[n], next = new double[n];
        now[0] = 1;
        for (int step = 0; step < steps; step++)
        {
            second[0] = third[0] = fourth[0] = 1;
            for (int i = 0; i < n; i++)
                slope[i] = x[i] * now[i];
            for (int i = 0; i < n; i++)
            {
                second[i + 1] = now[i + 1] + 0.5 * h * slope[i];
                next[i] = now[i + 1] + h / 6 * slope[i];
            }

            for (int i = 0; i < n; i++)
            {
                double k = x[i] * second[i];
                third[i + 1] = now[i + 1] + 0.5 * h * k;
                next[i] += h / 3 * k;
            }

            for (int i = 0; i < n; i++)
            {
                double k = x[i] * third[i];
                fourth[i + 1] = now[i + 1] + h * k;
                next[i] += h / 3 * k;
            }

            for (int i = 0; i < n; i++)
                now[i + 1] = next[i] + h / 6 * (x[i] * fourth[i]);
        }

        now.Slice(1, n).CopyTo(y);
    }
}
