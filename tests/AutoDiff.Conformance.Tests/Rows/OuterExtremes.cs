namespace AutoDiff.Conformance;

/// <summary>Beyond the catalogue: loops that take the greatest or least of something computed from values outside the loop, which have an adjoint too.</summary>
public static partial class OuterExtremes
{
    [Row("extreme_of_outer_value", new double[] { 0.4, -0.3, 0.9, 0.1, 0.7 }, 0.8)]
    [Row("extreme_of_outer_value", new double[] { -1.5, -0.3, -0.9 }, 0.5)]
    [Differentiable]
    public static double Greatest(ReadOnlySpan<double> x, double p)
    {
        double m = -9;
        for (int i = 0; i < x.Length; i++)
        {
            double e = Math.Exp(x[i] * p);
            m = Math.Max(m, e * x[i]);
        }

        return m;
    }

    [Row("extreme_of_outer_tie", new double[] { 2, 1, 2 }, 3, Gradient = [1.5, 0, 1.5, 2], IsKink = true)]
    [Differentiable]
    public static double Tie(ReadOnlySpan<double> x, double p)
    {
        double m = 0;
        for (int i = 0; i < x.Length; i++) m = Math.Max(m, x[i] * p);
        return m;
    }

    [Row("extreme_of_outer_start", new double[] { 0.4, -0.3, 0.9, 0.1 }, 0.8, 0.2)]
    [Row("extreme_of_outer_start", new double[] { 0.4, -0.3, 0.9, 0.1 }, 0.8, 3)]
    [Differentiable]
    public static double Repeated([NoGradient] ReadOnlySpan<double> w, double p, double start)
    {
        double s = 0;
        for (int k = 1; k < 4; k++)
        {
            double m = start * k;
            for (int i = 0; i < w.Length; i++) m = Math.Max(m, w[i] * p * k * k);
            s += m * p;
        }

        return s;
    }

    [Row("extreme_distance", new double[] { 0.4, -0.3, 0.9 }, new double[] { 0.1, 0.75, -1.3, 2.2 }, 0.8)]
    [Differentiable]
    public static double Distances(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double scale)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double least = 1e9;
            for (int j = 0; j < y.Length; j++) least = Math.Min(least, (x[i] - scale * y[j]) * (x[i] - scale * y[j]));
            sum += least;
        }

        return sum;
    }
}
