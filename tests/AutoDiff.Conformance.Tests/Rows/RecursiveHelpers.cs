namespace AutoDiff.Conformance;

/// <summary>Section 4: helpers without the attribute that call themselves.</summary>
public static partial class RecursiveHelpers
{
    // The reflection of a tail: one call deep.
    public static double Tail(double x)
    {
        if (x < 0) return 1 - Tail(-x);
        double k = 1 / (1 + 0.2316419 * x);
        return 1 - Math.Exp(-x * x / 2) * k * (0.3 + k * 0.7);
    }

    [Row("recursive_helper_reflection", 0.7, -1.3, Value = [1.0589033820205445], Gradient = [-0.05599730682982996, -0.1522510951654849])]
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
    public static double Tails(double a, double b) => Tail(a * b) * a + Tail(-b);

    // Another caller of the same helper, which is asked for less.
    [Row("recursive_helper_shared", 0.4)]
    [Differentiable]
    public static double Shared(double x) => Tail(x) * Tail(-2 * x);

    private static double Halves(ReadOnlySpan<double> x) => x.Length == 1 ? x[0] * x[0] : Halves(x[..(x.Length / 2)]) * 1.1 + Halves(x[(x.Length / 2)..]);

    [Row("recursive_helper_span", new[] { 0.5, -1.5, 2 }, 3, Value = [20.25], Gradient = [3.3, -9.9, 12, 6.75])]
    [Differentiable]
    public static double Divided(double[] x, double scale) => Halves(x) * scale;

    private static void Bubble(Span<double> x, int n)
    {
        if (n == 0) return;
        x[n - 1] *= x[n];
        Bubble(x, n - 1);
    }

    [Row("recursive_helper_writes", new[] { 2.0, 3, 5 }, Value = [45], Gradient = [15, 15, 9])]
    [Differentiable]
    public static double Written(double[] x)
    {
        double[] y = (double[])x.Clone();
        Bubble(y, y.Length - 1);
        return y[0] + y[1];
    }

    private static double Even(double x, int n) => n == 0 ? x : Math.Sin(x) * Odd(x, n - 1);

    private static double Odd(double x, int n) => n == 0 ? 1 : x + Even(x * 0.5, n - 1);

    [Row("recursive_helpers_in_a_circle", 0.7, Value = [0.39670981347844836], Gradient = [1.7150630157571998])]
    [Differentiable]
    public static double Circle(double x) => Even(x, 5) * x;

    // A helper of integers has no derivative, and is called as it is.
    private static int Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

    [Row("recursive_helper_integers", 0.5, Value = [1.6458333333333333], Gradient = [1.625])]
    [Differentiable]
    public static double Series(double x)
    {
        double sum = 0, power = 1;
        for (int i = 0; i < 4; i++, power *= x) sum += power / Factorial(i);
        return sum;
    }

    public readonly record struct Interval(double From, double To);

    private static (double Sum, int Count) Bisect(Interval over, double rate, int depth)
    {
        double middle = (over.From + over.To) / 2;
        if (depth == 0) return (Math.Exp(rate * middle) * (over.To - over.From), 1);
        (double left, int a) = Bisect(new Interval(over.From, middle), rate, depth - 1);
        (double right, int b) = Bisect(over with { From = middle }, rate, depth - 1);
        return (left + right, a + b);
    }

    [Row("recursive_helper_structs", 0.3, 1.7, -0.4)]
    [Differentiable]
    public static double Quadrature(double from, double to, double rate)
    {
        (double sum, int count) = Bisect(new Interval(from, to), rate, 3);
        return sum * count;
    }

    private static double Horner(double[,] table, int row, int column, double x)
        => column == table.GetLength(1) ? 0 : table[row, column] + x * Horner(table, row, column + 1, x);

    [Row("recursive_helper_rectangular", 0.5, 2, Value = [6.25], Gradient = [9, 1.75])]
    [Differentiable]
    public static double Rows(double x, double y)
    {
        double[,] table = { { 1, 2, 3 }, { y, y, y } };
        return Horner(table, 0, 0, x) + Horner(table, 1, 0, x);
    }
}

/// <summary>A helper that reads the object that it belongs to, and comes back to a differentiable method.</summary>
public partial class RecursiveObject
{
    private readonly double _k = 2;

    private double Power(double x, int n) => n == 0 ? x : _k * Math.Sin(x) * Power(x, n - 1);

    [Differentiable]
    public double At(double x) => Power(x, 2) * x;
}
