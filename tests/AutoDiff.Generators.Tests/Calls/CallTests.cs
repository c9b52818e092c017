using AutoDiff.Generators.Tests.Scalars;

namespace AutoDiff.Generators.Tests.Calls;

/// <summary>Calls of differentiable methods go through their pairs, also across types; <c>ref</c> and <c>out</c> numbers are inputs and outputs.</summary>
public class CallTests
{
    [Fact]
    public void A_call_of_a_scalar_method()
        => Slope.Check("""
            public static partial class Inner
            {
                [Differentiable] public static double Cube(double x) { double s = 1; for (int i = 0; i < 3; i++) s *= x; return s; }
            }

            public static partial class Functions
            {
                [Differentiable] public static double F(ReadOnlySpan<double> x) => Inner.Cube(x[0]) * Inner.Cube(x[1]) + Inner.Cube(x[0] * x[1]);
            }
            """, 1.3, -0.7);

    [Fact]
    public void A_call_in_a_loop()
        => Slope.Check("""
            public static partial class Functions
            {
                [Differentiable] public static double Step(double x, double y) { while (x > 0.5) x *= y; return x * y; }

                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    double s = x[0];
                    for (int i = 0; i < 4; i++) s += Step(s, x[1]);
                    return s;
                }
            }
            """, 1.3, 0.6);

    [Fact]
    public void A_call_with_spans()
        => Slope.Check("""
            public static partial class Functions
            {
                [Differentiable]
                public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) { double s = 0; for (int i = 0; i < a.Length; i++) s += a[i] * b[i]; return s; }

                [Differentiable]
                public static double F(ReadOnlySpan<double> x) => Dot(x, x) * Dot(x.Slice(1), x.Slice(0, 2));
            }
            """, 1.3, 0.6, -2);

    [Fact]
    public void Recursion()
        => Slope.Check("""
            public static partial class Functions
            {
                [Differentiable] public static double Power(double x, int n) { if (n == 0) return 1; return x * Power(x, n - 1); }
                [Differentiable] public static double F(ReadOnlySpan<double> x) => Power(x[0], 5) * x[1];
            }
            """, 1.3, 0.6);

    [Fact]
    public void Numbers_passed_by_reference_are_inputs_and_outputs()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable]
                public static double F(double x, ref double y, out double z)
                {
                    z = x * y;
                    y = y * y;
                    return x + z;
                }

                public static double[] Use(double x, double y, double dResult, double dYAfter, double dZ)
                {
                    double again = y;
                    var r = FVjp(x, ref again, out double z, dResult, dYAfter, dZ);
                    double gradientOnly = y;
                    var g = FGradient(x, ref gradientOnly, out _);
                    return [r.Value, again, z, r.DX, r.DY, g.Value, gradientOnly, g.DX, g.DY];
                }
            }
            """).Load();
        double x = 1.5, y = -2, dr = 3, dy = 5, dz = 7;
        double[] actual = assembly.Call("Functions", "Use", x, y, dr, dy, dz)!;
        Assert.Equal([x + x * y, y * y, x * y, dr + (dr + dz) * y, (dr + dz) * x + dy * 2 * y, x + x * y, y * y, 1 + y, x], actual, Near.Within(1e-15));
    }

    [Fact]
    public void A_call_with_numbers_passed_by_reference()
        => Slope.Check("""
            public static partial class Functions
            {
                [Differentiable]
                public static double Split(double x, ref double y, out double z) { z = x * y; y = y * y; return x + z; }

                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    double y = x[1];
                    double r = Split(x[0], ref y, out double z);
                    return r * y + z * z;
                }
            }
            """, 1.3, 0.6);

    [Fact]
    public void A_span_that_is_read_before_it_is_written_has_a_cotangent_and_a_destination()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable]
                public static void Square(Span<double> a, double factor) { for (int i = 0; i < a.Length; i++) a[i] = factor * a[i] * a[i]; }

                public static double Use(double[] a, double factor, double[] dAfter, double[] dBefore) => SquareVjp(a, factor, dAfter, dBefore);
            }
            """).Load();
        double[] a = [1.5, -2], dAfter = [3, 5], dBefore = [9, 9];
        double dFactor = assembly.Call("Functions", "Use", a, 0.5, dAfter, dBefore)!;
        Assert.Equal([0.5 * 2.25, 0.5 * 4], a);
        Assert.Equal([3.0, 5], dAfter);
        Assert.Equal([3 * 0.5 * 2 * 1.5, 5 * 0.5 * 2 * -2], dBefore, Near.Within(1e-15));
        Assert.Equal(3 * 2.25 + 5 * 4, dFactor, Near.Within(1e-15));
    }
}
