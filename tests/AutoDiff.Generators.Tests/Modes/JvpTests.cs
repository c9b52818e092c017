using AutoDiff.Generators.Tests.Scalars;

namespace AutoDiff.Generators.Tests.Modes;

/// <summary>FJvp as users call it: its signature for numbers, spans, references, and what is written.</summary>
public class JvpTests
{
    [Fact]
    public void Numbers_give_a_value_and_a_tangent()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
                public static double Energy(double x, [NoGradient] double scale, double y) => Math.Exp(-(x * x + y * y)) + scale * x * y;

                public static double[] Use(double x, double y, double xDot, double yDot)
                {
                    var (value, tangent) = EnergyJvp(x, 0.5, y, xDot, yDot);
                    var (same, dx, dy) = EnergyGradient(x, 0.5, y);
                    return [value, tangent, same, dx * xDot + dy * yDot];
                }
            }
            """).Load();
        double[] actual = assembly.Call("Functions", "Use", 0.7, -0.4, 1.5, 2.0)!;
        Assert.Equal(actual[2], actual[0]);
        Assert.Equal(actual[3], actual[1], Near.Within(1e-15));
    }

    [Fact]
    public void Spans_have_a_direction_and_written_ones_a_destination()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Jvp)]
                public static void Project(ReadOnlySpan<double> camera, ReadOnlySpan<double> point, Span<double> pixel)
                {
                    double depth = point[2] - camera[2];
                    for (int k = 0; k < 2; k++) pixel[k] = (point[k] - camera[k]) / depth;
                }

                public static double[] Use(double[] camera, double[] point, double[] cameraDot, double[] pointDot)
                {
                    double[] pixel = [7, 7, 7], pixelDot = [7, 7, 7];
                    ProjectJvp(camera, point, pixel, cameraDot, pointDot, pixelDot);
                    return [.. pixel, .. pixelDot];
                }
            }
            """).Load();
        double[] c = [0.1, 0.2, -1], p = [1, 2, 3], cDot = [0.5, -1, 2], pDot = [1, 1, -0.5];
        double[] actual = assembly.Call("Functions", "Use", c, p, cDot, pDot)!;
        double depth = p[2] - c[2], depthDot = pDot[2] - cDot[2];
        for (int k = 0; k < 2; k++)
        {
            Assert.Equal((p[k] - c[k]) / depth, actual[k]);
            Assert.Equal((pDot[k] - cDot[k] - actual[k] * depthDot) / depth, actual[3 + k], Near.Within(1e-15));
        }

        // What the method leaves alone keeps its value, and does not vary.
        Assert.Equal([7, 0], [actual[2], actual[5]]);
    }

    [Fact]
    public void Tangents_of_references_and_of_spans_that_are_read_and_written_go_in_and_out()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Jvp)]
                public static double F(double x, ref double y, out double z, Span<double> a)
                {
                    z = x * y;
                    for (int i = 0; i < a.Length; i++) a[i] *= y;
                    y = y * y;
                    return x + z;
                }

                public static double[] Use(double x, double y, double xDot, double yDot, double[] a, double[] aDot)
                {
                    var (value, tangent) = FJvp(x, ref y, out double z, a, xDot, ref yDot, aDot, out double zDot);
                    return [value, tangent, y, yDot, z, zDot];
                }
            }
            """).Load();
        double[] a = [2, 3], aDot = [1, -1];
        double[] actual = assembly.Call("Functions", "Use", 1.5, 0.5, 2.0, 3.0, a, aDot)!;
        double zDot = 2 * 0.5 + 1.5 * 3;
        Assert.Equal([1.5 + 0.75, 2 + zDot, 0.25, 2 * 0.5 * 3, 0.75, zDot], actual, Near.Within(1e-15));
        Assert.Equal([1, 1.5], a);
        Assert.Equal([0.5 + 2 * 3, -0.5 + 3 * 3], aDot, Near.Within(1e-15));
    }

    [Fact]
    public void Swapped_references_are_assigned_at_once()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Jvp)]
                public static double Swap(ref double x, ref double y)
                {
                    double t = x;
                    x = y;
                    y = t;
                    return 2 * x;
                }

                public static double[] Use(double x, double y, double xDot, double yDot)
                {
                    var (value, tangent) = SwapJvp(ref x, ref y, ref xDot, ref yDot);
                    return [value, tangent, x, y, xDot, yDot];
                }
            }
            """).Load();
        Assert.Equal([8.0, 14, 4, 3, 7, 5], (double[])assembly.Call("Functions", "Use", 3.0, 4.0, 5.0, 7.0)!);
    }

    [Fact]
    public void Overlap_and_lengths_are_checked()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Jvp)]
                public static void Twice(ReadOnlySpan<double> x, Span<double> y)
                {
                    for (int i = 0; i < x.Length; i++) y[i] = 2 * x[i];
                }

                public static string Use(double[] x, double[] y, double[] xDot, double[] yDot)
                {
                    try { TwiceJvp(x, y, xDot, yDot); return ""; }
                    catch (ArgumentException e) { return e.ParamName ?? "?"; }
                }
            }
            """).Load();
        double[] x = [1, 2], y = [0, 0], xDot = [1, 1], yDot = [0, 0];
        Assert.Equal("", assembly.Call("Functions", "Use", x, y, xDot, yDot));
        Assert.Equal("xDot", assembly.Call("Functions", "Use", x, y, new double[3], yDot));
        Assert.Equal("yDot", assembly.Call("Functions", "Use", x, y, xDot, new double[1]));
        Assert.NotEqual("", assembly.Call("Functions", "Use", x, y, xDot, y));
        Assert.NotEqual("", assembly.Call("Functions", "Use", x, y, yDot, yDot));
    }
}
