using AutoDiff.Generators.Tests.Scalars;

namespace AutoDiff.Generators.Tests.Modes;

/// <summary>Derivatives of methods that call derivatives: all four ways to nest forward and reverse mode.</summary>
public class NestedTests
{
    // A particle among charges, whose force is the gradient of the potential, by either mode; the loop ends when it has fallen.
    private const string Particle = """
        public static partial class Functions
        {
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
            public static double Potential(double x, double y, double w)
                => 1 / Math.Sqrt((x - 10) * (x - 10) + (y - 10 + w) * (y - 10 + w)) + 1 / Math.Sqrt((x - 10) * (x - 10) + y * y);

            [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
            public static double ByReverse(double w)
            {
                double x = 0, y = 8, vx = 0.75, vy = 0;
                while (true)
                {
                    var (_, gx, gy, _) = PotentialGradient(x, y, w);
                    double nextX = x + 0.1 * vx, nextY = y + 0.1 * vy;
                    if (nextY <= 0)
                    {
                        double fall = -nextY / vy, end = nextX + fall * vx;
                        return end * end;
                    }

                    x = nextX;
                    y = nextY;
                    vx -= 0.1 * gx;
                    vy -= 0.1 * gy;
                }
            }

            [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
            public static double ByForward(double w)
            {
                double x = 0, y = 8, vx = 0.75, vy = 0, result = 0;
                bool falls = true;
                while (falls)
                {
                    double gx = PotentialJvp(x, y, w, 1, 0, 0).Tangent;
                    (double _, double gy) = Functions.PotentialJvp(x, y, w, 0, 1, 0);
                    double nextX = x + 0.1 * vx, nextY = y + 0.1 * vy;
                    if (nextY <= 0)
                    {
                        double fall = -nextY / vy, end = nextX + fall * vx;
                        result = end * end;
                        falls = false;
                    }

                    x = nextX;
                    y = nextY;
                    vx -= 0.1 * gx;
                    vy -= 0.1 * gy;
                }

                return result;
            }

            public static double[] Use(double w)
            {
                var (rr, drr) = ByReverseGradient(w);
                var (fr, dfr) = ByReverseJvp(w, 1);
                var (rf, drf) = ByForwardGradient(w);
                var (ff, dff) = ByForwardJvp(w, 1);
                return [rr, fr, rf, ff, drr, dfr, drf, dff];
            }
        }
        """;

    [Fact]
    public void A_particle_in_a_field_by_all_four_ways()
    {
        LoadedAssembly assembly = GeneratorHarness.Run(Particle).Load();
        double[] actual = assembly.Call("Functions", "Use", 0.2)!;
        const double Step = 1e-6;
        double slope = ((double)assembly.Call("Functions", "ByReverse", 0.2 + Step)! - (double)assembly.Call("Functions", "ByReverse", 0.2 - Step)!) / (2 * Step);
        for (int k = 1; k < 4; k++) Assert.Equal(actual[0], actual[k], Near.Within(1e-12));
        for (int k = 4; k < 8; k++) Assert.Equal(slope, actual[k], Near.Within(1e-6));
        Assert.Equal(actual[4], actual[5], Near.Within(1e-11));
        Assert.Equal(actual[4], actual[6], Near.Within(1e-11));
        Assert.Equal(actual[4], actual[7], Near.Within(1e-11));
    }

