namespace AutoDiff.Conformance;

/// <summary>Beyond the catalogue: loops whose derivatives are made cheaper than they would be step by step.</summary>
public static partial class LoopCosts
{
    [Row("neighbours", new double[] { 1, -2, 0.5, 3, 2, -1, 0.25, 4, 1.5, -3, 2.5 }, new double[] { 2, 1, 0.5, -1, 3, 1, 2, 0.25, 1, -2 })]
    [Differentiable]
    public static double Neighbours(ReadOnlySpan<double> a, ReadOnlySpan<double> w)
    {
        double s = 0;
        for (int i = 0; i + 1 < a.Length; i++) s += (a[i + 1] - a[i] * a[i]) * w[i] * a[i + 1];
        return s;
    }

    [Row("neighbours_backwards", new double[] { 1, -2, 0.5, 3, 2, -1, 0.25, 4, 1.5, -3, 2.5 })]
    [Differentiable]
    public static double NeighboursBackwards(ReadOnlySpan<double> a)
    {
        double s = 0;
        for (int i = a.Length - 1; i - 2 >= 0; i--) s += a[i] * a[i - 1] * a[i - 2];
        return s;
    }

    [Row("neighbours_none", new double[] { 1 }, Gradient = [0])]
    [Differentiable]
    public static double NeighboursOfOne(ReadOnlySpan<double> a)
    {
        double s = 0;
        for (int i = 0; a.Length > 1 + i; i++) s += a[i] * a[i + 1];
        return s;
    }

    [Row("every_pair", new double[] { 1, -2, 0.5, 3, 2, -1, 0.25, 4, 1.5, -3, 2.5, 0.75 })]
    [Differentiable]
    public static double Pairs(ReadOnlySpan<double> a)
    {
        double s = 0;
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double d = a[i] - a[j];
                s += 1 / (0.1 + d * d);
            }
        }

        return s;
    }

    [Row("convolution_of_the_rows", new double[] { 1, -2, 0.5, 3, 2, -1, 0.25, 4, 1.5, -3, 2.5, 0.75 }, new double[] { 0.5, 2, -1 })]
    [Differentiable]
    public static double Convolution(ReadOnlySpan<double> a, ReadOnlySpan<double> kernel)
    {
        double s = 0;
        for (int i = 0; i < a.Length - 2; i++)
        {
            double y = 0;
            for (int k = 0; k < 3; k++) y += a[i + k] * kernel[k];
            s += y * y;
        }

        return s;
    }

    [Row("newton_iteration", 2.0, 0.5)]
    [Differentiable]
    public static double Newton(double x, double y)
    {
        double r = 1;
        for (int i = 0; i < 12; i++) r -= (r * r * r - x) / (3 * r * r + y * y);
        return r;
    }

    [Row("newton_of_any_length", 2.0, 0.5, 7)]
    [Differentiable]
    public static double NewtonOfAnyLength(double x, double y, int n)
    {
        double r = 1;
        for (int i = 0; i < n; i++) r = r - (r * r * r - x) / (3 * r * r + y * y) + x / (n + i);
        return r;
    }

    [Row("newton_of_elements", 2.0, new double[] { 1.5, 1, 2, 0.5, 3 }, Seed = new double[] { 1.5 })]
    [Differentiable]
    public static double NewtonOfElements(double x, ReadOnlySpan<double> w)
    {
        double r = 1, s = 0;
        for (int i = 0; i < w.Length; i++)
        {
            r -= w[i] * (r * r - x) / (2 * r + w[i]) / 3;
            s += r * w[i];
        }

        return s * r;
    }

    [Row("series_of_a_quotient", 1.25, 0.75)]
    [Differentiable]
    public static double Series(double x, double y)
    {
        double term = x, sum = x;
        for (int k = 1; k < 12; k++)
        {
            term *= -x * x / ((2 * k) * (2 * k + 1.0));
            sum += term * y;
        }

        return sum;
    }

    [Row("invariant_factors", new double[] { 1, -2, 0.5, 3 }, 1.5, 0.75)]
    [Differentiable]
    public static double InvariantFactors(ReadOnlySpan<double> a, double x, double y)
    {
        double s = 0;
        for (int i = 0; i < a.Length; i++) s += x * y * a[i] - (x + y) / (1 + x * x) * a[i] * a[i];
        return s;
    }

    [Row("two_loops_as_one", new double[] { 1, -2, 0.5, 3, 2, -1, 0.25, 4, 1.5, -3, 2.5 }, 1.5)]
    [Differentiable]
    public static double TwoLoopsAsOne(ReadOnlySpan<double> a, double x)
    {
        double[] t = new double[a.Length], u = new double[a.Length];
        double s = 0;
        for (int i = 0; i < a.Length; i++) t[i] = a[i] * x;
        for (int i = 0; i < a.Length; i++) u[i] = t[i] * t[i] + a[i];
        double y = x * x;
        for (int k = 0; k < a.Length; k++) s += u[k] * t[k] * y;
        return s;
    }

    [Row("two_loops_that_stay_two", new double[] { 1, -2, 0.5, 3, 2, -1, 0.25, 4, 1.5, -3, 2.5 }, 1.5)]
    [Differentiable]
    public static double TwoLoopsThatStayTwo(ReadOnlySpan<double> a, double x)
    {
        double[] t = new double[a.Length + 1];
        double s = 0;
        for (int i = 0; i < a.Length; i++) t[i] = a[i] * x;
        for (int i = 0; i < a.Length; i++) s += t[i + 1] * a[i];
        for (int i = 0; i < a.Length; i++) t[i] *= a[i];
        for (int i = 0; i < a.Length; i++) s += t[a.Length - 1 - i] * a[i];
        return s;
    }

    [Row("few_numbers", 1.5, 0.75)]
    [Differentiable]
    public static double FewNumbers(double x, double y)
    {
        Span<double> t = stackalloc double[4];
        for (int i = 0; i < 4; i++) t[i] += x * i;
        var u = new double[3];
        for (int i = 0; i < 3; i++) u[i] = t[i] * t[i + 1] * y;
        Span<double> part = t.Slice(1, 2);
        part[0] += u[2];
        part = u;
        return part[0] * u[1] + t[1] * t[3] * u[2];
    }

    [Row("few_numbers_again_and_again", 1.5, 3)]
    [Differentiable]
    public static double FewNumbersAgain(double x, int n)
    {
        double s = 0;
        for (int k = 0; k < n; k++)
        {
            var t = new double[3];
            for (int i = 0; i < 3; i++) t[i] += x * i * (k + 1);
            for (int i = 0; i < 2; i++) t[i + 1] *= t[i] + t[i + 1];
            s += t[2] * t[1];
        }

        return s;
    }
}
