using System.Numerics;

namespace AutoDiff.Conformance;

/// <summary>Static readonly arrays of all forms: what they hold has no derivative, and is read where it is.</summary>
public static partial class Tables
{
    public enum Step { Square, Sine }

    public readonly record struct Decay(double Rate, double Weight)
    {
        public double At(double x) => Weight * Math.Exp(-Rate * x);
    }

    private static readonly double[] Coefficients = [1, 2, 3];

    private static readonly (double Node, double Weight)[] Pairs = [(0.5, 2), (1.5, -1)];

    private static readonly double[,] Grid = { { 1, 2, 3 }, { 4, 5, 6 } };

    private static readonly double[][] Rows = [[1, 2], [3, 4, 5]];

    private static int[][] Counts { get; } = [[2, 1], [3]];

    internal static readonly Decay[] Decays = [new(1, 2), new(0.5, -3)];

    private static readonly Step[] Steps = [Step.Square, Step.Sine];

    private static readonly Vector3[] Directions = [new(1, 2, 2), new(0, 1, 0)];

    private static readonly float[,,] Cube = { { { 1, 2 } }, { { 3, 4 } } };

    [Row("table_of_tuples", 0.7, Value = [-0.18162761068311417], Gradient = [0.19301614100978826])]
    [Differentiable]
    public static double Tuples(double x)
    {
        double sum = 0;
        foreach (var (node, weight) in Pairs) sum += weight * Math.Sin(node * x);
        return sum;
    }

    [Row("table_of_tuples_by_index", 0.7, Value = [-0.18162761068311417], Gradient = [0.19301614100978826])]
    [Differentiable]
    public static double ByIndex(double x)
    {
        double sum = 0;
        for (int i = 0; i < Pairs.Length; i++) sum += Pairs[i].Weight * Math.Sin(Pairs[i].Node * x);
        return sum;
    }

    // 1x⁵ + 2x⁴ + 3x³ + 4x² + 5x + 6, and a fourth number of a cube
    [Row("table_of_two_indices", 2, Value = [128], Gradient = [201])]
    [Differentiable]
    public static double Rectangular(double x)
    {
        double sum = 0;
        for (int i = 0; i < Grid.GetLength(0); i++)
            for (int j = 0; j < Grid.GetLength(1); j++) sum = sum * x + Grid[i, j];
        return sum + Cube[1, 0, 1] + Grid.Length - Grid.Rank * 1.0;
    }

    // 1x⁴ + 2x³ + 3x² + 4x + 5 + 5x
    [Row("table_of_rows", 2, Value = [67], Gradient = [77])]
    [Differentiable]
    public static double Jagged(double x)
    {
        double sum = 0;
        foreach (double[] row in Rows)
            foreach (double c in row) sum = sum * x + c;
        return sum + Rows[1][^1] * x;
    }

    // 3x² + 2x + 3x³ + 3x
    [Row("table_of_rows_of_integers", 2, Value = [46], Gradient = [53])]
    [Differentiable]
    public static double Integers(double x)
    {
        double sum = 0;
        for (int r = 0; r < Counts.Length; r++)
        {
            int[] row = Counts[r];
            sum += row.Sum() * Math.Pow(x, row[0]) + row.Length * row[^1] * x;
        }

        return sum;
    }

    [Row("table_of_structs", 0.4)]
    [Differentiable]
    public static double Structs(double x) => Decays.Sum(d => d.At(x)) + Decays[0].At(x * x) * Decays[^1].Weight + Decays.Where(static d => d.Rate < 1).Count() * x;

    [Row("table_of_enumerations", 0.6, Value = [0.35227423327508994], Gradient = [1.1230761884135216])]
    [Differentiable]
    public static double Enumerations(double x)
    {
        foreach (Step step in Steps) x = step == Step.Square ? x * x : Math.Sin(x);
        return x;
    }

    [Row("table_of_vectors", 2, Value = [12], Gradient = [6])]
    [Differentiable]
    public static double Vectors(double x)
    {
        double sum = 0;
        foreach (Vector3 direction in Directions) sum += direction.Y * x;
        return sum + Directions[0].Length() * x;
    }

    private static double Horner(double[] c, double x)
    {
        double sum = 0;
        for (int i = c.Length - 1; i >= 0; i--) sum = sum * x + c[i];
        return sum;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    // (1 + 2x + 3x²) + (3 + 4x + 5x²) + (x + 2x² + 3x³) + (3 + 12)x
    [Row("table_as_argument", 2, Value = [17 + 31 + 34 + 30], Gradient = [14 + 24 + 45 + 15])]
    [Differentiable]
    public static double Arguments(double x)
        => Horner(Coefficients, x) + Horner(Rows[1], x) + Dot(Coefficients, [x, x * x, x * x * x]) + Rows.Select(static row => row.Sum()).Sum(s => s * x);

    // c is changed, the table is not: x·(2x·3 + 1)
    [Row("table_copied", 2, Value = [26], Gradient = [25])]
    [Differentiable]
    public static double Copied(double x)
    {
        double[] c = (double[])Coefficients.Clone(), d = Coefficients[1..];
        c[0] *= x;
        d[0] *= x;
        return c[0] * d[0] * d[1] + x * Coefficients[0];
    }

    [Row("table_in_loop", new[] { 0.5, -1, 2, 3, 0.25, 1.5, -2 }, 0.3, RunsInLanes = true)]
    [Differentiable]
    public static double InLoop(ReadOnlySpan<double> x, double scale)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += Coefficients[i % 3] * Math.Sin(x[i] * scale) * Grid[1, i % 2];
        return sum;
    }
}
