namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>Structs inside of methods: properties with bodies, indexers, operators, mutation, patterns, values that may be null.</summary>
public class StructBodyTests
{
    private const string Types = """
        public record struct Point(double X, double Y)
        {
            public static readonly Point Origin = new(0.5, -1);
            public static Point Unit => new(1, 1);
            public readonly double Length => Math.Sqrt(X * X + Y * Y);
            public double Doubled { readonly get => 2 * X; set => X = value / 2; }
            public double this[int i] { readonly get => i == 0 ? X : Y; set { if (i == 0) X = value; else Y = value; } }
            public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);
            public static Point operator *(double k, Point p) => new(k * p.X, k * p.Y);
            public static Point operator -(Point p) => new(-p.X, -p.Y);
            public static implicit operator Point(double x) => new(x, x * x);
            public static explicit operator double(Point p) => p.X * p.Y;
            public void Scale(double by) { X *= by; Y *= by; }
            public void Grow(int n) { for (int i = 0; i < n; i++) { X *= 1.1; Scale(1.5); Y += X; } }
        }
        public struct Line { public Point From, To; public readonly Point Middle => 0.5 * (From + To); public void Deconstruct(out Point from, out Point to) { from = From; to = To; } }
        public struct Unit { private readonly double _x; public Unit(double x) { _x = x / Math.Abs(x); Scale = x; } public double Scale { get; } public readonly double Value => _x * Scale; }
        public struct Box<T> { public T A, B; }

        """;

    [Theory]
    [InlineData("var p = new Point(x, y); p.Doubled *= 4 * x; return p.X;")]
    [InlineData("var p = new Point(x, y); p[0] = p[1] * p[0]; p[1] += 3; return p[0] * p[1] + p.Length;")]
    [InlineData("var p = new Point(x, y); p.Grow(3); return p.X * p.Y;")]
    [InlineData("Point p = x; p += new Point(y, 1) + -p; return (double)(2 * p) * p.Y;")]
    [InlineData("var l = new Line { From = new(x, y), To = Point.Unit }; l.From.X *= y; var (a, b) = l; return a.X * b.Y + l.Middle.Length;")]
    [InlineData("var (a, b) = new Point(x, y) with { Y = x * y }; return a * b;")]
    [InlineData("var l = new Line { To = Point.Origin }; ref Point r = ref l.From; for (int i = 0; i < 3; i++) { r.X += x; l.To.Scale(y); } return l.From.X * l.To.Y;")]
    [InlineData("(double A, double B) t = (x, y); t = (t.B, t.A); (t.A, t.B) = (t.B * 2, t.A); return t.A * t.A + t.B;")]
    [InlineData("var t = (P: new Point(x, y), N: 2); t.P.X += t.N * y; var u = t; u.P.X = 1; return t.P.X * u.P.Y;")]
    [InlineData("return new Unit(x).Value * y + new Unit(y).Scale;")]
    [InlineData("var b = new Box<double> { A = x, B = y }; b.A *= b.B; var c = new Box<(double, double)> { A = (x, y) }; return b.A * c.A.Item2;")]
    [InlineData("static Point Turn(in Point p, ref Point q) { q.X += p.Y; return new(p.Y, -p.X); } var q = new Point(y, x); var p = Turn(new Point(x, y), ref q); return p.X * q.X + p.Y;")]
    [InlineData("Point p = x > 1 ? new Point(x, y) : new Point(y, x); if (p is { X: > 1, Y: var z }) return z * p.X; return p.Y;")]
    [InlineData("Point p = new(x, y), q = p; q.X += 1; return p == q || (p, 1) == (q, 2) ? x : p != q ? x * y : y;")]
    [InlineData("var ps = (new Point(x, y), new Point(y, x)); Func<Point, double> f = p => p.X * p.Length; return f(ps.Item1) + f(ps.Item2);")]
    public void Bodies(string body) => Check(body);

    [Theory]
    [InlineData("double? a = x; return a.HasValue ? a.Value * a.Value : y;")]
    [InlineData("double? a = x > 5 ? x : null; return (a ?? y) * x + a.GetValueOrDefault(3) + a.GetValueOrDefault();")]
    [InlineData("double? a = x, b = null; double? c = a * y + b; a += 2; return c is null ? (double)(a * a)! : y;")]
    [InlineData("Point? p = new Point(x, y); double? l = p?.Length; p = null; return l is double d && d > 0 ? d * (p?.X ?? y) : x;")]
    [InlineData("double? a = null; a ??= x * y; int? n = 2; return a is { } v && n == 2 && a != null ? v * v * n.Value : 1;")]
    [InlineData("double? a = x, b = null; return a > 1 && a >= y && !(a < b) ? -a ?? 0 : y * 2;")]
    public void Values_that_may_be_null(string body) => Check(body);

    [Fact]
    public void A_number_that_may_be_null_as_a_parameter()
        => Assert.Equal([100.0, 20, 10, 0], StructCase.Numbers("""
            public static partial class Functions
            {
                [Differentiable] public static float F(float? a) => a.HasValue ? a.Value * a.Value : 10;

                public static double[] Use()
                {
                    (float value, float? da) = FGradient(10);
                    (float none, float? dNone) = FGradient(null);
                    return [value, da!.Value, none, dNone!.Value];
                }
            }
            """));

    [Fact]
    public void Reading_no_value_throws_as_the_method_does()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable] public static double F(double? a) => a!.Value * 2;
                public static void Use() => FGradient(null);
            }
            """).Load();
        Assert.Throws<InvalidOperationException>(() => assembly.Call("Functions", "Use"));
    }

    private static void Check(string body)
        => StructCase.Check(Types + $$"""
            public static partial class Functions
            {
                [Differentiable] public static double F(double x, double y) { {{body}} }

                public static double Value(double a, double b) => F(a, b);

                public static double[] Gradient(double a, double b) { var (value, dx, dy) = FGradient(a, b); return [value, dx, dy]; }
            }
            """, 1.3, 0.7);
}
