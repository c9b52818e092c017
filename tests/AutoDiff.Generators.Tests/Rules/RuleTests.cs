using AutoDiff.Generators.Tests.Calls;
using AutoDiff.Generators.Tests.Scalars;

namespace AutoDiff.Generators.Tests.Rules;

/// <summary>Derivatives that users register for methods, their own and others'.</summary>
public class RuleTests
{
    [Fact]
    public void A_rule_is_used_instead_of_the_body()
        => Is("""
            public static partial class Functions
            {
                static double Twice(double x) => 2 * x;

                [DerivativeOf(typeof(Functions), nameof(Twice))]
                static (double Value, double DX) TwiceRule(double x, double dResult) => (2 * x, dResult * x * 2);

                [Differentiable] public static double F(ReadOnlySpan<double> x) => Twice(x[0]);
            }
            """, [10], [20]);

    [Fact]
    public void A_rule_for_a_method_of_the_framework()
        => Slope.Check("""
            public static class Rules
            {
                [DerivativeOf(typeof(Math), nameof(Math.ScaleB))]
                public static (double Value, double DX) ScaleBVjp(double x, int n, double dResult) => (Math.ScaleB(x, n), Math.ScaleB(dResult, n));
            }

            public static partial class Functions
            {
                [Differentiable] public static double F(ReadOnlySpan<double> x) => Math.ScaleB(x[0] * x[0], 3) * x[1];
            }
            """, 1.3, 0.4);

    [Fact]
    public void The_signature_selects_the_overload()
        => Is("""
            public static class Other
            {
                public static double G(double x) => x;
                public static float G(float x) => x;
                public static double G(double x, double y) => x * y;
            }

            public static class Rules
            {
                [DerivativeOf(typeof(Other), nameof(Other.G))] public static (double, double) One(double x, double d) => (x, 3 * d);
                [DerivativeOf(typeof(Other), nameof(Other.G))] public static (float, float) Single(float x, float d) => (x, 5 * d);
                [DerivativeOf(typeof(Other), nameof(Other.G))] public static (double, double, double) Two(double x, double y, double d) => (x * y, 7 * d, 11 * d);
            }

            public static partial class Functions
            {
                [Differentiable] public static double F(ReadOnlySpan<double> x) => Other.G(x[0]) + Other.G((float)x[1]) + Other.G(x[2], x[3]);
            }
            """, [1, 1, 1, 1], [3, 5, 7, 11]);

