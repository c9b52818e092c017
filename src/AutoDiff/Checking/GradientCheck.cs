namespace AutoDiff;

/// <summary>Compares a gradient with central differences: for tests, never in place of a derivative.</summary>
public static partial class GradientCheck
{
    /// <summary>Compares <paramref name="gradient"/> with (f(x + h) − f(x − h)) / 2h at each coordinate.</summary>
    /// <param name="f">A scalar function, smooth near <paramref name="at"/>. It may keep nothing of its argument, which changes between
    /// calls.</param>
    /// <param name="at">The point; unchanged.</param>
    /// <param name="gradient">∂f/∂x at the point, one entry for each coordinate.</param>
    /// <param name="options">Step and tolerances; the defaults where null.</param>
    /// <exception cref="ArgumentException">The gradient has another length than the point.</exception>
    public static GradientCheckReport Verify(
        Func<double[], double> f, double[] at, ReadOnlySpan<double> gradient, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(at);
        if (gradient.Length != at.Length)
            throw new ArgumentException($"gradient: length {gradient.Length} does not match at: length {at.Length}.", nameof(gradient));
        return Compare(gradient, Numeric(f, at, options), options);
    }

    /// <inheritdoc cref="Verify(Func{double[], double}, double[], ReadOnlySpan{double}, GradientCheckOptions?)"/>
    public static GradientCheckReport Verify(
        Func<double[], double> f, double[] at, double[] gradient, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        return Verify(f, at, gradient.AsSpan(), options);
    }

    /// <summary>Compares the derivative of a function of one number.</summary>
    public static GradientCheckReport Verify(Func<double, double> f, double at, double derivative, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        return Verify(x => f(x[0]), [at], [derivative], options);
    }

    /// <summary>The gradient by central differences.</summary>
    public static double[] Numeric(Func<double[], double> f, double[] at, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(at);
        double step = (options ?? GradientCheckOptions.Default).Step;
        double[] x = [.. at];
        var result = new double[at.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double h = step * Math.Max(1, Math.Abs(at[i]));
            double above = at[i] + h, below = at[i] - h;
            x[i] = above;
            double high = f(x);
            x[i] = below;
            double low = f(x);
            x[i] = at[i];
            // The distance as it was represented, not 2h as it was meant.
            result[i] = (high - low) / (above - below);
        }

        return result;
    }

    /// <summary>Compares two gradients entry by entry, however the second was found.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static GradientCheckReport Compare(
        ReadOnlySpan<double> gradient, ReadOnlySpan<double> numeric, GradientCheckOptions? options = null)
    {
        if (gradient.Length != numeric.Length)
            throw new ArgumentException(
                $"numeric: length {numeric.Length} does not match gradient: length {gradient.Length}.", nameof(numeric));
        options ??= GradientCheckOptions.Default;
        int failed = 0, worst = -1;
        double worstExcess = double.NegativeInfinity;
        for (int i = 0; i < gradient.Length; i++)
        {
            double excess = Excess(gradient[i], numeric[i], options);
            if (excess > 1)
                failed++;
            if (excess > worstExcess)
                (worst, worstExcess) = (i, excess);
        }

        return worst < 0
            ? new GradientCheckReport(true, 0, 0, -1, 0, 0, 0)
            : new GradientCheckReport(
                failed == 0, gradient.Length, failed, worst, gradient[worst], numeric[worst],
                RelativeError(gradient[worst], numeric[worst]));
    }

    /// <summary>The difference in units of what is tolerated; +∞ where one side is NaN or only one is infinite.</summary>
    private static double Excess(double a, double b, GradientCheckOptions options)
    {
        if (a == b)
            return 0;
        double tolerance = options.AbsoluteTolerance + options.RelativeTolerance * Math.Max(Math.Abs(a), Math.Abs(b));
        return double.IsFinite(a) && double.IsFinite(b) ? Math.Abs(a - b) / tolerance : double.PositiveInfinity;
    }

    private static double RelativeError(double a, double b)
        => a == b ? 0 : Math.Abs(a - b) / Math.Max(Math.Abs(a), Math.Abs(b));
}
