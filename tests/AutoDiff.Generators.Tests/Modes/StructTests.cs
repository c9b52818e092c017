namespace AutoDiff.Generators.Tests.Modes;

/// <summary>Modes beyond reverse mode where parameters and results are structs: a tangent is the same struct, a matrix has a column for each number in it.</summary>
public class StructTests
{
    private const string Types = """
        using System.Numerics;
        public record struct Pt(double X, double Y);
        public readonly struct Fixed { public double A { get; } public double B { get; } public Fixed(double a, double b) { A = a; B = b; } }
        public struct Particle { public Vector3 Position; public Vector3 Velocity; public float Mass; public int Id; [NoGradient] public float Age; }

        """;

    [Fact]
    public void Tangents_of_records_tuples_and_complex_numbers_are_the_same_types()
    {
        LoadedAssembly assembly = GeneratorHarness.Run(Types + """
            public static partial class Functions
            {
                [Differentiable(Derivatives.Jvp)]
                public static Pt Turn(Pt p, double t) => new(p.X * Math.Cos(t) - p.Y * Math.Sin(t), p.X * Math.Sin(t) + p.Y * Math.Cos(t));

                [Differentiable(Derivatives.Jvp)]
                public static (double A, Pt P) Mixed((double U, double V) t, Fixed f) => (t.U * f.A, new Pt(t.V * f.B, t.U / f.A));

                [Differentiable(Derivatives.Jvp)]
                public static Complex Ratio(Complex z, Complex w) => z * w / (z + w);

                const double H = 1e-6;

                public static double[] Turn()
                {
                    Pt p = new(1.2, -0.4), d = new(0.3, 0.7);
                    (Pt value, Pt tangent) = TurnJvp(p, 0.6, d, -1.1);
                    Pt after = Turn(new(p.X + H * d.X, p.Y + H * d.Y), 0.6 - H * 1.1), before = Turn(new(p.X - H * d.X, p.Y - H * d.Y), 0.6 + H * 1.1);
                    return [value.X, Turn(p, 0.6).X, tangent.X, (after.X - before.X) / (2 * H), tangent.Y, (after.Y - before.Y) / (2 * H)];
                }

                public static double[] Mixed()
                {
                    var ((a, p), (aDot, pDot)) = MixedJvp((1.5, -0.5), new Fixed(2, 3), (0.1, 0.2), new Fixed(-1, 0.5));
                    return [a, 3, p.X, -1.5, aDot, 0.1 * 2 - 1.5, pDot.X, 0.2 * 3 - 0.5 * 0.5, pDot.Y, 0.1 / 2 + 1.5 / 4];
                }

                public static double[] Ratio()
                {
                    Complex z = new(1, 2), w = new(-0.5, 1.5), zDot = new(0.3, -0.2), wDot = new(1, 0.1);
                    (_, Complex tangent) = RatioJvp(z, w, zDot, wDot);
                    Complex exact = (zDot * w * w + wDot * z * z) / ((z + w) * (z + w));
                    return [tangent.Real, exact.Real, tangent.Imaginary, exact.Imaginary];
                }
            }
            """).Load();
        foreach (string check in (string[])["Turn", "Mixed", "Ratio"]) Pairs(assembly, check, 1e-9);
    }

