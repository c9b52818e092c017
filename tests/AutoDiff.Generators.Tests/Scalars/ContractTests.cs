namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>The examples of the contract, as users write them.</summary>
public class ContractTests
{
    public const string Fit = """
        namespace Examples;

        public static partial class Functions
        {
            [Differentiable]
            public static double Fit(ReadOnlySpan<double> w, double bias, [NoGradient] ReadOnlySpan<double> x, [NoGradient] double target)
            {
                double s = bias;
                for (int i = 0; i < w.Length; i++)
                    s += w[i] * x[i];
                double p = Math.Tanh(s);
                return (p - target) * (p - target);
            }
        }
        """;

    [Fact]
    public void Energy_has_the_gradient_and_the_vector_jacobian_product_of_the_contract()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable]
                public static double Energy(double x, double y) => Math.Exp(-(x * x + y * y)) + 0.5 * x * y;

                public static double[] Use(double x, double y)
                {
                    var (value, dx, dy) = Functions.EnergyGradient(x, y);
                    var product = Functions.EnergyVjp(x, y, 3.0);
                    return [value, dx, dy, product.Value, product.DX, product.DY];
                }
            }
            """).Load();
        double[] actual = assembly.Call("Functions", "Use", 0.7, -0.4)!;
        double e = Math.Exp(-(0.7 * 0.7 + 0.4 * 0.4));
        double dx = -2 * 0.7 * e + 0.5 * -0.4, dy = 2 * 0.4 * e + 0.5 * 0.7;
        Assert.Equal([e - 0.14, dx, dy, e - 0.14, 3 * dx, 3 * dy], actual, Near.Within(1e-15));
    }

    [Fact]
    public void Fit_gives_gradients_of_spans_to_destinations_and_of_scalars_in_a_tuple()
    {
        LoadedAssembly assembly = GeneratorHarness.Run([Fit, """
            public static class User
            {
                public static double[] Use(double[] w, double bias, double[] x, double target, double[] dw, bool accumulate)
                {
                    var (loss, dBias) = Examples.Functions.FitGradient(w, bias, x, target, dw, accumulate);
                    return [loss, dBias];
                }

                public static double Of(double[] w, double bias, double[] x, double target) => Examples.Functions.Fit(w, bias, x, target);
            }
            """]).Load();
        double[] w = [0.1, -0.2, 0.3], x = [1, 2, -1], dw = [5, 5, 5];
        double[] actual = assembly.Call("User", "Use", w, 0.25, x, 0.5, dw, false)!;
        double p = Math.Tanh(0.25 + 0.1 - 0.4 - 0.3), ds = 2 * (p - 0.5) * (1 - p * p);
        Assert.Equal([(p - 0.5) * (p - 0.5), ds], actual, Near.Within(1e-14));
        Assert.Equal([ds, 2 * ds, -ds], dw, Near.Within(1e-14));
        double[] first = [.. dw];
        assembly.Call("User", "Use", w, 0.25, x, 0.5, dw, true);
        Assert.Equal([2 * first[0], 2 * first[1], 2 * first[2]], dw);
    }

    [Fact]
    public void Project_takes_the_cotangent_of_what_it_writes()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable]
                public static void Project(ReadOnlySpan<double> camera, ReadOnlySpan<double> point, Span<double> pixel)
                {
                    double depth = point[2] - camera[2];
                    pixel[0] = camera[3] * (point[0] - camera[0]) / depth;
                    pixel[1] = camera[3] * (point[1] - camera[1]) / depth;
                }

                public static void Use(double[] camera, double[] point, double[] pixel, double[] dPixel, double[] dCamera, double[] dPoint)
                    => Functions.ProjectVjp(camera, point, pixel, dPixel, dCamera, dPoint);
            }
            """).Load();
        double[] camera = [0.1, 0.2, -1, 1.5], point = [0.5, -0.3, 2], pixel = [9, 9], dPixel = [1, -2];
        double[] dCamera = [7, 7, 7, 7], dPoint = [7, 7, 7];
        assembly.Call("Functions", "Use", camera, point, pixel, dPixel, dCamera, dPoint);
        double u = 0.4, v = -0.5, z = 3, f = 1.5;
        Assert.Equal([f * u / z, f * v / z], pixel, Near.Within(1e-15));
        Assert.Equal([1.0, -2], dPixel);
        double dz = -(f * u / z - 2 * f * v / z) / z;
        Assert.Equal([f / z, -2 * f / z, dz], dPoint, Near.Within(1e-15));
        Assert.Equal([-f / z, 2 * f / z, -dz, u / z - 2 * v / z], dCamera, Near.Within(1e-15));
    }
}
