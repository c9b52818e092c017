namespace AutoDiff.Conformance.RandomPrograms;

internal sealed partial class Grammar
{
    private static readonly string[] Fields = ["X", "Y", "Inner.A", "Inner.B"];

    private bool _usesPoint;

    private bool _usesCell;

    private Node Types() => Node.List([Structures(), .. _usesCell ? [Objects()] : Array.Empty<Node>()]);

    private static Node Objects() => new(Kind.Member, $$"""
        public sealed class Cell
        {
        public double V, W;
        public Cell(double v) { V = v; }
        public void Grow(double k) { V += k * W; W = Math.Sin(W) + k; }
        }
        """);

    private Node Structures()
    {
        if (!_usesPoint) return Node.List([]);
        _budget = 3;
        var method = new Scope { HasMethods = false, Return = s => new(Kind.Statement, $"return {Number(s, 2)};") };
        // A local function of a struct may not capture its fields.
        foreach (string field in Fields) method.Add(new Variable(field, Sort.Double) { IsCaptured = false });
        method.Add(new Variable("k", Sort.Double));
        return Node.List([
            new(Kind.Member, $"public record struct Couple(double A, double B);"),
            new(Kind.Member, $$"""
                public struct Point
                {
                public double X, Y;
                public Couple Inner;
                public Point(double x, double y) { X = x; Y = y; Inner = new Couple(y, x); }
                public double Mixed(double k)
                {
                {{Body(method, 2)}}
                }
                public static Point operator +(Point p, Point q) => new Point(p.X + q.Y, p.Y - q.Inner.A);
                public static Point operator *(double k, Point p) => new Point(k * p.X, p.Inner.B) { Inner = p.Inner with { A = k } };
                }
                """),
        ]);
    }

    /// <summary>A value of the struct.</summary>
    private Node Structure(Scope scope, int depth)
    {
        _usesPoint = true;
        Node Sub() => Structure(scope, depth - 1);
        return Pick(
            (4, () => scope.Of(Sort.Point).Any() ? new(Kind.Other, $"{Any(scope.Of(Sort.Point)).Name}") : null),
            (2, () => new(Kind.Other, $"new Point({Number(scope, 1)}, {Number(scope, 1)})")),
            (1, () => new(Kind.Other, $"new Point {{ X = {Number(scope, 1)}, Inner = new Couple({Number(scope, 1)}, {Number(scope, 0)}) }}")),
            (1, () => depth > 0 ? new(Kind.Other, $"({Sub()} + {Sub()})") : null),
            (1, () => depth > 0 ? new(Kind.Other, $"({Number(scope, 1)} * {Sub()})") : null),
            (1, () => scope.Of(Sort.Point).Any() ? new(Kind.Other, $"({Any(scope.Of(Sort.Point)).Name} with {{ Y = {Number(scope, 1)} }})") : null),
            (1, () => depth > 0 ? new(Kind.Other, $"({Truth(scope, 0)} ? {Sub()} : {Sub()})") : null));
    }
}
