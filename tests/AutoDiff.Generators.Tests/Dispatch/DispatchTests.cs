using AutoDiff.Generators.Tests.Calls;

namespace AutoDiff.Generators.Tests.Dispatch;

/// <summary>Differentiable methods of interfaces, abstract and virtual ones: members are on the type, and calls run those of the object.</summary>
public class DispatchTests
{
    private const string Shapes = """
        public partial interface IFunction
        {
            [Differentiable] double Calc(double x);
        }

        public sealed partial class Quadratic(double a) : IFunction
        {
            private readonly double _a = a;

            [Differentiable] public double Calc(double x) => _a * x * x;
        }

        public partial class Linear : IFunction
        {
            public double B { get; init; }

            [Differentiable] public virtual double Calc(double x) => B * x;
        }

        public partial class Wave : Linear
        {
            [Differentiable]
            public override double Calc(double x) { double s = x; for (int i = 0; i < 3; i++) s = Math.Sin(s) * B; return s + base.Calc(x); }
        }

        public abstract partial class Base
        {
            [Differentiable] public abstract double Twice(double x, Span<double> rest);
            public double Call(double x, double[] rest) => Twice(x, rest);
        }

        public sealed partial class Derived : Base
        {
            [Differentiable] public override double Twice(double x, Span<double> rest) { rest[0] = 2 * x * x; return 2 * x; }
        }

        public sealed partial class Reader : Base
        {
            [Differentiable] public override double Twice(double x, Span<double> rest) { rest[0] += x; return x * rest[0]; }
        }
        """;

    [Theory]
    [InlineData("new Quadratic(2)", 1.5)]
    [InlineData("new Linear { B = 3 }", 1.5)]
    [InlineData("new Wave { B = 0.7 }", 1.5)]
    public void A_call_through_an_interface_in_a_loop_is_that_of_the_object(string function, double x)
        => Slope.Check(Shapes + $$"""

            public static partial class Functions
            {
                [Differentiable]
                public static double Through(IFunction f, double x) { double s = x; for (int i = 0; i < 3; i++) s = f.Calc(s) * 0.3 + x; return s; }

                public static double F(ReadOnlySpan<double> x) => Through({{function}}, x[0]);

                public static double FGradient(ReadOnlySpan<double> x, Span<double> dx)
                {
                    (double value, dx[0]) = ThroughGradient({{function}}, x[0]);
                    return value;
                }
            }
            """, x);

    [Theory]
    [InlineData("new Linear { B = 2 }", 2)]
    [InlineData("new Wave { B = 0 }", 0)]
    public void A_gradient_through_a_reference_to_the_base_is_that_of_the_object(string made, double slope)
    {
        LoadedAssembly assembly = GeneratorHarness.Run(Shapes + $$"""

            public static class User
            {
                public static double Slope(double x) { Linear l = {{made}}; return l.CalcGradient(x).DX; }
            }
            """).Load();
        Assert.Equal(slope, (double)assembly.Call("User", "Slope", 1.5)!);
    }

    [Theory]
    [InlineData("new Derived()")]
    [InlineData("new Reader()")]
    public void An_abstract_method_that_writes_a_span(string made)
        => Slope.Check(Shapes + $$"""

            public static partial class Functions
            {
                [Differentiable]
                public static double Through(Base b, double x)
                {
                    Span<double> rest = new double[1];
                    rest[0] = x * 0.5;
                    double r = b.Twice(x, rest);
                    return r * rest[0];
                }

                public static double F(ReadOnlySpan<double> x) => Through({{made}}, x[0]);

                public static double FGradient(ReadOnlySpan<double> x, Span<double> dx)
                {
                    (double value, dx[0]) = ThroughGradient({{made}}, x[0]);
                    return value;
                }
            }
            """, 1.3);

    [Fact]
    public void An_override_with_a_rule_of_its_own()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public partial class Base
            {
                [Differentiable] public virtual double F(double x) => 2 * x;
            }

            public partial class Derived : Base
            {
                [Differentiable] public override double F(double x) => 3 * x;

