using System.Numerics;

namespace AutoDiff.Conformance;

/// <summary>Structs and tuples as arguments and results of calls that stay calls: recursion, what is kept, what an interface runs.</summary>
public static partial class StructCalls
{
    public struct Point(double x, double y)
    {
        public double X = x;
        public double Y = y;
    }

    public readonly record struct Pose(Vector3 Position, float Angle, int Id);

    [Differentiable]
    public static double Energy(Point p, int n)
    {
        if (n == 0) return p.X;
        p.X *= p.Y;
        return Energy(p, n - 1) + p.X;
    }

    [Row("struct_argument", 2, 3)]
    [Differentiable]
    public static double Argument(double x, double y) => Energy(new Point(x, y), 3) * x;

    [Differentiable]
    public static Point Twice(Point p, int n) => n == 0 ? p : Twice(new Point(p.X * p.Y, p.X + p.Y), n - 1);

    [Row("struct_result", 2, 3)]
    [Differentiable]
    public static double Result(double x, double y)
    {
        Point p = Twice(new Point(x, y), 2);
        return p.X * p.Y;
    }

    [Differentiable]
    public static (double A, double B) Pair(double x, double y, int n)
    {
        if (n == 0) return (x, y);
        (double a, double b) = Pair(y * x, x, n - 1);
        return (b * a, a);
    }

    [Row("tuple_result", 2, 3)]
    [Differentiable]
    public static double Tuple(double x, double y)
    {
        (double a, double b) = Pair(x, y, 2);
        (double c, _) = Pair(a, b, 1);
        Pair(x, x, 1);
        return a * b + c;
    }

    [Differentiable]
    public static void Update(ref Point p, int n)
    {
        if (n == 0) return;
        p.X *= p.Y;
        p.Y += p.X;
        Update(ref p, n - 1);
    }

    [Row("struct_by_reference", 1.2, 0.7)]
    [Differentiable]
    public static double ByReference(double x, double y)
    {
        var p = new Point(x, y);
        for (int i = 0; i < 2; i++) Update(ref p, 2);
        return p.X * p.Y;
    }

    [Differentiable, Keep]
    public static void Make(double x, double y, int n, out Point p, in double w, out double z)
    {
        p = new Point(x * y, 1);
        for (int i = 0; i < n; i++) p.Y += p.X * w;
        z = p.Y;
    }

    [Row("struct_that_comes_out", 1.2, 0.7)]
    [Differentiable]
    public static double ThatComesOut(double x, double y)
    {
        double s = 0;
        for (int i = 0; i < 3; i++)
        {
            Make(x, y + s, i, out Point p, in x, out double z);
            s += p.X * p.Y + z;
        }

        return s;
    }

    [Differentiable, Keep]
    public static Pose Step(Pose p, int n)
    {
        for (int i = 0; i < n; i++) p = p with { Position = p.Position * p.Angle + Vector3.UnitX, Angle = MathF.Sin(p.Angle) };
        return p;
    }

    [Row("nested_struct", 0.5f, 0.75f, SlopeTolerance = 0.2)]
    [Differentiable]
    public static float NestedStruct(float x, float y)
    {
        var p = new Pose(new Vector3(x, y, 1), x * y, 3);
        Pose q = Step(p, 2);
        return Vector3.Dot(q.Position, p.Position) + q.Angle * q.Id;
    }

    [Differentiable, Keep]
    public static double Length(ReadOnlySpan<Point> points)
    {
        double s = 0;
        for (int i = 1; i < points.Length; i++) s += double.Hypot(points[i].X - points[i - 1].X, points[i].Y - points[i - 1].Y);
        return s;
    }

    [Row("span_of_structs", 0.5, 0.75)]
    [Differentiable]
    public static double SpanOfStructs(double x, double y)
    {
        Span<Point> path = new Point[4];
        for (int i = 0; i < path.Length; i++) path[i] = new Point(x * i, Math.Sin(y * i));
        return Length(path) * Length(path[1..]);
    }
}
