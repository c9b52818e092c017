using AutoDiff.Generators.Tests.Scalars;

namespace AutoDiff.Generators.Tests.Modes;

/// <summary>Matrices of methods in which something cannot hold several directions at a time: they are filled one direction after the other.</summary>
public class DirectionsTests
{
    [Fact]
    public void Memory_of_structs()
        => Check("""
            public record struct Pair(double A, double B);

            public static partial class P
            {
                [Differentiable(Derivatives.Jacobian | Derivatives.Hessian)]
                public static double F(double x, double y)
                {
                    Span<Pair> pairs = stackalloc Pair[3];
                    for (int i = 0; i < 3; i++) pairs[i] = new(x * i, y + i);
                    ref Pair last = ref pairs[2];
                    double s = last.A * last.B;
                    foreach (Pair pair in pairs[..2]) s += pair.A * pair.B;
                    return s * s;
                }

                public static void Jacobian(double x, double y, double[] matrix) => FJacobian(x, y, matrix);
                public static void Hessian(double x, double y, double[] matrix) => FHessian(x, y, matrix);
            }
            """, 0.5, 2, static (x, y) =>
        {
            // F = f², f = x (3y + 5)
            double g = 3 * y + 5, f = x * g;
            return ([2 * f * g, 6 * x * f], [2 * g * g, 6 * x * g + 6 * f, 6 * x * g + 6 * f, 18 * x * x]);
        });

    [Fact]
    public void Numbers_of_half_precision_on_the_way()
        => Check("""
            public static partial class P
            {
                [Differentiable(Derivatives.Jacobian | Derivatives.Hessian)]
                public static double F(double x, double y) { Half h = (Half)(x * x); return (double)h * y * y; }

                public static void Jacobian(double x, double y, double[] matrix) => FJacobian(x, y, matrix);
                public static void Hessian(double x, double y, double[] matrix) => FHessian(x, y, matrix);
            }
            """, 2, 4, static (x, y) => ([2 * x * y * y, 2 * x * x * y], [2 * y * y, 4 * x * y, 4 * x * y, 2 * x * x]));

    private static void Check(string source, double x, double y, Func<double, double, (double[] Gradient, double[] Hessian)> expected)
    {
        LoadedAssembly assembly = GeneratorHarness.Run(source).Load();
        double[] jacobian = new double[2], hessian = new double[4];
        assembly.Call("P", "Jacobian", x, y, jacobian);
        assembly.Call("P", "Hessian", x, y, hessian);
        (double[] first, double[] second) = expected(x, y);
        Assert.Equal(first, jacobian, Near.Within(1e-13));
        Assert.Equal(second, hessian, Near.Within(1e-13));
    }
}