    [Fact]
    public void Structs_by_reference_take_their_tangents_along_and_those_that_come_out_have_one_too()
    {
        LoadedAssembly assembly = GeneratorHarness.Run(Types + """
            public static partial class Functions
            {
                [Differentiable(Derivatives.Jvp | Derivatives.Hvp)]
                public static float Step(ref Particle p, in Vector3 force, float dt, out Pt q)
                {
                    p.Velocity += force * dt / p.Mass;
                    p.Position += p.Velocity * dt;
                    q = new Pt(p.Position.X * p.Mass, p.Velocity.Y);
                    return p.Position.X * p.Mass;
                }

                [Differentiable(Derivatives.Jvp)]
                public static void Exchange(ref Pt a, ref Fixed b) => (a, b) = (new Pt(b.A, b.B), new Fixed(a.X, a.Y));

                public static double[] Step()
                {
                    Particle p = new() { Position = new(1, 2, 3), Velocity = new(0.5f, -1, 2), Mass = 2, Id = 7, Age = 4 }, pDot = new() { Position = new(1, 0, 0), Mass = 1, Age = 9 };
                    (float value, float tangent) = StepJvp(ref p, new(1, 1, 1), 0.5f, out Pt q, ref pDot, new(2, 0, 0), 0, out Pt qDot);
                    // x = 1 + (0.5 + 0.25)/2 = 1.375; ẋ = 1 + 0.5·(2·0.5/2 − 0.5/4) = 1.1875
                    return [p.Position.X, 1.375, p.Id, 7, p.Age, 4, value, 2.75, pDot.Position.X, 1.1875, pDot.Age, 0, tangent, 1.1875 * 2 + 1.375, q.X, 2.75, qDot.X, tangent, qDot.Y, -0.125];
                }

                public static double[] Exchange()
                {
                    Pt a = new(1, 2), aDot = new(3, 4);
                    Fixed b = new(5, 6), bDot = new(7, 8);
                    ExchangeJvp(ref a, ref b, ref aDot, ref bDot);
                    return [a.X, 5, a.Y, 6, b.A, 1, b.B, 2, aDot.X, 7, aDot.Y, 8, bDot.A, 3, bDot.B, 4];
                }
            }
            """).Load();
        foreach (string check in (string[])["Step", "Exchange"]) Pairs(assembly, check, 1e-6);
    }

    [Fact]
    public void Second_derivatives_and_matrices_have_the_numbers_of_structs_one_after_another()
    {
        LoadedAssembly assembly = GeneratorHarness.Run(Types + """
            public partial struct Body
            {
                public double M, V;

                [Differentiable(Derivatives.Jvp | Derivatives.Hvp | Derivatives.Hessian | Derivatives.Jacobian)]
                public readonly double Energy(Pt f) => 0.5 * M * V * V * f.X + f.Y * f.Y * M;

                [Differentiable(Derivatives.Jvp | Derivatives.Jacobian)]
                public void Push(Pt f) => V += f.X / M * f.Y;
            }

            public static class Checks
            {
                public static double[] Hvp()
                {
                    Body body = new() { M = 2, V = 3 };
                    var (value, dThis, df, dThisDot, dfDot) = body.EnergyHvp(new Pt(0.5, -1), new Body { M = 1, V = 10 }, new Pt(100, 1000));
                    return [value, 6.5, dThis.M, 3.25, dThis.V, 3, df.X, 9, df.Y, -4,
                        dThisDot.M, 10 * 1.5 + 100 * 4.5 - 2 * 1000, dThisDot.V, 1.5 + 10 + 600, dfDot.X, 4.5 + 60, dfDot.Y, -2 + 4 * 1000];
                }

                public static double[] Hessian()
                {
                    double[] hessian = new double[16];
                    new Body { M = 2, V = 3 }.EnergyHessian(new Pt(0.5, -1), hessian);
                    double[] exact = [0, 1.5, 4.5, -2, 1.5, 1, 6, 0, 4.5, 6, 0, 0, -2, 0, 0, 4];
                    return [.. hessian.Zip(exact, static (a, b) => new[] { a, b }).SelectMany(static p => p)];
                }

                public static double[] Jacobian()
                {
                    double[] jacobian = new double[8];
                    Body body = new() { M = 2, V = 3 };
                    body.PushJacobian(new Pt(0.5, -1), jacobian);
                    double[] exact = [1, 0, 0, 0, 0.125, 1, -0.5, 0.25], blocks = new double[4], receiver = new double[4];
                    new Body { M = 2, V = 3 }.PushJacobian(new Pt(0.5, -1), receiver, blocks);
                    return [body.V, 2.75, .. jacobian.Zip(exact, static (a, b) => new[] { a, b }).SelectMany(static p => p), blocks[2], -0.5, blocks[3], 0.25, receiver[2], 0.125];
                }
            }
            """).Load();
        foreach (string check in (string[])["Hvp", "Hessian", "Jacobian"]) Pairs(assembly, check, 1e-12, "Checks");
    }

