using AutoDiff.Generators.Tests.Scalars;

namespace AutoDiff.Generators.Tests.Modes;

/// <summary>FHvp: value, gradient and Hessian-vector product from one call.</summary>
public class HvpTests
{
    [Fact]
    public void Numbers_are_returned_in_a_tuple_and_spans_go_to_destinations()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Gradient | Derivatives.Hvp)]
                public static double Fit(ReadOnlySpan<double> w, double bias, [NoGradient] ReadOnlySpan<double> x, [NoGradient] double target)
                {
                    double s = bias;
                    for (int i = 0; i < w.Length; i++) s += w[i] * w[i] * x[i];
                    double p = Math.Tanh(s);
                    return (p - target) * (p - target);
                }

                public static double[] Use(double[] w, double bias, double[] x, double target, double[] v, double vBias, double[] dw, double[] hw, bool accumulate)
                {
                    var r = FitHvp(w, bias, x, target, v, vBias, dw, hw, accumulate);
                    return [r.Value, r.DBias, r.DBiasDot];
                }

                public static double[] Gradient(double[] w, double bias, double[] x, double target)
                {
                    double[] dw = new double[w.Length];
                    var (value, dBias) = FitGradient(w, bias, x, target, dw);
                    return [value, dBias, .. dw];
                }
            }
            """).Load();
        double[] w = [0.1, -0.2, 0.3], x = [1, 2, -1], v = [0.5, -1, 2], dw = [5, 5, 5], hw = [5, 5, 5];
        double bias = 0.25, target = 0.5, vBias = 0.75;
        double[] actual = assembly.Call("Functions", "Use", w, bias, x, target, v, vBias, dw, hw, false)!;
        double[] gradient = assembly.Call("Functions", "Gradient", w, bias, x, target)!;
        Assert.Equal(gradient, new[] { actual[0], actual[1] }.Concat(dw).ToArray());
        const double Step = 1e-6;
        double[] up = assembly.Call("Functions", "Gradient", w.Zip(v, (a, b) => a + Step * b).ToArray(), bias + Step * vBias, x, target)!;
        double[] down = assembly.Call("Functions", "Gradient", w.Zip(v, (a, b) => a - Step * b).ToArray(), bias - Step * vBias, x, target)!;
        Assert.Equal(up.Zip(down, static (a, b) => (a - b) / (2 * Step)).Skip(1), hw.Prepend(actual[2]), Near.Within(1e-8));
        double[] first = [.. dw, .. hw];
        assembly.Call("Functions", "Use", w, bias, x, target, v, vBias, dw, hw, true);
        Assert.Equal(first.Select(static d => 2 * d).ToArray(), dw.Concat(hw).ToArray(), Near.Within(1e-15));
    }

    [Fact]
    public void Loops_branches_arrays_and_calls_are_followed_twice()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable]
                public static double Inner(ReadOnlySpan<double> a, int from, ref double sum)
                {
                    double p = 1;
                    for (int i = from; i < a.Length; i++)
                    {
                        p *= Math.Sin(a[i]);
                        if (p < 0.1) { sum += p; continue; }
                        sum += p * p;
                    }

                    return p;
                }

                [Differentiable(Derivatives.Gradient | Derivatives.Hvp | Derivatives.Jvp)]
                public static double F(ReadOnlySpan<double> x, int steps)
                {
                    double[] state = new double[x.Length];
                    x.CopyTo(state);
                    double sum = 0, t = 1;
                    while (t < 3)
                    {
                        for (int i = 1; i < state.Length; i++) state[i] = state[i] * state[i - 1] + Math.Exp(-t);
                        t += 0.5 + state[0] * state[0];
                    }

                    for (int k = 0; k < steps; k++) sum += Inner(state, k, ref t) * x[0];
                    return sum * t;
                }

                public static double[] Gradient(double[] x)
                {
                    double[] dx = new double[x.Length];
                    FGradient(x, 2, dx);
                    return dx;
                }

                public static double[] Product(double[] x, double[] v)
                {
                    double[] dx = new double[x.Length], hx = new double[x.Length];
                    double value = FHvp(x, 2, v, dx, hx);
                    return [value, .. dx, .. hx];
                }

                public static double[] Tangent(double[] x, double[] v)
                {
                    var (value, tangent) = FJvp(x, 2, v);
                    return [value, tangent];
                }
            }
            """).Load();
        double[] x = [0.9, -0.4, 0.8, 1.1], v = [0.3, -1, 0.5, 0.7];
        double[] gradient = assembly.Call("Functions", "Gradient", x)!;
        double[] actual = assembly.Call("Functions", "Product", x, v)!;
        double[] tangent = assembly.Call("Functions", "Tangent", x, v)!;
        Assert.Equal(actual[0], tangent[0]);
        Assert.Equal(gradient.Zip(v, static (a, b) => a * b).Sum(), tangent[1], Near.Within(1e-13));
        Assert.Equal(gradient, actual[1..5], Near.Within(1e-14));
        const double Step = 1e-6;
        double[] up = assembly.Call("Functions", "Gradient", x.Zip(v, (a, b) => a + Step * b).ToArray())!;
        double[] down = assembly.Call("Functions", "Gradient", x.Zip(v, (a, b) => a - Step * b).ToArray())!;
        Assert.Equal(up.Zip(down, static (a, b) => (a - b) / (2 * Step)), actual[5..], Near.Within(1e-7));
    }

    [Fact]
    public void What_cannot_be_followed_is_reported()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Hvp)] public static double Recursive(double x, int n) => n == 0 ? x : x * Recursive(x, n - 1);
                [Differentiable(Derivatives.Hvp)] public static void Nothing(ReadOnlySpan<double> x, Span<double> y) => y[0] = x[0];
            }
            """);
        Assert.Equal(["DIFF0005: Recursive(x, n - 1)", "DIFF0005: Differentiable(Derivatives.Hvp)"], run.Reported);
    }
}
