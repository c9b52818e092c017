namespace AutoDiff.Conformance;

/// <summary>Rectangular arrays through calls that stay calls: recursion, interfaces, virtual methods.</summary>
public static partial class RectangularCalls
{
    /// <summary>The determinant by the first row, over and over.</summary>
    [Differentiable]
    public static double Determinant(double[,] m)
    {
        int n = m.GetLength(0);
        if (n == 1) return m[0, 0];
        double sum = 0;
        for (int column = 0; column < n; column++)
        {
            var minor = new double[n - 1, n - 1];
            for (int i = 1; i < n; i++)
            {
                for (int j = 0; j < n - 1; j++) minor[i - 1, j] = m[i, j < column ? j : j + 1];
            }

            double term = m[0, column] * Determinant(minor);
            sum += column % 2 == 0 ? term : -term;
        }

        return sum;
    }

    [Row("rectangular_recursion", new double[] { 1.5, 2, -0.5, 0.7, 3, 1, 0.25, -1, 2 }, Value = new double[] { 8.925 })]
    [Differentiable]
    public static double OfRecursion(double[] x)
    {
        var m = new double[3, 3];
        for (int i = 0; i < 9; i++) m[i / 3, i % 3] = x[i];
        return Determinant(m);
    }

    /// <summary>Halves the rows in place, and sums what was there.</summary>
    [Differentiable]
    public static double Consume(double[,] m, int row, double scale)
    {
        if (row == m.GetLength(0)) return scale;
        double s = 0;
        for (int j = 0; j < m.GetLength(1); j++)
        {
            s += m[row, j] * m[row, j];
            m[row, j] *= scale;
        }

        return s * Consume(m, row + 1, Math.Sin(scale * s));
    }

    [Row("rectangular_recursion", new double[] { 1.5, 2, -0.5, 0.7 }, 0.5)]
    [Differentiable]
    public static double OfWritten(double[] x, double scale)
    {
        var m = new double[2, 2];
        for (int i = 0; i < 4; i++) m[i / 2, i % 2] = x[i] * scale;
        double s = Consume(m, 0, scale);
        return s + m[0, 1] * m[1, 1];
    }

    [Differentiable]
    private static double EvenSum(double[,] m, [NoGradient] float[,,] weights, int k)
        => k >= m.Length ? 0 : m[k / 2, k % 2] * weights[0, k / 2, k % 2] + OddSum(m, weights, k + 1);

    [Differentiable]
    private static double OddSum(double[,] m, [NoGradient] float[,,] weights, int k) => k >= m.Length ? 0 : EvenSum(m, weights, k + 1) - m[k / 2, k % 2] * m[0, 0];

    [Row("rectangular_recursion", new double[] { 1.5, 2, -0.5, 0.7 })]
    [Differentiable]
    public static double OfACircle(double[] x)
    {
        var m = new double[2, 2];
        var weights = new float[1, 2, 2];
        for (int i = 0; i < 4; i++)
        {
            m[i / 2, i % 2] = x[i];
            weights[0, i / 2, i % 2] = i + 1;
        }

        return EvenSum(m, weights, 0) * EvenSum(m, weights, 1);
    }
}
