namespace AutoDiff.Generators.Tests.Modes;

/// <summary>Second derivatives through calls that stay calls: recursion, interfaces, abstract classes, other assemblies.</summary>
public class CalledTests
{
    private const string Functions = """
        public partial interface IShape
        {
            [Differentiable(Derivatives.Jvp | Derivatives.Hvp)]
            double Area(double size);
        }

        public sealed partial class Square : IShape
        {
            [Differentiable(Derivatives.Jvp | Derivatives.Hvp)]
            public double Area(double size) => size * size * size;
        }

        public sealed partial class Disc(double factor) : IShape
        {
            private readonly double _factor = factor;

            [Differentiable(Derivatives.Jvp | Derivatives.Hvp)]
            public double Area(double size) => Math.Sin(size) * _factor;
        }

        public static partial class Recursive
        {
            // x^(n+1) · y
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
            public static double Power(double x, double y, int n) => n == 0 ? x * y : x * Power(x, y, n - 1);

            [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
            public static double Sum(ReadOnlySpan<double> a, double s)
                => a.Length == 0 ? s * s : Sum(a[1..], s * a[0]) + a[0] * a[0] * s;

            [Differentiable(Derivatives.Gradient | Derivatives.Hvp)]
            public static double Twice(double x, double y)
            {
                double s = 0;
                for (int i = 1; i < 3; i++) s += Power(x * y, y, i);
                return s;
            }

            [Differentiable(Derivatives.Hvp)]
            public static double Areas(double x, double y, IShape first, IShape second) => first.Area(x) * second.Area(y * x);
        }

        """;

    [Fact]
    public void Of_a_method_that_calls_itself()
        => Check("""
            public static double[] Use()
            {
                var (value, dx, dy, hx, hy) = Recursive.PowerHvp(1.3, 0.7, 3, 0.5, -2);
                return Pairs(value, Recursive.Power(1.3, 0.7, 3), [dx, dy], [hx, hy], (x, y) => Recursive.PowerGradient(x, y, 3) is var (_, a, b) ? [a, b] : [], 1.3, 0.7, 0.5, -2);
            }
            """);

    [Fact]
    public void Of_the_caller_of_one()
        => Check("""
            public static double[] Use()
            {
                var (value, dx, dy, hx, hy) = Recursive.TwiceHvp(1.3, 0.7, 0.5, -2);
                return Pairs(value, Recursive.Twice(1.3, 0.7), [dx, dy], [hx, hy], (x, y) => Recursive.TwiceGradient(x, y) is var (_, a, b) ? [a, b] : [], 1.3, 0.7, 0.5, -2);
            }
            """);

    [Fact]
    public void Through_an_interface()
        => Check("""
            public static double[] Use()
            {
                IShape a = new Square(), b = new Disc(1.5);
                var (value, dx, dy, hx, hy) = Recursive.AreasHvp(1.3, 0.7, a, b, 0.5, -2);
                double[] Gradient(double x, double y)
                {
                    double z = y * x, s = Math.Sin(z) * 1.5, c = Math.Cos(z) * 1.5;
                    return [3 * x * x * s + x * x * x * c * y, x * x * x * c * x];
                }

                return Pairs(value, Recursive.Areas(1.3, 0.7, a, b), [dx, dy], [hx, hy], Gradient, 1.3, 0.7, 0.5, -2);
            }
            """);

    [Fact]
    public void With_memory_that_is_only_read()
        => Check("""
            public static double[] Use()
            {
                double[] a = [0.5, 2, -1], d = [1, 0.3, -0.7], da = new double[3], ha = [9, 9, 9];
                var (value, ds, hs) = Recursive.SumHvp(a, 1.2, d, 0.4, da, ha);
                double[] Gradient(double h)
                {
                    double[] g = new double[4];
                    (_, g[3]) = Recursive.SumGradient([.. a.Zip(d, (x, v) => x + h * v)], 1.2 + h * 0.4, g.AsSpan(0, 3));
                    return g;
                }

                double[] g = Gradient(0), after = Gradient(1e-5), before = Gradient(-1e-5);
                List<double> pairs = [value, Recursive.Sum(a, 1.2), ds, g[3], hs, (after[3] - before[3]) / 2e-5];
                for (int k = 0; k < 3; k++) pairs.AddRange([da[k], g[k], ha[k], (after[k] - before[k]) / 2e-5]);
                return [.. pairs];
            }
            """);

    [Fact]
    public void A_callee_that_lacks_them_is_named_at_the_call()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
                public static double Power(double x, int n) => n == 0 ? x : x * Power(x, n - 1);

                [Differentiable(Derivatives.Hvp)]
                public static double Twice(double x) => 2 * Power(x, 3);
            }
            """);
        Assert.Equal(["DIFF0005: Power(x, n - 1)"], run.Reported);
        Assert.Contains("Derivatives.Jvp | Derivatives.Hvp", run.Diagnostics.Single().GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_callee_of_another_assembly_that_has_them_is_called()
    {
        LoadedAssembly library = GeneratorHarness.Run(Functions).Load();
        GeneratorRun consumer = GeneratorHarness.Run(["""
            public static partial class Consumer
            {
                [Differentiable(Derivatives.Hvp)]
                public static double Cube(double x) => Recursive.Power(x, 1, 2) * 2;

                public static double[] Use() => CubeHvp(1.5, 10) is var (value, d, h) ? [value, 6.75, d, 13.5, h, 180] : [];
            }
            """], [library.Reference]);
        double[] numbers = consumer.Load(library).Call("Consumer", "Use")!;
        for (int k = 0; k < numbers.Length; k += 2) Assert.Equal(numbers[k + 1], numbers[k], 1e-12);
    }

    /// <summary>With analyses, and without.</summary>
    private static void Check(string use)
    {
        Check(use, []);
        Check(use, new() { ["AutoDiffActivity"] = "off", ["AutoDiffStore"] = "everything" });
    }

    private static void Check(string use, Dictionary<string, string> options)
    {
        LoadedAssembly assembly = GeneratorHarness.Run([Functions + $$"""
            public static class Checks
            {
            {{use}}

                public static double[] Pairs(
                    double value, double expected, double[] gradient, double[] product, Func<double, double, double[]> at, double x, double y, double dx, double dy)
                {
                    double[] exact = at(x, y), after = at(x + 1e-5 * dx, y + 1e-5 * dy), before = at(x - 1e-5 * dx, y - 1e-5 * dy);
                    return [value, expected, gradient[0], exact[0], gradient[1], exact[1], product[0], (after[0] - before[0]) / 2e-5, product[1], (after[1] - before[1]) / 2e-5];
                }
            }
            """], options: options).Load();
        double[] numbers = assembly.Call("Checks", "Use")!;
        for (int k = 0; k < numbers.Length; k += 2) Assert.True(Math.Abs(numbers[k] - numbers[k + 1]) <= 1e-7, $"[{k / 2}]: {numbers[k]:R} instead of {numbers[k + 1]:R}");
    }
}
