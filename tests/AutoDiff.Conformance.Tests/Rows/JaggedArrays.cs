namespace AutoDiff.Conformance;
/// <summary>Beyond the catalogue: jagged arrays that the method makes, their rows by name, handed to helpers and taken from them.</summary>
public static partial class JaggedArrays
{
    [Row("jagged_local", new double[] { 1, 2, 3 })]
    [Differentiable]
    public static double JaggedLocal(double[] x)
    {
        var a = new double[x.Length][];
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = new double[i + 1];
            for (int j = 0; j < a[i].Length; j++) a[i][j] = x[i] * x[j] + (i > 0 ? a[i - 1][0] : 0);
        }

        double s = 0;
        foreach (double[] row in a)
        {
            foreach (double v in row) s += v * v;
        }

        double[] last = a[^1];
        last[0] = x[0] * 3;
        return s * a[a.Length - 1][0];
    }
    [Row("jagged_literal", 1.5, 2.0)]
    [Differentiable]
    public static double JaggedLiteral(double x, double y)
    {
        double[][] a = [[x, y], [x * y], [1, 2, 3]];
        double[][] b = new double[][] { new[] { x, x }, new double[] { y } };
        a[1] = a[0];
        a[0][1] += 2 * x;
        return a[1][1] * a[2].Length + Total(b) * b[0][1];
    }

    private static double Total(double[][] rows)
    {
        double s = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<double> r = rows[i];
            for (int j = 0; j < r.Length; j++) s += r[j] * r[j];
        }

        return s;
    }

    [Row("jagged_given_up", new double[] { 1, 2, 3 })]
    [Differentiable]
    public static double JaggedGivenUp(double[] x)
    {
        var a = new double[3][];
        for (int i = 0; i < 3; i++)
        {
            var row = new double[3];
            for (int j = 0; j < 3; j++) row[j] = x[i] - x[j] * i;
            a[i] = row;
        }

        double s = 0;
        for (int i = 0; i < 3; i++) s += Dot(a[i], x) * x[i];
        return s;
    }

    private static double Dot(ReadOnlySpan<double> a, double[] b)
    {
        double s = 0;
        for (int i = 0; i < a.Length; i++) s += a[i] * b[i];
        return s;
    }

    [Row("jagged_made", new double[] { 1, 2, 3 })]
    [Differentiable]
    public static double JaggedMade(double[] x)
    {
        double[][] a = Outer(x);
        a[1] = Twice(x);
        return a[0][1] * a[2][2] + a[1][0] * a[1][1];
    }

    private static double[] Twice(double[] x)
    {
        var r = new double[x.Length];
        for (int i = 0; i < r.Length; i++) r[i] = 2 * x[i];
        return r;
    }

    private static double[][] Outer(double[] x)
    {
        var a = new double[x.Length][];
        for (int i = 0; i < x.Length; i++)
        {
            a[i] = new double[x.Length];
            for (int j = 0; j < x.Length; j++) a[i][j] = x[i] * x[j];
        }

        return a;
    }

    [Row("jagged_row_after_a_call", 1.5)]
    [Differentiable]
    public static double AfterCall(double x)
    {
        double[][] a = [[x, 2], [1]];
        Doubled(a[0]);
        a[1] = new double[3];
        a[1][2] = x;
        {
            double[] row = a[0];
            row[0] *= x;
        }

        Extended(a);
        return a[0][0] * a[1][2] + a[1].Length;
    }

    private static void Doubled(double[] row)
    {
        for (int i = 0; i < row.Length; i++) row[i] *= 2;
    }

    private static void Extended(double[][] a) => a[1] = [a[0][1], 3, a[1][2], 4];

    [Row("jagged_rows_exchanged", new double[] { 4, 3, 2, 1, 5, 6, 7, 8, 2.5 })]
    [Differentiable]
    public static double Determinant(ReadOnlySpan<double> a)
    {
        var m = new double[3][];
        for (int i = 0; i < 3; i++) m[i] = a.Slice(i * 3, 3).ToArray();
        double determinant = 1;
        for (int k = 0; k < 3; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < 3; i++)
                if (Math.Abs(m[i][k]) > Math.Abs(m[pivot][k])) pivot = i;
            if (pivot != k)
            {
                (m[pivot], m[k]) = (m[k], m[pivot]);
                determinant = -determinant;
            }

            determinant *= m[k][k];
            for (int i = k + 1; i < 3; i++)
            {
                double factor = m[i][k] / m[k][k];
                for (int j = k; j < 3; j++) m[i][j] -= factor * m[k][j];
            }
        }

        return determinant;
    }

    [Row("jagged_rows_exchanged_by_name", new double[] { 4, 3, 2, 1, 5, 6, 7, 8, 2.5 })]
    [Differentiable]
    public static double ExchangedByName(ReadOnlySpan<double> a)
    {
        var m = new double[3][];
        for (int i = 0; i < 3; i++) m[i] = a.Slice(i * 3, 3).ToArray();
        double[] kept = m[0];
        m[0] = m[2];
        m[2] = kept;
        kept[1] *= m[0][2];
        (m[0], m[1], m[2]) = (m[2], m[0], m[1]);
        double s = 0;
        foreach (double[] row in m) s = s * 0.5 + row[0] * row[1];
        return s + m[0][1];
    }

    [Row("jagged_row_that_is_null", new double[] { 4, 3 }, 1)]
    [Differentiable]
    public static double SomeRows(double[] a, int k)
    {
        var m = new double[3][];
        for (int i = 0; i < 2; i++) m[i] = new double[2];
        m[0][1] = a[0] * a[1];
        double s = 0;
        for (int j = 0; j < m[k].Length; j++) s += a[0];
        return s + m[0][1];
    }
}