                [DerivativeOf(typeof(Derived), nameof(F))]
                public (double Value, double DX) FRule(double x, double dResult) => (F(x), 100 * dResult);
            }

            public static partial class Functions
            {
                [Differentiable] public static double Use(Base b, double x) => b.F(x) * 2;

                public static double Slope(bool derived, double x) => UseGradient(derived ? new Derived() : new Base(), x).DX;
                public static double Own(bool derived, double x) => (derived ? new Derived() : new Base()).FGradient(x).DX;
            }
            """).Load();
        Assert.Equal(4, (double)assembly.Call("Functions", "Slope", false, 1.0)!);
        Assert.Equal(200, (double)assembly.Call("Functions", "Slope", true, 1.0)!);
        Assert.Equal(2, (double)assembly.Call("Functions", "Own", false, 1.0)!);
        Assert.Equal(100, (double)assembly.Call("Functions", "Own", true, 1.0)!);
    }

    [Fact]
    public void A_recursion_through_virtual_calls()
        => Slope.Check("""
            public abstract partial class Tree
            {
                [Differentiable] public abstract double Value(double x);
            }

            public sealed partial class Leaf(double k) : Tree
            {
                public double K { get; } = k;
                [Differentiable] public override double Value(double x) => Math.Sin(K * x);
            }

            public sealed partial class Node(Tree left, Tree right) : Tree
            {
                public Tree Left { get; } = left;
                public Tree Right { get; } = right;
                [Differentiable] public override double Value(double x) => Left.Value(x) * Right.Value(x * Left.Value(x));
            }

            public static partial class Functions
            {
                private static readonly Tree Root = new Node(new Node(new Leaf(1), new Leaf(2)), new Node(new Leaf(0.5), new Node(new Leaf(3), new Leaf(1))));

                public static double F(ReadOnlySpan<double> x) => Root.Value(x[0]);

                public static double FGradient(ReadOnlySpan<double> x, Span<double> dx) { (double value, dx[0]) = Root.ValueGradient(x[0]); return value; }
            }
            """, 0.8);

    [Fact]
    public void A_virtual_method_that_is_not_differentiable_is_refused_at_the_call()
        => Assert.Equal(["DIFF1004: f.Calc(x)"], GeneratorHarness.Run("""
            public interface IFunction { double Calc(double x); }

            public static partial class Functions
            {
                [Differentiable] public static double F(IFunction f, double x) => f.Calc(x);
            }
            """).Reported);

    [Fact]
    public void A_virtual_method_cannot_write_an_array()
        => Assert.Equal(["DIFF1003: a"], GeneratorHarness.Run("""
            public partial class Base
            {
                [Differentiable] public virtual void F(double[] a) { a[0] *= a[0]; }
            }
            """).Reported);

    [Fact]
    public void An_override_that_is_not_marked_is_reported()
        => Assert.Equal(["DIFF0024: F"], GeneratorHarness.Run("""
            public partial class Base
            {
                [Differentiable] public virtual double F(double x) => x;
            }

            public class Derived : Base
            {
                public override double F(double x) => x * x;
            }
            """).Reported);

    [Fact]
    public void A_test_of_the_type_of_an_object_takes_no_part_in_derivatives()
        => Slope.Check(Shapes + """

            public static partial class Functions
            {
                [Differentiable]
                public static double Through(IFunction f, double x)
                    => f is Linear { } linear ? linear.B * linear.Calc(x) : f is Quadratic ? 5 * x * x : x;

                public static double F(ReadOnlySpan<double> x) => Through(new Linear { B = 3 }, x[0]) + Through(new Quadratic(1), x[0]);

                public static double FGradient(ReadOnlySpan<double> x, Span<double> dx)
                {
                    (double a, double da) = ThroughGradient(new Linear { B = 3 }, x[0]);
                    (double b, double db) = ThroughGradient(new Quadratic(1), x[0]);
                    dx[0] = da + db;
                    return a + b;
                }
            }
            """, 1.5);
}
