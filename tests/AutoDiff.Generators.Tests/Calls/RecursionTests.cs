namespace AutoDiff.Generators.Tests.Calls;

/// <summary>Methods that call themselves, directly or in a circle: residuals go on one stack.</summary>
public class RecursionTests
{
    private const string Factorial = """
        public static partial class Functions
        {
            [Differentiable] public static double Factorial(double x) { if (x == 1) return 1; return x * Factorial(x - 1); }
            public static double Slope(double x) => FactorialGradient(x).DX;
        }
        """;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 5)]
    [InlineData(4, 26)]
    [InlineData(5, 154)]
    public void A_factorial(double x, double slope)
        => Assert.Equal(slope, (double)GeneratorHarness.Run(Factorial).Load().Call("Functions", "Slope", x)!);

    [Fact]
    public void A_product_of_n_factors()
        => Slope.Is("""
            public static partial class Functions
            {
                [Differentiable] public static double Product(double x, int n) => n == 0 ? 1 : x * Product(x, n - 1);
                [Differentiable] public static double F(ReadOnlySpan<double> x) => Product(x[0], 3);
            }
            """, [10], [300]);

    [Fact]
    public void Two_methods_that_call_each_other()
        => Slope.Check("""
            public static partial class Functions
            {
                [Differentiable, Keep] public static double Even(double x, int n) => n == 0 ? x : Math.Sin(x) * Odd(x, n - 1);
                [Differentiable, Keep] public static double Odd(double x, int n) => n == 0 ? 1 : x + Even(x * 0.5, n - 1);
                [Differentiable] public static double F(ReadOnlySpan<double> x) => Even(x[0], 6) * Odd(x[1], 5);
            }
            """, 1.3, 0.6);

    [Fact]
    public void Two_calls_in_one_step_of_the_recursion()
        => Slope.Check("""
            public static partial class Functions
            {
                [Differentiable]
                public static double Tree(ReadOnlySpan<double> x)
                {
                    if (x.Length == 1) return x[0] * x[0];
                    int half = x.Length / 2;
                    return Math.Sin(Tree(x.Slice(0, half))) * Tree(x.Slice(half)) + Tree(x.Slice(0, half));
                }

                [Differentiable] public static double F(ReadOnlySpan<double> x) => Tree(x);
            }
            """, 1.3, 0.6, -0.4, 0.8, 1.1);

    [Fact]
    public void A_span_that_is_written_in_the_recursion()
        => Slope.Check("""
            public static partial class Functions
            {
                [Differentiable]
                public static void Prefix(double[] a, int i)
                {
                    if (i == a.Length) return;
                    a[i] *= a[i - 1];
                    Prefix(a, i + 1);
                }

                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    double[] a = new double[x.Length];
                    x.CopyTo(a);
                    Prefix(a, 1);
                    return a[0] + 2 * a[1] + 3 * a[2];
                }
            }
            """, 1.3, 0.6, -0.4);

    [Fact]
    public void An_array_that_is_written_only_behind_the_other_method()
        => Slope.Check("""
            public static partial class Functions
            {
                [Differentiable] public static void Down(double[] a, int i) { if (i > 0) Up(a, i); }
                [Differentiable] public static void Up(double[] a, int i) { for (int k = 0; k < 2; k++) a[i] *= Math.Cos(a[i - 1]); Down(a, i - 1); }

                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    double[] a = new double[x.Length];
                    x.CopyTo(a);
                    Down(a, 2);
                    return a[0] + 2 * a[1] + 3 * a[2];
                }
            }
            """, 1.3, 0.6, -0.4);

    [Fact]
    public void A_struct_made_on_the_early_path()
        => Slope.Check("""
            public struct Pair { public double A; public double B; }

            public static partial class Functions
            {
                [Differentiable]
                public static double Early(double x, int n)
                {
                    if (n == 0)
                    {
                        var p = new Pair { A = x * x, B = 2 };
                        return p.A * p.B;
                    }

                    return x * Early(x * 0.5, n - 1);
                }

                [Differentiable] public static double F(ReadOnlySpan<double> x) => Early(x[0], 0) + Early(x[0], 3);
            }
            """, 1.3);

    [Fact]
    public void A_recursion_without_end_in_the_types_is_no_matter_of_the_generator()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable] public static double A(double x) => B(x) + 1;
                [Differentiable] public static double B(double x) => C(x) * x;
                [Differentiable] public static double C(double x) => A(x) + B(x);
            }
            """);
        run.Compile();
        Assert.Equal(3, run.GeneratedSources.Count);
    }
}
