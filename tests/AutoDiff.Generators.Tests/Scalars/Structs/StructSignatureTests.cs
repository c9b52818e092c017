namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>Structs and tuples as parameters, receivers and results: the gradient of a struct is the same struct.</summary>
public class StructSignatureTests
{
    private const string Types = """
        public record struct Point(double X, double Y);
        public struct Particle { public Point Position; public double Mass; public int Id; [NoGradient] public double Label; }
        public readonly struct Hidden { private readonly double _x; public Hidden(double x) { _x = x; } public double X => _x; }
        public struct Initial { public double A { get; init; } public double B { get; set; } }

        """;

    [Theory]
    [InlineData("Point p", "new Point(a, b)", "p.X * p.X * p.Y", "d.X, d.Y")]
    [InlineData("in Point p", "new Point(a, b)", "p.X * Math.Sin(p.Y)", "d.X, d.Y")]
    [InlineData("(double X, double Y) t", "(a, b)", "t.X / t.Y + t.Item1", "d.X, d.Y")]
    [InlineData("(double X, (double Y, int N) Inner) t", "(a, (b, 3))", "t.X * t.Inner.Y * t.Inner.N", "d.X, d.Inner.Y")]
    [InlineData("Hidden h, double y", "new Hidden(a), b", "h.X * h.X * y", "d.X, d2")]
    [InlineData("Initial i", "new Initial { A = a, B = b }", "i.A * Math.Exp(i.B)", "d.A, d.B")]
    [InlineData("Particle p", "new Particle { Position = new(a, 2), Mass = b, Id = 4, Label = 3 }", "p.Position.X * p.Mass * p.Id + p.Label * p.Mass + p.Position.Y * p.Position.X", "d.Position.X, d.Mass")]
    public void Parameters(string parameters, string arguments, string body, string gradients)
    {
        bool two = parameters.Contains(", double y", StringComparison.Ordinal);
        StructCase.Check(Types + $$"""
            public static partial class Functions
            {
                [Differentiable] public static double F({{parameters}}) => {{body}};

                public static double Value(double a, double b) => F({{arguments}});

                public static double[] Gradient(double a, double b)
                {
                    var (value, d{{(two ? ", d2" : "")}}) = FGradient({{arguments}});
                    return [value, {{gradients}}];
                }
            }
            """, 1.3, 0.7);
    }

    [Fact]
    public void Only_differentiable_fields_carry_the_gradient()
        => Assert.Equal([6.0, 2, 0, 0, 0, 0, 3], StructCase.Numbers(Types + """
            public static partial class Functions
            {
                [Differentiable] public static double F(Particle p) => p.Position.X * p.Mass * p.Id + p.Label;

                public static double[] Use()
                {
                    var (_, d) = FGradient(new Particle { Position = new(3, 2), Mass = 2, Id = 1, Label = 0 });
                    return [F(new Particle { Position = new(3, 2), Mass = 2, Id = 1 }), d.Position.X, d.Position.Y, d.Id, d.Label, F(default), d.Mass];
                }
            }
            """));

    [Theory]
    [InlineData("Point", "new Point(x * y, Math.Sin(x))", "new Point(1, 1)", "r.X + r.Y")]
    [InlineData("Point", "new Point(x * y, Math.Sin(x)) with { Y = y }", "new Point(1, 1)", "r.X + r.Y")]
    [InlineData("(double A, int N, double B)", "(x * y, 3, x)", "(1, 0, 1)", "r.A + r.B")]
    [InlineData("Hidden", "new Hidden(x * x * y)", "new Hidden(1)", "r.X")]
    [InlineData("Particle", "new Particle { Position = new Point(x, y * y), Mass = x / y, Id = 2 }", "new Particle { Position = new(1, 1), Mass = 1 }", "r.Position.X + r.Position.Y + r.Mass")]
    public void Results(string type, string body, string seed, string sum)
        => StructCase.Check(Types + $$"""
            public static partial class Functions
            {
                [Differentiable] public static {{type}} F(double x, double y) => {{body}};

                public static double Value(double a, double b) { var r = F(a, b); return {{sum}}; }

                public static double[] Gradient(double a, double b)
                {
                    var (r, dx, dy) = FVjp(a, b, {{seed}});
                    return [{{sum}}, dx, dy];
                }
            }
            """, 1.3, 0.7);

    [Fact]
    public void A_struct_passed_by_reference_is_input_and_output()
        => Assert.Equal([3 * 3 * 4, 4, 3, 10.0 * 2 * 3 * 4 + 7, 10.0 * 9 + 5], StructCase.Numbers(Types + """
            public static partial class Functions
            {
                [Differentiable] public static void Swap(ref Point p) { double old = p.X; p.X = p.X * p.X * p.Y; (p.X, p.Y) = (p.Y, p.X); p.X = p.X; _ = old; }

                [Differentiable] public static void F(ref Point p, out Point q) { q = new Point(p.Y, p.X); p.X = p.X * p.X * p.Y; }

                public static double[] Use()
                {
                    var p = new Point(3, 4);
                    Point d = FVjp(ref p, out Point q, new Point(10, 0), new Point(5, 7));
                    return [p.X, q.X, q.Y, d.X, d.Y];
                }
            }
            """));

    [Fact]
    public void The_gradient_of_the_receiver_comes_first()
        => Assert.Equal([42.0, 3 * 7, 2 * 7, 6], StructCase.Numbers("""
            public partial record struct Plane(double A, double B)
            {
                [Differentiable] public readonly double Height(double z) => A * B * z;

                public static double[] Use()
                {
                    var (value, d, dz) = new Plane(2, 3).HeightGradient(7);
                    return [value, d.A, d.B, dz];
                }
            }
            """));

    [Fact]
    public void A_method_that_changes_its_receiver_takes_the_cotangent_of_it()
        => Assert.Equal([8.0, 3, 10 * 4, 5, 10 * 2], StructCase.Numbers("""
            public partial struct Body
            {
                public double X, V;

                [Differentiable] public void Step(double h) => X *= h;

                public static double[] Use()
                {
                    var body = new Body { X = 2, V = 3 };
                    var (d, dh) = body.StepVjp(4, new Body { X = 10, V = 5 });
                    return [body.X, body.V, d.X, d.V, dh];
                }
            }
            """));

    [Fact]
    public void Two_references_exchange_their_states()
        => Assert.Equal([4.0, 3, 7, 5], StructCase.Numbers("""
            public static partial class Functions
            {
                [Differentiable] public static void Swap(ref double x, ref double y) { double t = x; x = y; y = t; }

                public static double[] Use()
                {
                    double x = 3, y = 4;
                    var (dx, dy) = SwapVjp(ref x, ref y, 5, 7);
                    return [x, y, dx, dy];
                }
            }
            """));
}
