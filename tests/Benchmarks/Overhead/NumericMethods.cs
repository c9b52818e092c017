namespace AutoDiff.Benchmarks.Overhead;

/// <summary>Plain numeric methods as people write them: what a derivative costs beside them is measured.</summary>
public static partial class NumericMethods
{
    [Differentiable]
    public static double Polynomial(double x, double y) => x * x * y - 3 * x * y * y + 2 * x - y + 7;

    [Differentiable]
    public static double Rosenbrock(double x, double y) => (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);

    [Differentiable]
    public static double Elementary(double x, double y) => Math.Exp(-x * x) * Math.Sin(3 * y) + Math.Log(1 + x * x + y * y);

    [Differentiable]
    public static double Branches(double x, double y)
    {
        double r = x;
        if (x > y) r = x * y + 1;
        else if (x > 0) r = y - x * x;
        return r > 2 ? r * r : Math.Abs(r) + y;
    }

    [Differentiable]
    public static double Newton(double x, double y)
    {
        double r = 1;
        for (int i = 0; i < 20; i++) r -= (r * r * r - x) / (3 * r * r + y * y);
        return r;
    }

    [Differentiable]
    public static double Series(double x, double y)
    {
        double term = x, sum = x;
        for (int k = 1; k < 30; k++)
        {
            term *= -x * x / ((2 * k) * (2 * k + 1.0));
            sum += term * y;
        }

        return sum;
    }

    [Differentiable]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double s = 0;
        for (int i = 0; i < a.Length; i++) s += a[i] * b[i];
        return s;
    }

    [Differentiable]
    public static double LogSumExp(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double max = double.NegativeInfinity, s = 0;
        for (int i = 0; i < a.Length; i++) max = Math.Max(max, a[i] + b[i]);
        for (int i = 0; i < a.Length; i++) s += Math.Exp(a[i] + b[i] - max);
        return max + Math.Log(s);
    }

    [Differentiable]
    public static double RosenbrockSum(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double s = 0;
        for (int i = 0; i + 1 < a.Length; i++)
        {
            double u = 1 - a[i], v = a[i + 1] - a[i] * a[i];
            s += u * u + 100 * v * v * b[i];
        }

        return s;
    }

    [Differentiable]
    public static double Recurrence(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double h = 0;
        for (int i = 0; i < a.Length; i++) h = Math.Tanh(a[i] * h + b[i]);
        return h * h;
    }

    [Differentiable]
    public static double Horner(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double r = 0, x = b[0];
        for (int i = 0; i < a.Length; i++) r = r * x + a[i];
        return r;
    }

    [Differentiable]
    public static double Distances(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double s = 0;
        for (int i = 0; i < 48; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double dx = a[i] - a[j], dy = b[i] - b[j];
                s += 1 / (0.1 + dx * dx + dy * dy);
            }
        }

        return s;
    }
}
