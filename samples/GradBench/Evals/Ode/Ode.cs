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
        double h = EndTime / steps;
        y.Clear();
        for (int step = 0; step < steps; step++)
        {
            // Where each of the four slopes is taken, the equation before was here; in front of y₀ stands the constant 1, so that every equation reads yᵢ′ = xᵢ·yᵢ₋₁.
            double first = 1, second = 1, third = 1, fourth = 1;
            for (int i = 0; i < y.Length; i++)
            {
                double now = y[i];
                double k1 = x[i] * first, k2 = x[i] * second, k3 = x[i] * third, k4 = x[i] * fourth;
                first = now;
                second = now + 0.5 * h * k1;
                third = now + 0.5 * h * k2;
                fourth = now + h * k3;
                y[i] = now + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
            }
        }
    }
}
