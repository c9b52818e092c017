namespace AutoDiff.Generators.Tests.Calls;

/// <summary>Calls that write the caller's spans, arrays and numbers: the adjoint of what they leave goes in, that of what they found comes out.</summary>
public class WrittenArgumentTests
{
    [Fact]
    public void A_span_that_is_written_from_another()
        => Slope.Check("""
            public static partial class Functions
            {
                [Differentiable]
                public static void Project(ReadOnlySpan<double> camera, ReadOnlySpan<double> point, Span<double> pixel)
                {
                    double depth = point[2] - camera[2];
                    for (int i = 0; i < 2; i++) pixel[i] = (point[i] - camera[i]) / depth;
                }

                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    Span<double> pixel = stackalloc double[2];
                    Project(x.Slice(0, 3), x.Slice(3, 3), pixel);
                    return pixel[0] * pixel[1] + pixel[0];
                }
            }
            """, 0.3, -0.2, 0.1, 1.3, 0.7, 2.5);

    [Fact]
    public void A_span_that_is_updated_in_place_in_a_loop()
        => Slope.Check("""
            public static partial class Functions
            {
                [Differentiable]
                public static void Step(Span<double> state, double rate)
                {
                    double first = state[0];
                    for (int i = 0; i + 1 < state.Length; i++) state[i] += rate * Math.Sin(state[i + 1]) * state[i];
                    state[state.Length - 1] *= first;
                }

                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    Span<double> state = new double[x.Length];
                    x.CopyTo(state);
                    for (int t = 0; t < 4; t++) Step(state, 0.1 * x[0]);
                    double s = 0;
                    foreach (double v in state) s += v * v;
                    return s;
                }
            }
            """, 1.1, -0.4, 0.9);

    [Fact]
    public void An_array_part_of_which_is_left_alone()
        => Slope.Check("""
            public static partial class Functions
            {
                [Differentiable]
                public static void SetFirst(double[] a, double v) { if (v > 0) a[0] = v * v; }

                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    double[] a = new double[2];
                    a[0] = x[0];
                    a[1] = x[0] * x[1];
                    SetFirst(a, x[1]);
                    double before = a[0] * a[1];
                    SetFirst(a, -x[1]);
                    return before + a[0] * x[0];
                }
            }
            """, 1.1, 0.6);

    [Fact]
    public void A_span_that_is_only_filled()
        => Slope.Is("""
            public static partial class Functions
            {
                [Differentiable]
                public static void Clear(Span<double> a) { for (int i = 0; i < a.Length; i++) a[i] = 1; }

                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    Span<double> a = new double[2];
                    a[0] = x[0];
                    double s = a[0] * a[0];
                    Clear(a);
                    return s + a[0] * x[1];
                }
            }
            """, [3, 5], [6, 1]);

    [Fact]
    public void What_a_call_writes_goes_through_another_call()
        => Slope.Check("""
            public static partial class Functions
            {
                [Differentiable]
                public static void Square(ReadOnlySpan<double> a, Span<double> b) { for (int i = 0; i < a.Length; i++) b[i] = a[i] * a[i]; }

                [Differentiable]
                public static void Twice(ReadOnlySpan<double> a, Span<double> b)
                {
                    Span<double> c = new double[a.Length];
                    Square(a, c);
                    Square(c, b);
                }

                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    Span<double> b = new double[x.Length];
                    Twice(x, b);
                                return b[0];
                }
            }
            """, 1.1, 0.6);

    [Fact]
    public void Writing_to_a_buffer_that_is_also_read_is_refused_at_run_time()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable]
                public static void Square(ReadOnlySpan<double> a, Span<double> b) { for (int i = 0; i < a.Length; i++) b[i] = a[i] * a[i]; }

                [Differentiable]
                public static double F(double[] x)
                {
                    double[] a = new double[2];
                    a[0] = x[0];
                    Square(a, a);
                    return a[0];
                }

                public static double Use(double[] x, double[] dx) => FGradient(x, dx);
            }
            """).Load();
        Assert.Throws<ArgumentException>(() => assembly.Call("Functions", "Use", new double[] { 1, 2 }, new double[2]));
    }

    [Fact]
    public void A_ref_number_that_is_overwritten_twice()
        => Slope.Check("""
            public static partial class Functions
            {
                [Differentiable, Keep]
                public static void G(double p, ref double x) { x = p * (x + 1) * (x + 1); }

                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    double y = x[0];
                    G(3, ref y);
                    G(x[1], ref y);
                    return y;
                }
            }
            """, 0.2, 0.3);

    [Fact]
    public void A_ref_element_of_an_array_in_a_loop()
        => Slope.Check("""
            public static partial class Functions
            {
                [Differentiable, Keep]
                public static void Modify(ref double v, double by) { v = v * v * by; }

                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    double[] a = new double[x.Length];
                    double s = 0;
                    for (int i = 0; i < a.Length; i++) { a[i] = x[i]; Modify(ref a[i], x[0]); s += a[i]; }
                    return s;
                }
            }
            """, 0.2, 0.3, -1.5);

    [Fact]
    public void A_span_without_gradient_may_not_be_written_with_derivatives()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable, Keep]
                public static void Put([NoGradient] Span<double> a, double v) { a[0] = 1; }

                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    Span<double> a = new double[1];
                    a[0] = x[0];
                    Put(a, x[0]);
                    return a[0];
                }
            }
            """);
        Assert.Contains(run.Reported, static d => d.StartsWith("DIFF1101", StringComparison.Ordinal));
    }
}
