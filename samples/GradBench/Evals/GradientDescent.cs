namespace GradBench.Evals;

/// <summary>A function of n numbers with a gradient.</summary>
internal interface ISlope
{
    /// <summary>The value at <paramref name="x"/>; <paramref name="gradient"/> receives the gradient.</summary>
    double At(ReadOnlySpan<double> x, Span<double> gradient);
}

/// <summary>
/// The gradient descent of the suite: the step doubles after ten steps that went down, and halves after one that did not; it ends where the gradient or the step is
/// no longer than 10⁻⁵.
/// </summary>
internal static class GradientDescent
{
    public const double Tolerance = 1e-5, FirstRate = 1e-5;

    public const int Streak = 10;

    /// <summary>Moves <paramref name="x"/> to a minimum.</summary>
    public static void Minimise<F>(F function, Span<double> x) where F : ISlope
    {
        Span<double> slope = stackalloc double[x.Length], next = stackalloc double[x.Length], nextSlope = stackalloc double[x.Length];
        double value = function.At(x, slope), rate = FirstRate;
        int streak = 0;
        while (Length(slope) > Tolerance)
        {
            if (streak == Streak)
            {
                rate *= 2;
                streak = 0;
            }

            double moved = 0;
            for (int i = 0; i < x.Length; i++)
            {
                next[i] = x[i] - rate * slope[i];
                moved += (x[i] - next[i]) * (x[i] - next[i]);
            }

            if (Math.Sqrt(moved) <= Tolerance) return;
            double lower = function.At(next, nextSlope);
            if (lower < value)
            {
                next.CopyTo(x);
                nextSlope.CopyTo(slope);
                value = lower;
                streak++;
            }
            else
            {
                rate /= 2;
                streak = 0;
            }
        }
    }

    private static double Length(ReadOnlySpan<double> v)
    {
        double sum = 0;
        foreach (double element in v) sum += element * element;
        return Math.Sqrt(sum);
    }
}
