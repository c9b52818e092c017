namespace AutoDiff.Generators.Tests.Calls;

/// <summary>Rectangular arrays through calls that stay calls: callers hand on the elements and the lengths, and gradients are rectangular arrays.</summary>
public class RectangularCallTests
{
    private const string Fields = """
        public partial interface IField
        {
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)] double At(double[,] grid, double x);
        }

        public sealed partial class Sum(double factor) : IField
        {
            private readonly double _factor = factor;

            [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
            public double At(double[,] grid, double x)
            {
                double s = 0;
                for (int i = 0; i < grid.GetLength(0); i++)
                {
                    for (int j = 0; j < grid.GetLength(1); j++) s += Math.Sin(grid[i, j] * x) * (i + 2 * j + 1);
                }

                return s * _factor;
            }
        }

        public abstract partial class Base
        {
            [Differentiable] public abstract double Corner(double[,] grid, int n);
        }

        public partial class First : Base
        {
            [Differentiable] public override double Corner(double[,] grid, int n) => n <= 0 ? grid[0, 0] * grid[0, 1] : grid[1, 1] * Corner(grid, n - 1);
        }

        public sealed partial class Last : First
        {
            [Differentiable] public override double Corner(double[,] grid, int n) => base.Corner(grid, n) * grid[grid.GetLength(0) - 1, grid.GetLength(1) - 1];
        }
        """;

    private const string Fill = """
            private static double[,] Grid(ReadOnlySpan<double> x)
            {
                var grid = new double[2, 3];
                for (int i = 0; i < 2; i++)
                {
                    for (int j = 0; j < 3; j++) grid[i, j] = x[(i + j) % x.Length] * (j + 1);
                }

                return grid;
            }
        """;

    /// <summary>A local that is a parameter at first, and an array of the method's own from then on.</summary>
    [Theory]
    [InlineData("p = Twice(p); p[0, 0] += 1;")]
    [InlineData("var q = new double[2, 2]; for (int k = 0; k < 4; k++) q[k / 2, k % 2] = p[k % 2, k / 2] * p[0, 0]; p = q;")]
    [InlineData("if (p[0, 1] > 0) p = Twice(p); else p = new double[,] { { p[0, 0], p[1, 0] }, { 2, p[1, 1] } };")]
    public void Parameters_that_are_replaced(string step)
    {
        LoadedAssembly assembly = GeneratorHarness.Run($$"""
            public static partial class P
            {
                private static double[,] Twice(double[,] a)
                {
                    var r = new double[a.GetLength(0), a.GetLength(1)];
                    for (int i = 0; i < a.GetLength(0); i++)
                        for (int j = 0; j < a.GetLength(1); j++) r[i, j] = 0.5 * a[i, j] * a[j, i];
                    return r;
                }

                [Differentiable]
                public static double F(double[,] p0, int n)
                {
                    double[,] p = p0;
                    for (int i = 0; i < n; i++) { {{step}} }
                    return p[0, 0] * p[0, 1] + p[1, 0] * p[1, 1] * p[1, 1];
                }

                public static double Gradient(double[,] a, double[,] dA, int n) => FGradient(a, n, dA);
            }
            """).Load();
        for (int n = 0; n < 4; n++)
        {
            double[,] a = { { 0.7, 0.6 }, { 1.2, 0.9 } }, slopes = new double[2, 2];
            Assert.Equal((double)assembly.Call("P", "F", a, n)!, assembly.Call("P", "Gradient", a, slopes, n));
            for (int k = 0; k < 4; k++)
            {
                double kept = a[k / 2, k % 2], above, below;
                a[k / 2, k % 2] = kept + 1e-6;
                above = (double)assembly.Call("P", "F", a, n)!;
                a[k / 2, k % 2] = kept - 1e-6;
                below = (double)assembly.Call("P", "F", a, n)!;
                a[k / 2, k % 2] = kept;
                Assert.Equal((above - below) / 2e-6, slopes[k / 2, k % 2], 1e-6);
            }
        }
    }

