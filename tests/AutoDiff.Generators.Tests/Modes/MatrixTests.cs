using AutoDiff.Generators.Tests.Scalars;

namespace AutoDiff.Generators.Tests.Modes;

/// <summary>FJacobian and FHessian: several unit directions in one pass, by columns or by rows.</summary>
public class MatrixTests
{
    private const string Project = """
        public static partial class Functions
        {
            [Differentiable(Derivatives.Jacobian | Derivatives.Jvp)]
            public static double Project(ReadOnlySpan<double> camera, double scale, ReadOnlySpan<double> point, Span<double> pixel, [NoGradient] double shift)
            {
                double depth = Math.Sqrt(point[2] * point[2] + 1) - camera[2];
                for (int k = 0; k < pixel.Length; k++)
                {
                    pixel[k] = pixel[k] * scale + Math.Sin(point[k % 3] - camera[k % 3]) / depth;
                    if (k > 0) pixel[k] += pixel[k - 1] * camera[^1];
                }

                return depth * scale + shift;
            }

            // One direction after another, through the member that other tests check.
            public static double[] Expected(double[] camera, double scale, double[] point, double[] pixel)
            {
                int columns = camera.Length + 1 + point.Length + pixel.Length, rows = 1 + pixel.Length;
                double[] jacobian = new double[rows * columns];
                for (int column = 0; column < columns; column++)
                {
                    double[] direction = new double[columns], now = [.. pixel];
                    direction[column] = 1;
                    double[] pixelDot = direction[(camera.Length + 1 + point.Length)..];
                    var (_, tangent) = ProjectJvp(
                        camera, scale, point, now, 7, direction.AsSpan(0, camera.Length), direction[camera.Length], direction.AsSpan(camera.Length + 1, point.Length), pixelDot);
                    jacobian[column] = tangent;
                    for (int row = 1; row < rows; row++) jacobian[row * columns + column] = pixelDot[row - 1];
                }

                return jacobian;
            }

            public static double[] Whole(double[] camera, double scale, double[] point, double[] pixel, bool accumulate)
            {
                double[] jacobian = new double[(1 + pixel.Length) * (camera.Length + 1 + point.Length + pixel.Length)];
                Array.Fill(jacobian, 3.0);
                double value = ProjectJacobian(camera, scale, point, pixel, 7, jacobian, accumulate);
                return [value, .. jacobian];
            }

            public static double[][] Blocks(double[] camera, double scale, double[] point, double[] pixel)
            {
                int rows = 1 + pixel.Length;
                double[] a = new double[rows * camera.Length], b = new double[rows], c = new double[rows * point.Length], d = new double[rows * pixel.Length];
                ProjectJacobian(camera, scale, point, pixel, 7, a, b, c, d);
                return [a, b, c, d];
            }

            public static double Plain(double[] camera, double scale, double[] point, double[] pixel) => Project(camera, scale, point, pixel, 7);
        }
        """;

    private static readonly Lazy<LoadedAssembly> Projected = new(static () => GeneratorHarness.Run(Project).Load());

