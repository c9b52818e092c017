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

    [Row("list_without_name", 2, 3)]
    [Differentiable]
    public static double WithoutName(double x, double y)
    {
        double s = 0;
        foreach (Point p in new List<Point> { new(x, x), new(y, x * y) })
        {
            if (p.X > 2.5)
            {
                s += p.X * p.Y;
                break;
            }

            s += p.Y;
        }

        var numbers = new List<double> { s };
        numbers.AddRange([x * y, 1]);
        return numbers[0] * numbers[1] + numbers.Count;
    }

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
