namespace AutoDiff.Conformance;

/// <summary>
/// Beyond the catalogue: conditions and indices that the backward part asks for. Whether a loop runs in lanes, and so the order of its sums, must not depend on what is saved.
/// </summary>
public static partial class LaneDecisions
{
    [Row("lanes_where_sum", new double[] { 0.31, -0.72, 1.13, 0.07, -0.55, 0.93, 0.61, -0.12, 0.47, 1.21, -0.33, 0.83, 0.17, 0.29, -0.41, 0.71, 1.07, 0.53, -0.19 }, RunsInLanes = true)]
    [Differentiable]
    public static double PositiveSquares(double[] x) => x.Where(v => v > 0).Sum(v => v * v);

    [Row("lanes_count", new double[] { 0.31, -0.72, 1.13, 0.07, -0.55, 0.93, 0.61, -0.12, 0.47, 1.21, -0.33, 0.83, 0.17, 0.29, -0.41, 0.71, 1.07, 0.53, -0.19 }, 0.7, RunsInLanes = true)]
    [Differentiable]
    public static double MeanAbove(ReadOnlySpan<double> x, double p)
    {
        double sum = 0;
        int count = 0;
        foreach (double v in x)
        {
            if (v > 0.2)
            {
                sum += v * v * p;
                count++;
            }
        }

        return sum / Math.Max(1, count);
    }

    [Row("lanes_clipped", new double[] { 0.31, -0.72, 1.13, 0.07, -0.55, 0.93, 0.61, -0.12, 0.47, 1.21, -0.33, 0.83, 0.17, 0.29, -0.41, 0.71, 1.07, 0.53, -0.19 }, 0.7, RunsInLanes = true)]
    [Differentiable]
    public static double Clipped(ReadOnlySpan<double> x, double p)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double v = x[i] * p;
            if (v < -0.1) v = -0.1;
            else if (v > 0.3) v = 0.3;
            s += v * v;
        }

        return s;
    }

    [Row("lanes_cut_off", new double[] { 0.31, -0.72, 1.13, 0.07, -0.55, 0.93, 0.61, -0.12, 0.47, 1.21, -0.33, 0.83, 0.17, 0.29, -0.41, 0.71, 1.07, 0.53, -0.19 }, 0.7, SlopeTolerance = 1e-4, RunsInLanes = true)]
    [Differentiable]
    public static double CutOff(ReadOnlySpan<double> x, double p)
    {
        double energy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double d = x[i] - x[j], square = d * d + 0.3;
                if (square > 0.61) continue;
                double s = 1 / (square * square * square);
                energy += p * (s * s - s);
            }
        }

        return energy;
    }

    [Row("lanes_chosen_store", new double[] { 0.31, -0.72, 1.13, 0.07, -0.55, 0.93, 0.61, -0.12, 0.47, 1.21, -0.33 }, new double[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, RunsInLanes = true)]
    [Differentiable]
    public static void Chosen(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double t = Math.Exp(x[i]);
            y[i] = x[i] > 0.1 ? t * t : Math.Sin(t);
        }
    }

    [Row("lanes_in_place", new double[] { 0.31, -0.72, 1.13, 0.07, -0.55, 0.93, 0.61, -0.12, 0.47, 1.21, -0.33 }, 0.7, RunsInLanes = true)]
    [Differentiable]
    public static void Steps(Span<double> y, double p)
    {
        for (int k = 0; k < 3; k++)
            for (int i = 0; i < y.Length; i++) y[i] = y[i] > 0 ? Math.Exp(-y[i] * p) : y[i] * p;
    }

    [Row("lanes_gathered", new double[] { 0.31, -0.72, 1.13, 0.07, -0.55, 0.93, 0.61, -0.12, 0.47, 1.21, -0.33 }, new double[] { 0.3, 0.7, -0.4, 1.9, 0.6, -1.1, 0.21, 0.83, 0.92, -0.37, 0.55 }, new[] { 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 10 }, 0.7, RunsInLanes = true)]
    [Differentiable]
    public static double Gathered(ReadOnlySpan<double> x, [NoGradient] ReadOnlySpan<double> w, ReadOnlySpan<int> indices, double p)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i++) s += w[indices[i]] * x[i] * p;
        return s;
    }
}