    [Fact]
    public void Gradient_descent_on_spans_with_saved_residuals()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                // Residuals are saved: each iteration needs the state before.
                [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
                public static double Loss(ReadOnlySpan<double> w, ReadOnlySpan<double> data)
                {
                    double sum = 0, state = 0.1;
                    for (int i = 0; i < data.Length; i++)
                    {
                        state = Math.Tanh(state * w[i % w.Length] + data[i]);
                        if (state > 0) sum += state * state;
                        else sum -= Math.Sin(state) * w[0];
                    }

                    return sum;
                }

                [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
                public static double Descended(ReadOnlySpan<double> start, ReadOnlySpan<double> data, double rate)
                {
                    double[] w = new double[start.Length], dw = new double[start.Length], unused = new double[data.Length];
                    start.CopyTo(w);
                    for (int step = 0; step < 4; step++)
                    {
                        LossGradient(w, data, dw, unused);
                        for (int i = 0; i < w.Length; i++) w[i] -= rate * dw[i];
                    }

                    return Loss(w, data);
                }

                public static double Value(double[] start, double[] data, double rate) => Descended(start, data, rate);

                public static double[] Reverse(double[] start, double[] data, double rate)
                {
                    double[] dStart = new double[start.Length], dData = new double[data.Length];
                    var (value, dRate) = DescendedGradient(start, data, rate, dStart, dData);
                    return [value, .. dStart, .. dData, dRate];
                }

                public static double Forward(double[] start, double[] data, double rate, double[] v, double[] u, double r) => DescendedJvp(start, data, rate, v, u, r).Tangent;
            }
            """).Load();
        double[] start = [0.4, -0.7, 0.2], data = [0.3, -0.5, 0.8, 0.1, -0.9, 0.6, 0.2], all = [.. start, .. data, 0.15];
        double[] actual = assembly.Call("Functions", "Reverse", start, data, 0.15)!;
        Assert.Equal((double)assembly.Call("Functions", "Value", start, data, 0.15)!, actual[0]);
        for (int k = 0; k < all.Length; k++)
        {
            double[] unit = new double[all.Length];
            unit[k] = 1;
            double tangent = assembly.Call("Functions", "Forward", start, data, 0.15, unit[..3], unit[3..10], unit[10])!;
            Assert.Equal(tangent, actual[1 + k], Near.Within(1e-12));
            double Shifted(double by)
            {
                double[] x = [.. all];
                x[k] += by;
                return assembly.Call("Functions", "Value", x[..3], x[3..10], x[10])!;
            }

            Assert.Equal((Shifted(1e-6) - Shifted(-1e-6)) / 2e-6, actual[1 + k], Near.Within(1e-7));
        }
    }

    [Fact]
    public void Higher_derivatives_by_nesting()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Gradient | Derivatives.Jvp)] public static double Fourth(double x) => x * x * x * x;
                [Differentiable(Derivatives.Gradient | Derivatives.Jvp)] public static double FirstF(double x) => FourthJvp(x, 1).Tangent;
                [Differentiable(Derivatives.Gradient | Derivatives.Jvp)] public static double FirstR(double x) => FourthGradient(x).DX;
                [Differentiable(Derivatives.Gradient | Derivatives.Jvp)] public static double Second(double x) => FirstRJvp(x, 1).Tangent;
                [Differentiable] public static double Third(double x) { double seed = 1; return SecondVjp(x, seed).DX; }

                public static double[] Use(double x) =>
                [
                    FirstFJvp(x, 1).Tangent, FirstFGradient(x).DX, FirstRJvp(x, 1).Tangent, FirstRGradient(x).DX, SecondGradient(x).DX, ThirdGradient(x).DX,
                ];
            }
            """).Load();
        Assert.Equal([192.0, 192, 192, 192, 96, 24], (double[])assembly.Call("Functions", "Use", 4.0)!);
    }

    [Fact]
    public void A_method_that_is_called_by_others_keeps_its_own_tapes_apart()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable]
                public static double Chain(double x, int n) { double p = 1; for (int i = 0; i < n; i++) p = Math.Sin(p * x + i); return p; }

                [Differentiable]
                public static double Slope(double x, int n)
                {
                    double sum = 0;
                    for (int k = 1; k <= n; k++) { var (value, slope) = ChainGradient(x * k, k + 2); sum += slope * value * x; }
                    return sum;
                }

                [Differentiable]
                public static double Twice(double x, ReadOnlySpan<double> scale)
                {
                    double s = 0;
                    for (int i = 0; i < scale.Length; i++) { s += Slope(x * scale[i] + s * 0.1, 3); }
                    return s;
                }

                public static double Value(double x) => Twice(x, [0.5, 1.25, -0.75]);
                public static double Derivative(double x) => TwiceGradient(x, [0.5, 1.25, -0.75], new double[3]).DX;
            }
            """).Load();
        double up = assembly.Call("Functions", "Value", 0.6 + 1e-6)!, down = assembly.Call("Functions", "Value", 0.6 - 1e-6)!;
        Assert.Equal((up - down) / 2e-6, (double)assembly.Call("Functions", "Derivative", 0.6)!, Near.Within(1e-7));
    }

    [Fact]
    public void What_cannot_be_nested_is_said_at_its_name()
        => Assert.Equal(["DIFF1006: FGradient", "DIFF1006: GJvp"], GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable] public static double F(double x) => x > 1 ? x : FGradient(x * 2).DX;
                [Differentiable] public static double G(double x) => x;
                [Differentiable] public static double H(double x) => GJvp(x, 1).Tangent;
            }
            """).Reported);
}
