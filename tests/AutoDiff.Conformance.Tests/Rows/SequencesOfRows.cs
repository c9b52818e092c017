namespace AutoDiff.Conformance;

/// <summary>Beyond the catalogue: the rows of jagged arrays as sequences of LINQ and of <c>foreach</c>.</summary>
public static partial class SequencesOfRows
{
    public readonly record struct Reading(double Weight, double Time);

    [Row("linq_over_rows", new double[] { 1, 2, 3, 4 })]
    [Differentiable]
    public static double OfRows(double[] x)
    {
        double[][] rows = [[x[0], x[1] * x[0]], [x[2]], [x[3], x[0], x[1]]];
        double largest = rows.Select(row => row.Sum()).Max(), mixed = rows.Where(row => row.Length > 1).Sum(row => row[0] * row[^1]);
        return largest * mixed + rows.Select((row, i) => row.Zip(x, (a, b) => a * b).Sum() * (i + 1)).Sum() + rows.MaxBy(row => row[0])![0];
    }

    [Row("rows_beside_numbers", new double[] { 1, 2, 3 })]
    [Differentiable]
    public static double RowsAndNumbers(double[] x)
    {
        double[][] rows = [[x[0], x[1]], [x[2] * x[2]], [5]];
        double s = 0;
        foreach (var (row, weight) in rows.Zip(x)) s += row[0] * weight;
        foreach (double[] row in rows.Skip(1).Reverse()) s = s * 2 + row[0];
        return s + rows.Last(row => row[0] > 4)[0] * rows.Count(row => row.Length == 1);
    }

    [Row("rows_are_asked_for_when_their_turn_comes", new double[] { 1, 2, 3 })]
    [Differentiable]
    public static double Lazy(double[] x)
    {
        double[][] rows = [[x[0], x[1]], [x[2]]];
        IEnumerable<double> sums = rows.Select(row => row.Sum());
        rows[0][1] = x[2] * x[0];
        double before = sums.First();
        rows[1] = [x[0] * x[1]];
        return before * sums.Last();
    }

    [Row("linq_over_structs", new double[] { 1.75, 2, 3, 0.5 })]
    [Differentiable]
    public static double OfStructs(double[] x)
    {
        Reading[] readings = [new(x[0], x[1]), new(x[2], x[3]), new(2, x[0] * x[3])];
        (double A, double B)[] pairs = [(x[1], x[0]), (x[2], 3)];
        double late = readings.Where(r => r.Time > 0.75).Sum(r => r.Weight * Math.Exp(-x[3] * r.Time));
        double ordered = readings.OrderBy(r => r.Time).Select((r, i) => r.Weight * (i + 1)).Sum();
        foreach (var (r, p) in readings.Zip(pairs)) late += r.Weight * p.A * p.B;
        foreach (var (a, b) in pairs) late += a * a * b;
        return late * ordered + readings.MinBy(r => r.Time).Weight;
    }

    [Row("rows_that_linq_makes", new double[] { 4, 1, 0.5, 2, 3, 5, 1, -1, 2.5 })]
    [Differentiable]
    public static double LogDeterminant(double[] x)
    {
        double[][] given = [x[..3], x[3..6], x[6..]];
        double[][] a = given.Select(row => row.ToArray()).ToArray();
        double log = 0;
        for (int k = 0; k < a.Length; k++)
        {
            int p = k;
            for (int i = k + 1; i < a.Length; i++)
            {
                if (Math.Abs(a[i][k]) > Math.Abs(a[p][k])) p = i;
            }

            (a[k], a[p]) = (a[p], a[k]);
            log += Math.Log(Math.Abs(a[k][k]));
            for (int i = k + 1; i < a.Length; i++)
            {
                double f = a[i][k] /= a[k][k];
                for (int j = k + 1; j < a.Length; j++) a[i][j] -= f * a[k][j];
            }
        }

        return log + given[0][1] * a[0][0];
    }

    [Row("rows_that_linq_makes_of_some", new double[] { 1, 2, 3 })]
    [Differentiable]
    public static double SomeRows(double[] x)
    {
        double[][] rows = [[x[0], x[1]], [x[2]], [x[1], x[2], x[0]]];
        double[][] longer = rows.Where(row => row.Length > 1).Select(row => row.Select(v => v * row[0]).ToArray()).ToArray();
        rows[0][0] = 7;
        longer[0] = [x[2] * x[2], 1];
        return longer[0][0] * longer[1][2] * longer.Length + rows[0][0] * x[0];
    }
}
