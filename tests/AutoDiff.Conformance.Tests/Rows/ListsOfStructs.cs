namespace AutoDiff.Conformance;

/// <summary>Lists whose elements are structs, and sequences over them.</summary>
public static partial class ListsOfStructs
{
    public record struct Point(double X, double Y)
    {
        public readonly double Dot(Point other) => X * other.X + Y * other.Y;
    }

    [Row("list_of_structs", new double[] { 1, 2, 3, 4 }, Gradient = [2, 4, 2, 0])]
    [Differentiable]
    public static double EarlyReturn(ReadOnlySpan<double> a)
    {
        var points = new List<Point>();
        for (int i = 0; i + 1 < a.Length; i++)
        {
            points.Add(new Point(a[i], a[i + 1]));
            if (points.Count == 2) return points[0].Dot(points[1]);
        }

        return 0;
    }

    [Row("list_of_tuples", new double[] { 1, 2, 3 }, 2)]
    [Differentiable]
    public static double Tuples(ReadOnlySpan<double> a, double y)
    {
        List<(double A, double B)> pairs = [(y, y)];
        foreach (double v in a) pairs.Add((v, v * y));
        pairs[0] = (pairs[^1].B, y);
        pairs.RemoveAt(1);
        pairs.Insert(0, (y, a[0]));
        double s = 0;
        foreach ((double p, double q) in pairs) s += p * q;
        return s + pairs.Sum(p => p.A);
    }

    [Differentiable]
    public static double Center([NoGradient] double scale, List<Point> points) => points.Sum(p => p.X * p.X * scale) + points[0].Y;

    [Row("array_of_tuples", 2, 3)]
    [Differentiable]
    public static double Array(double x, double y)
    {
        var points = new (double X, double Y)[3];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = (x * i, y + i);
            points[i].X += points[i].Y;
        }

        foreach (var (k, v) in new[] { (1, x), (2, y) }) points[k].Y += v;
        return points.Sum(p => p.X * p.Y) + points[^1].X;
    }
}
