namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>Objects that a method makes are followed through every reference to them; objects from outside are constants.</summary>
public class ObjectTests
{
    private const string Types = """
        public class Cell
        {
            public double X; private double _sum = 1; public int Count { get; set; }
            public Cell() { }
            public Cell(double x) : this() { X = x; }
            public double Total { get => _sum * X; set => _sum = value / 2; }
            public double this[int i] { get => i * X; set => X = value + i; }
            public void Square() => X *= X;
            public void Add(double v, int n) { for (int i = 0; i < n; i++) { _sum += v; Count++; Square(); } }
            public virtual double Twice(double v) => 2 * v + X;
        }
        public sealed class Derived(double x, double k) : Cell(x), IShape { public double K = k; public override double Twice(double v) => base.Twice(v) * K; public double Area(double r) => r * r * K; }
        public interface IShape { double Area(double r); }
        public record Pair(double A, double B) { public double Sum => A + B; }
        public class Holder { public Cell Inner = new(3); public Cell Other; public Holder(Cell other) => Other = other; }

        """;

    [Theory]
    [InlineData("var c = new Cell { X = x }; c.X *= c.X; return c.X * y;")]
    [InlineData("var c = new Cell(x); var d = c; d.X *= y; c.Square(); return c.X + d.X;")]
    [InlineData("var c = new Cell(x); c.Add(y, 3); c.Total += 1; return c.Total * c.Count;")]
    [InlineData("var c = new Cell(x); for (int i = 0; i < 3; i++) { var d = c; if (i > 0) d.X += y; d[i] *= x; } return c.X;")]
    [InlineData("Cell c = new Derived(x, y); return c.Twice(y) * c.X;")]
    [InlineData("IShape s = new Derived(x, y); return s.Area(x);")]
    [InlineData("var p = new Pair(x, y); var q = p with { B = x * y }; return p.Sum * q.Sum;")]
    [InlineData("var h = new Holder(new Cell(x)); h.Inner.X = y; h.Other.Square(); var o = h.Other; o.X += h.Inner.X; return h.Other.X * h.Inner.X;")]
    [InlineData("static Cell Make(double v) { var c = new Cell(v); c.Square(); return c; } static void Grow(Cell c, double k) { c.X *= k; } var c = Make(x); Grow(c, y); return c.X;")]
    [InlineData("var c = new Cell(x); void Step() { c.X *= y; } for (int i = 0; i < 2; i++) Step(); return c.X;")]
    [InlineData("var m = new Cell(10); double z = m.X * x; m.X += 1; return z * y;")]
    public void Made_here(string body)
        => StructCase.Check(Types + $$"""
            public static partial class Functions
            {
                [Differentiable] public static double F(double x, double y) { {{body}} }

                public static double Value(double a, double b) => F(a, b);

                public static double[] Gradient(double a, double b) { var (value, dx, dy) = FGradient(a, b); return [value, dx, dy]; }
            }
            """, 1.3, 0.7);

    [Fact]
    public void From_outside()
        => Assert.Equal([3 * 2.0 * 5 + 7, 3 * 5, 2 * 4.0, 2], StructCase.Numbers("""
            public class Settings { public double Rate = 5, Offset { get; init; } public int N; public double Scaled(double x) => Rate * x; }
            public partial class Machine(double k)
            {
                public double Factor { get; set; } = k;
                [Differentiable] public double Run(double x) => Factor * x * x;

                [Differentiable] public static double F(double x, Settings s) => 3 * s.Scaled(x) + s.Offset;

                public static double[] Use()
                {
                    var (value, dx) = FGradient(2, new Settings { Offset = 7 });
                    var (run, dRun) = new Machine(2).RunGradient(2);
                    return [value, dx, run, dRun / 4];
                }
            }
            """.Replace("Rate = 5, Offset { get; init; }", "Rate = 5; public double Offset { get; init; }")));

    [Theory]
    [InlineData("Cell c = x > 0 ? new Cell(x) : Shared; return c.X;", "is state outside the method")]
    [InlineData("var s = Make(); s.X = x; return s.X;", "is state outside the method")]
    public void What_cannot_be_known_is_said(string body, string message)
    {
        GeneratorRun run = GeneratorHarness.Run(Types + $$"""
            public static partial class Functions
            {
                static readonly Cell Shared = new();
                static Cell Make() => Shared;
                [Differentiable] public static double F(double x, double y) { {{body}} }
            }
            """);
        Assert.Contains(run.Diagnostics, d => d.GetMessage(null).Contains(message, StringComparison.Ordinal));
        Assert.Empty(run.GeneratedSources);
    }
}