    [Theory]
    [InlineData(3, 2)]
    [InlineData(3, 0)]
    [InlineData(11, 20)]
    [InlineData(40, 3)]
    public void The_jacobian_is_made_of_directional_derivatives(int inputs, int outputs)
    {
        double[] camera = Values(inputs, 1), point = Values(3, 2), pixel = Values(outputs, 3), pixelBefore = [.. pixel], expectedPixel = [.. pixel];
        double[] expected = Projected.Value.Call("Functions", "Expected", camera, 1.25, point, pixel)!;
        double value = Projected.Value.Call("Functions", "Plain", camera, 1.25, point, expectedPixel)!;
        double[] actual = Projected.Value.Call("Functions", "Whole", camera, 1.25, point, pixel, false)!;
        Assert.Equal(value, actual[0]);
        Assert.Equal(expectedPixel, pixel);
        Assert.Equal(expected, actual[1..], Near.Within(1e-13));
        pixelBefore.CopyTo(pixel, 0);
        double[] added = Projected.Value.Call("Functions", "Whole", camera, 1.25, point, pixel, true)!;
        Assert.Equal(expected.Select(static d => d + 3), added[1..], Near.Within(1e-13));

        pixelBefore.CopyTo(pixel, 0);
        double[][] blocks = Projected.Value.Call("Functions", "Blocks", camera, 1.25, point, pixel)!;
        int rows = 1 + outputs, columns = expected.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            double[] joined =
            [
                .. blocks[0].AsSpan(row * inputs, inputs), blocks[1][row], .. blocks[2].AsSpan(row * 3, 3), .. blocks[3].AsSpan(row * outputs, outputs),
            ];
            Assert.Equal(expected.AsSpan(row * columns, columns).ToArray(), joined, Near.Within(1e-13));
        }
    }

    [Fact]
    public void Both_ways_are_written_where_sizes_decide_and_one_where_they_are_known()
    {
        string text = GeneratorHarness.Run(Project).Generated("Project.Derivatives.g.cs");
        Assert.Contains("ProjectJacobianByRows(", text, StringComparison.Ordinal);
        Assert.Contains("ProjectJacobianByColumns(", text, StringComparison.Ordinal);
        string known = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Jacobian)] public static double F(ReadOnlySpan<double> x) => x[0] * x[1];
                [Differentiable(Derivatives.Jacobian)] public static void G(double x, out double y, out double z) { y = x * x; z = Math.Sin(x); }
            }
            """).GeneratedSources.Values.Aggregate(static (a, b) => a + b);
        Assert.DoesNotContain("ByRows", known, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_and_references_are_columns_and_rows()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Jacobian)]
                public static float F(float x, ref float y, out float z)
                {
                    z = x * y;
                    y = MathF.Sqrt(y) + Math.Abs(x);
                    return x > 0 ? x * x : z;
                }

                public static float[] Use(float x, float y)
                {
                    float[] jacobian = new float[6];
                    float value = FJacobian(x, ref y, out float z, jacobian);
                    return [value, y, z, .. jacobian];
                }
            }
            """).Load();
        float[] actual = assembly.Call("Functions", "Use", 3f, 4f)!;
        Assert.Equal([9, 5, 12, 6, 0, 1, 0.25f, 4, 3], actual);
    }

    [Fact]
    public void What_depends_on_nothing_fills_its_row_with_zeros()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Jacobian | Derivatives.Hessian)]
                public static double F(double x, double y, double z, out double constant)
                {
                    constant = 4;
                    return 2 * x + y;
                }

                public static double[] Use(double x)
                {
                    double[] jacobian = new double[6], hessian = new double[9];
                    Array.Fill(jacobian, 9);
                    Array.Fill(hessian, 9);
                    FJacobian(x, x, x, out _, jacobian);
                    FHessian(x, x, x, out _, hessian);
                    return [.. jacobian, .. hessian];
                }
            }
            """).Load();
        Assert.Equal([2.0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], (double[])assembly.Call("Functions", "Use", 3.0)!);
    }

    [Fact]
    public void The_hessian_is_symmetric_and_made_of_products()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                // The square roots at 0 test the strong zero in lanes.
                [Differentiable(Derivatives.Hessian | Derivatives.Hvp)]
                public static double F(ReadOnlySpan<double> x, double y, int steps)
                {
                    double[] state = new double[x.Length];
                    double sum = Math.Sqrt(x[0] - x[0]) * 0;
                    for (int k = 0; k < steps; k++)
                    {
                        for (int i = 0; i < x.Length; i++)
                        {
                            state[i] = Math.Tanh(state[i] * y + x[i] * x[(i + 1) % x.Length]);
                            if (state[i] > 0.2) sum += state[i] * state[i];
                            else sum -= Math.Exp(state[i]) * y;
                        }
                    }

                    return sum * y;
                }

                public static double[] Hessian(double[] x, double y)
                {
                    int n = x.Length + 1;
                    double[] hessian = new double[n * n];
                    double value = FHessian(x, y, 3, hessian);
                    return [value, .. hessian];
                }

                public static double[] Product(double[] x, double y, int column)
                {
                    double[] v = new double[x.Length + 1], dx = new double[x.Length], hx = new double[x.Length];
                    v[column] = 1;
                    var r = FHvp(x, y, 3, v.AsSpan(0, x.Length), v[^1], dx, hx);
                    return [r.Value, .. hx, r.DYDot];
                }
            }
            """).Load();
        foreach (int length in new[] { 2, 7, 8, 19 })
        {
            double[] x = Values(length, 5);
            double[] actual = assembly.Call("Functions", "Hessian", x, 0.75)!;
            int n = length + 1;
            for (int column = 0; column < n; column++)
            {
                double[] expected = assembly.Call("Functions", "Product", x, 0.75, column)!;
                Assert.Equal(expected[0], actual[0]);
                for (int row = 0; row < n; row++)
                {
                    Assert.Equal(expected[1 + row], actual[1 + row * n + column], Near.Within(1e-13));
                    Assert.Equal(actual[1 + column * n + row], actual[1 + row * n + column], Near.Within(1e-11));
                }
            }
        }
    }

    [Fact]
    public void A_matrix_of_another_size_is_refused()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Hessian | Derivatives.Jacobian)] public static double F(double x, double y) => x * y;

                public static string Use(int length)
                {
                    try { FHessian(1, 2, new double[length]); return ""; }
                    catch (ArgumentException e) { return e.ParamName ?? "?"; }
                }
            }
            """).Load();
        Assert.Equal("", assembly.Call("Functions", "Use", 4));
        Assert.Equal("hessian", assembly.Call("Functions", "Use", 3));
    }

    private static double[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Math.Round(random.NextDouble() * 2 - 1, 3))];
    }
}