    [Fact]
    public void Of_a_generic_number_type()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class P
            {
                [Differentiable]
                public static T Squares<T>(T[,] a) where T : System.Numerics.IFloatingPointIeee754<T>
                {
                    T sum = T.Zero;
                    for (int i = 0; i < a.GetLength(0); i++)
                        for (int j = 0; j < a.GetLength(1); j++) sum += a[i, j] * a[i, j];
                    return sum;
                }

                public static double Gradient(double[,] a, double[,] dA) => SquaresGradient(a, dA);
            }
            """).Load();
        double[,] a = { { 1, 2, 3 }, { 4, 5, 6 } }, slopes = new double[2, 3];
        Assert.Equal(91.0, assembly.Call("P", "Gradient", a, slopes));
        Assert.Equal(new double[,] { { 2, 4, 6 }, { 8, 10, 12 } }, slopes);
    }

    [Fact]
    public void Jagged_ones_of_a_generic_number_type()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class P
            {
                [Differentiable]
                public static T Products<T>(T[][] a, T[] scale) where T : System.Numerics.IFloatingPointIeee754<T>
                {
                    T sum = T.Zero;
                    for (int i = 0; i < a.Length; i++)
                        for (int j = 0; j < a[i].Length; j++) sum += a[i][j] * a[i][j] * scale[i];
                    return sum;
                }

                public static double Gradient(double[][] a, double[] scale, double[][] dA, double[] dScale) => ProductsGradient(a, scale, dA, dScale);
            }
            """).Load();
        double[][] a = [[1, 2, 3], [4]], slopes = [new double[3], new double[1]];
        double[] scale = [2, 3], dScale = new double[2];
        Assert.Equal(76.0, assembly.Call("P", "Gradient", a, scale, slopes, dScale));
        Assert.Equal([4, 8, 12], slopes[0]);
        Assert.Equal([24], slopes[1]);
        Assert.Equal([14, 16], dScale);
    }

    [Fact]
    public void Members_of_the_object_are_called()
        => Slope.Check(Fields + $$"""

            public static partial class Functions
            {
                [Differentiable]
                private static double Through(IField field, ReadOnlySpan<double> x)
                {
                    var grid = new double[2, 3];
                    for (int i = 0; i < 2; i++)
                    {
                        for (int j = 0; j < 3; j++) grid[i, j] = x[(i + j) % x.Length] * (j + 1);
                    }

                    double s = 0;
                    for (int k = 0; k < 2; k++)
                    {
                        s += field.At(grid, x[0] + s);
                        grid[1, 1] *= s;
                    }

                    return s;
                }

                public static double F(ReadOnlySpan<double> x) => Through(new Sum(0.05), x);

                public static double FGradient(ReadOnlySpan<double> x, Span<double> dx) => ThroughGradient(new Sum(0.05), x, dx);
            }
            """, 0.7, 0.4);

    [Theory]
    [InlineData("First")]
    [InlineData("Last")]
    public void Members_of_an_abstract_class_take_rectangular_arrays(string type)
        => Slope.Check(Fields + $$"""

            public static partial class Functions
            {
            {{Fill}}

                public static double F(ReadOnlySpan<double> x) => ((Base)new {{type}}()).Corner(Grid(x), 2);

                public static double FGradient(ReadOnlySpan<double> x, Span<double> dx)
                {
                    var gradient = new double[2, 3];
                    double value = ((Base)new {{type}}()).CornerGradient(Grid(x), 2, gradient);
                    dx.Clear();
                    for (int i = 0; i < 2; i++)
                    {
                        for (int j = 0; j < 3; j++) dx[(i + j) % x.Length] += gradient[i, j] * (j + 1);
                    }

                    return value;
                }
            }
            """, 0.7, 0.4);

    [Fact]
    public void Forward_mode_and_second_derivatives_go_through_the_call()
    {
        LoadedAssembly assembly = GeneratorHarness.Run(Fields + $$"""

            public static partial class Functions
            {
                [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
                public static double Through(IField field, double[,] grid) => field.At(grid, grid[0, 0]) * grid[1, 1];
            }

            public static class User
            {
                private static readonly IField Field = new Sum(0.5);

                private static double[,] Of(double[] a) { var m = new double[2, 2]; Buffer.BlockCopy(a, 0, m, 0, 32); return m; }

                private static double[] Of(double[,] m) { var a = new double[4]; Buffer.BlockCopy(m, 0, a, 0, 32); return a; }

                public static double[] Gradient(double[] x) { var d = new double[2, 2]; Functions.ThroughGradient(Field, Of(x), d); return Of(d); }

                public static double Tangent(double[] x, double[] direction) => Functions.ThroughJvp(Field, Of(x), Of(direction)).Tangent;

                public static double[] Product(double[] x, double[] direction)
                {
                    double[,] d = new double[2, 2], product = new double[2, 2];
                    Functions.ThroughHvp(Field, Of(x), Of(direction), d, product);
                    return Of(product);
                }
            }
            """).Load();
        double[] x = [0.7, 0.4, -0.3, 1.1], direction = [0.3, -1, 0.5, 0.8];
        double[] Moved(double step) => [.. x.Zip(direction, (a, b) => a + step * b)];
        double[] gradient = assembly.Call("User", "Gradient", (object)x)!, up = assembly.Call("User", "Gradient", (object)Moved(1e-5))!, down = assembly.Call("User", "Gradient", (object)Moved(-1e-5))!;
        double tangent = assembly.Call("User", "Tangent", x, direction)!;
        double[] product = assembly.Call("User", "Product", x, direction)!;
        Assert.Equal(gradient.Zip(direction, static (a, b) => a * b).Sum(), tangent, 1e-12);
        Assert.Equal(up.Zip(down, static (a, b) => (a - b) / 2e-5), product, Scalars.Near.Within(1e-7));
    }

    [Fact]
    public void A_virtual_method_that_writes_one_is_refused_at_the_parameter()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            public abstract partial class Base
            {
                [Differentiable] public virtual double Corner(double[,] grid) { grid[0, 0] *= 2; return grid[0, 0]; }
            }
            """);
        Assert.Equal(["DIFF1003: grid"], run.Reported);
        Assert.Empty(run.GeneratedSources);
    }
}
