namespace AutoDiff.Conformance;

/// <summary>Beyond the catalogue: rectangular and jagged arrays and lists as parameters.</summary>
public static partial class MemoryParameters
{
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp | Derivatives.Hessian)]
    public static double Weighted(double[,] a, double x)
    {
        double s = 0;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++) s += a[i, j] * a[i, j] * (i + 1) * x;
        }

        return s;
    }

    [Differentiable]
    public static void Scale(double[,] a, double x)
    {
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++) a[i, j] *= x;
        }
    }

    [Differentiable]
    public static double Quadratic(double[][] a, ReadOnlySpan<double> w)
    {
        double s = 0;
        for (int i = 0; i < a.Length; i++) s += Dot(a[i], w) * w[i];
        return s;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double s = 0;
        for (int i = 0; i < a.Length; i++) s += a[i] * b[i];
        return s;
    }

    [Differentiable]
    public static void Multiply(double[][] a, double x)
    {
        foreach (double[] row in a)
        {
            for (int i = 0; i < row.Length; i++) row[i] = x * row[i];
        }
    }

    [Differentiable]
    public static double OfList(List<double> list)
    {
        double s = 0;
        for (int i = 0; i < list.Count; i++) s += list[i] * list[^1];
        foreach (double v in list) s += v * v;
        return s;
    }

    [Row("rectangular_argument", new double[] { 1.5, 2 })]
    [Differentiable]
    public static double OfRectangular(double[] x)
    {
        var m = new double[2, 2];
        m[0, 0] = x[0];
        m[1, 1] = x[1] * x[0];
        m[0, 1] = x[1];
        Scale(m, x[0]);
        return Weighted(m, x[1]);
    }

    [Differentiable]
    public static double Third(List<double> list, int i) => list[i] * 2;

    [Differentiable]
    public static double At(double[,] a, int i, int j) => a[i, j] * a[i, j];

    [Differentiable(Derivatives.Gradient | Derivatives.Hessian)]
    public static double OfSequence(double a, [NoGradient] IEnumerable<double> values, IReadOnlyList<int> powers)
    {
        double s = 0;
        int k = 0;
        foreach (double v in values) s += Math.Pow(a, powers[k++ % powers.Count]) * v;
        return s + values.Sum() * a;
    }

    [Differentiable]
    public static double OfPatients(double[] beta, [NoGradient] IReadOnlyList<(double Time, double Age, bool Died)> patients)
    {
        double risk = 0, likelihood = 0;
        foreach (var p in patients.OrderByDescending(o => o.Time))
        {
            double eta = beta[0] * p.Age + beta[1] * p.Time;
            risk += Math.Exp(eta);
            if (p.Died) likelihood += eta - Math.Log(risk);
        }

        return likelihood / patients.Count;
    }

    [Row("sequence_argument", 1.5)]
    [Differentiable]
    public static double CallsOfSequence(double a) => OfSequence(a, [1.0, 2, 3], [1, 2]) * OfSequence(a * a, new[] { 2.0, a }.Select(v => v + 1), [2]);

    [NoGradient]
    private static int CountOf(IReadOnlyList<int> items) => items.Count;

    [Differentiable]
    public static double WithCount(double x, IReadOnlyList<int> items) => x * x * CountOf(items);
}