    [Fact]
    public void A_rule_wins_over_a_differentiable_body_also_in_the_generated_members_of_the_method()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable] public static double Square(double x) => x * x;

                [DerivativeOf(typeof(Functions), nameof(Square))]
                public static (double Value, double DX) SquareVjp(double x, double dResult) => (x * x, dResult * 100);

                [Differentiable] public static double F(double x) => Square(x) * 3;

                public static double Own(double x) => SquareGradient(x).DX;
                public static double Called(double x) => FGradient(x).DX;
            }
            """).Load();
        Assert.Equal(100, (double)assembly.Call("Functions", "Own", 3.0)!);
        Assert.Equal(300, (double)assembly.Call("Functions", "Called", 3.0)!);
    }

    [Fact]
    public void Another_function_may_stand_in_for_the_derivative()
        => Is("""
            public static partial class Functions
            {
                static double Original(double x) => x * x;

                [Differentiable] public static double Substitute(double x) => 2 * x * x;

                [DerivativeOf(typeof(Functions), nameof(Original))]
                static (double Value, double DX) OriginalVjp(double x, double dResult) => (Original(x), SubstituteVjp(x, dResult).DX);

                [Differentiable] public static double F(ReadOnlySpan<double> x) => Original(x[0]);
            }
            """, [3], [12]);

    [Fact]
    public void A_method_may_be_treated_as_a_constant()
        => Is("""
            public static partial class Functions
            {
                static double Table(double x) => Math.BitIncrement(x);

                [DerivativeOf(typeof(Functions), nameof(Table))]
                static (double Value, double DX) TableVjp(double x, double dResult) => (Table(x), 0);

                [NoGradient] static double Other(double x) => Math.BitIncrement(x);

                [Differentiable] public static double F(ReadOnlySpan<double> x) => Ad.Detach(Table(x[0])) + Table(x[0]) + Other(x[0]) + 2 * x[0];
            }
            """, [3], [2], slope: false);

    [Fact]
    public void A_hook_sees_every_piece_of_a_gradient()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                public static double Seen;

                static double Hook(double x) => x;

                [DerivativeOf(typeof(Functions), nameof(Hook))]
                static (double Value, double DX) HookVjp(double x, double dResult) { Seen += dResult; return (x, dResult); }

                [Differentiable] public static double F(double x) => Hook(x) * Hook(x) * Hook(x);

                public static double Use(double x) { double dx = FGradient(x).DX; return dx == Seen ? Seen : double.NaN; }
            }
            """).Load();
        Assert.Equal(48, (double)assembly.Call("Functions", "Use", 4.0)!);
    }

    [Fact]
    public void A_residual_is_handed_from_each_forward_half_to_its_backward_half()
        => Slope.Check("""
            public static partial class Functions
            {
                static double Root(double x) => Math.Sqrt(x);

                [DerivativeOf(typeof(Functions), nameof(Root))]
                static (double Value, (double Root, string Note) Residual) RootRecord(double x) => (Math.Sqrt(x), (Math.Sqrt(x), "kept"));

                [DerivativeOf(typeof(Functions), nameof(Root))]
                static double RootPullback(double x, (double Root, string Note) residual, double dResult) => residual.Note == "kept" ? dResult / (2 * residual.Root) : double.NaN;

                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    double s = x[0];
                    for (int i = 0; i < 3; i++) s = Root(s + x[1]) * Root(s);
                    return s;
                }
            }
            """, 1.3, 0.4);

    [Fact]
    public void A_rule_with_spans_that_adds_and_one_that_overwrites()
        => Slope.Check("""
            public static partial class Functions
            {
                static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) { double s = 0; for (int i = 0; i < a.Length; i++) s += a[i] * b[i]; return s; }

                [DerivativeOf(typeof(Functions), nameof(Dot))]
                static double DotVjp(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double dResult, Span<double> da, Span<double> db, bool accumulate = false)
                {
                    for (int i = 0; i < a.Length; i++)
                    {
                        da[i] = (accumulate ? da[i] : 0) + dResult * b[i];
                        db[i] = (accumulate ? db[i] : 0) + dResult * a[i];
                    }

                    return Dot(a, b);
                }

                static double Sum(ReadOnlySpan<double> a) { double s = 0; foreach (double v in a) s += v; return s; }

                [DerivativeOf(typeof(Functions), nameof(Sum))]
                static double SumVjp(ReadOnlySpan<double> a, double dResult, Span<double> da) { da.Fill(dResult); return Sum(a); }

                [Differentiable] public static double F(ReadOnlySpan<double> x) => Dot(x, x) * Sum(x) + Sum(x.Slice(1));
            }
            """, 1.3, 0.4, -0.8);

    [Fact]
    public void A_rule_for_a_method_that_writes_a_span_and_a_number()
        => Slope.Check("""
            public static partial class Functions
            {
                static void Scale(ReadOnlySpan<double> a, ref double factor, Span<double> result)
                {
                    for (int i = 0; i < a.Length; i++) result[i] = factor * a[i];
                    factor *= factor;
                }

                [DerivativeOf(typeof(Functions), nameof(Scale))]
                static double ScaleVjp(
                    ReadOnlySpan<double> a, ref double factor, Span<double> result, double dFactor, ReadOnlySpan<double> dResult, Span<double> da, bool accumulate = false)
                {
                    double before = factor, d = dFactor * 2 * before;
                    if (!accumulate) da.Clear();
                    for (int i = 0; i < a.Length; i++)
                    {
                        d += dResult[i] * a[i];
                        da[i] += dResult[i] * before;
                    }

                    Scale(a, ref factor, result);
                    return d;
                }

                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    Span<double> y = new double[x.Length];
                    double factor = x[0];
                    double s = 0;
                    for (int k = 0; k < 3; k++)
                    {
                        y[0] = s;
                        s += y[0] * x[1];
                        Scale(x, ref factor, y);
                        s += y[1] * y[0];
                    }

                    return s * factor;
                }
            }
            """, 1.3, 0.4);

    [Theory]
    [InlineData("static double GVjp(double x, double dResult) => 0;", "DIFF0020: GVjp", "static (double Value, double DX) GVjp(double x, double dResult)", "returns 'double'")]
    [InlineData("static (double, double) GVjp(double x, float dResult) => (0, 0);", "DIFF0020: dResult", "GVjp(double x, double dResult)", "parameter 'dResult' is 'float")]
    [InlineData("static (double, double) GVjp(int x, double dResult) => (0, 0);", "DIFF0020: x", "GVjp(double x, double dResult)", "parameter 'x' is 'int")]
    [InlineData("static (double, double, double) GVjp(double x, double d, int k) => (0, 0, 0);", "DIFF0020: GVjp", "GVjp(double x, double dResult)", "'k' is one too many")]
    [InlineData("static (double, string) GRecord(double x) => (0, \"\");", "DIFF0022: GRecord", "GPullback", "half")]
    public void A_rule_of_the_wrong_signature_is_told_the_right_one(string rule, string reported, string expected, string difference)
    {
        GeneratorRun run = GeneratorHarness.Run($$"""
            public static partial class Functions
            {
                static double G(double x) => x;

                [DerivativeOf(typeof(Functions), nameof(G))]
                {{rule}}
            }
            """);
        Assert.Equal([reported], run.Reported);
        string message = run.Diagnostics.Single().GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(difference, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_for_nothing_is_reported()
        => Assert.Equal(["DIFF0021: Rule"], GeneratorHarness.Run("""
            public static partial class Functions
            {
                [DerivativeOf(typeof(Math), "Sinus")] static (double, double) Rule(double x, double d) => (x, d);
            }
            """).Reported);

    [Fact]
    public void A_recomputed_method_saves_nothing()
    {
        GeneratorRun run = Slope.Check("""
            public static partial class Functions
            {
                [Differentiable, Recompute]
                public static double Long(double x, ref double y) { double s = x; for (int i = 0; i < 5; i++) s = Math.Sin(s) * y; y = s * s; return s; }

                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    double y = x[1];
                    double a = Long(x[0], ref y);
                    return a * y;
                }
            }
            """, 1.3, 0.7);
        string caller = run.GeneratedSources["Functions.F.Derivatives.g.cs"];
        Assert.DoesNotContain("LongRecord", caller, StringComparison.Ordinal);
        Assert.DoesNotContain("ResidualStack", caller[..caller.IndexOf("FVjp(", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_that_writes_cannot_be_recomputed()
        => Assert.Equal(["DIFF0023: Put"], GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable, Recompute] public static void Put(Span<double> a) { a[0] *= a[0]; }
            }
            """).Reported);

    private static void Is(string source, double[] x, double[] gradient, bool slope = false)
    {
        LoadedAssembly assembly = GeneratorHarness.Run([source, """
            public static class User
            {
                public static double Value(double[] x) => Functions.F(x);

                public static double Gradient(double[] x, double[] dx) => Functions.FGradient(x, dx);
            }
            """]).Load();
        double[] dx = [.. x.Select(static _ => double.NaN)];
        Assert.Equal((double)assembly.Call("User", "Value", (object)x)!, (double)assembly.Call("User", "Gradient", x, dx)!);
        Assert.Equal(gradient, dx, Near.Within(1e-12));
        if (slope) Slope.Check(assembly, x);
    }
}