    [Fact]
    public void A_number_that_may_be_missing_has_a_tangent_where_it_is_there()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Jvp | Derivatives.Hessian)]
                public static double Scaled(double? x, double y) => x is { } v ? v * v * y : y * y;

                [Differentiable(Derivatives.Jvp)]
                public static double? Root(double x, double y) => x < 0 ? null : Math.Sqrt(x) * y;

                public static double[] Use()
                {
                    double[] there = new double[4], missing = new double[4];
                    ScaledHessian(3, 5, there);
                    ScaledHessian(null, 5, missing);
                    return [ScaledJvp(3, 5, 1, 10).Tangent, 120, ScaledJvp(null, 5, 1, 10).Tangent, 100, there[0], 10, there[1], 6, there[3], 0, missing[0], 0, missing[3], 2,
                        RootJvp(4, 3, 1, 10).Tangent ?? -1, 20.75, RootJvp(-4, 3, 1, 10).Value is null ? 1 : 0, 1];
                }
            }
            """).Load();
        Pairs(assembly, "Use", 1e-12);
    }

    [Fact]
    public void Structs_go_through_calls_that_stay_calls()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public record struct State(double X, double Y, int Steps);

            public static partial class Functions
            {
                [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
                public static State Step(State q, double s, int n)
                    => n == 0 ? q with { X = q.X * s } : Step(new State(q.Y * s, q.X * q.Y, q.Steps + 1), s + q.X, n - 1);

                [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
                public static double Run(double x, double y) => Step(new State(x, y, 0), x * y, 3) is var q ? q.X * q.Y + q.Steps : 0;

                public static double[] Use()
                {
                    var (value, dx, dy) = RunGradient(1.3, 0.7);
                    var (same, tangent) = RunJvp(1.3, 0.7, 0.5, -2);
                    (State state, State dot) = StepJvp(new State(1.3, 0.7, 5), 0.4, 1, new State(0.5, -2, 0), 3);
                    double x = 0.7 * 0.4 * 1.7, xDot = (-2 * 0.4 + 0.7 * 3) * 1.7 + 0.7 * 0.4 * 3.5;
                    return [same, value, tangent, 0.5 * dx - 2 * dy, state.X, x, state.Steps, 6, dot.X, xDot, dot.Y, 0.5 * 0.7 - 2 * 1.3, dot.Steps, 0];
                }
            }
            """).Load();
        Pairs(assembly, "Use", 1e-12);
    }

    [Fact]
    public void A_matrix_has_columns_for_the_numbers_of_structs_in_memory_which_are_of_one_kind()
    {
        GeneratorRun run = GeneratorHarness.Run(Types + """
            public record struct Mixed(double X, float Y);

            public static partial class Functions
            {
                [Differentiable(Derivatives.Jacobian)]
                public static double Sum(ReadOnlySpan<Pt> points) { double s = 0; foreach (Pt p in points) s += p.X * p.Y; return s; }

                [Differentiable(Derivatives.Jacobian)]
                public static double Both(ReadOnlySpan<Mixed> points) { double s = 0; foreach (Mixed p in points) s += p.X * p.Y; return s; }
            }
            """);
        Assert.Contains("points.Length * 2", run.GeneratedSources.Single(static s => s.Key.Contains("Sum", StringComparison.Ordinal)).Value);
        Assert.Contains(run.Diagnostics, static d => d.Id == "DIFF0005" && d.GetMessage(null).Contains("not all of one number type", StringComparison.Ordinal));
        Assert.DoesNotContain(run.GeneratedSources, static s => s.Key.Contains("Both", StringComparison.Ordinal));
    }

    /// <summary>Numbers in pairs: what was computed, what it should be.</summary>
    private static void Pairs(LoadedAssembly assembly, string check, double tolerance, string type = "Functions")
    {
        double[] numbers = assembly.Call(type, check)!;
        for (int k = 0; k < numbers.Length; k += 2) Assert.True(Math.Abs(numbers[k] - numbers[k + 1]) <= tolerance, $"{check}[{k / 2}]: {numbers[k]:R} instead of {numbers[k + 1]:R}");
    }
}
