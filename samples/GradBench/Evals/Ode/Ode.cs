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
        Span<double> k1 = new double[n], k2 = new double[n], k3 = new double[n], k4 = new double[n], stage = new double[n];
        y.Clear();
        for (int step = 0; step < steps; step++)
        {
            Slope(x, y, k1);
            for (int i = 0; i < n; i++)
                stage[i] = y[i] + 0.5 * h * k1[i];
            Slope(x, stage, k2);
            for (int i = 0; i < n; i++)
                stage[i] = y[i] + 0.5 * h * k2[i];
            Slope(x, stage, k3);
            for (int i = 0; i < n; i++)
                stage[i] = y[i] + h * k3[i];
            Slope(x, stage, k4);
            for (int i = 0; i < n; i++)
                y[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        }
    }

    private static void Slope(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> slope)
    {
        slope[0] = x[0];
        for (int i = 1; i < x.Length; i++)
            slope[i] = x[i] * y[i - 1];
    }
}
