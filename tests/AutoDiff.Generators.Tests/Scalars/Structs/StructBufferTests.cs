namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>Spans and arrays whose elements are structs: destinations are spans of the same struct.</summary>
public class StructBufferTests
{
    private const string Types = """
        using System.Numerics;
        public struct Vec { public double X, Y; public readonly double Dot(Vec o) => X * o.X + Y * o.Y; public static Vec operator -(Vec a, Vec b) => new() { X = a.X - b.X, Y = a.Y - b.Y }; }
        public struct Particle { public Vec Position; public double Mass; public int Kind; [NoGradient] public double Label; }
        public readonly record struct Fixed(double A, double B);
        public struct Auto { public double A { get; set; } public Fixed Inner { get; init; } }

        """;

    private const string Particles = """
            static Particle[] Make(double[] x) => [.. Enumerable.Range(0, x.Length / 3).Select(i => new Particle { Position = new Vec { X = x[3 * i], Y = x[3 * i + 1] }, Mass = x[3 * i + 2], Kind = i, Label = 2 })];
            static double[] Numbers(Particle[] p) => [.. p.SelectMany(static q => new[] { q.Position.X, q.Position.Y, q.Mass })];

        """;

    [Theory]
    [InlineData("double s = 0; for (int i = 0; i < p.Length; i++) s += p[i].Mass * p[i].Position.Dot(p[i].Position) * p[i].Label; return s;")]
    [InlineData("double s = 0; foreach (Particle q in p) s += q.Mass * q.Position.X * (q.Kind + 1); return s;")]
    [InlineData("double s = 0; for (int i = 0; i < p.Length; i++) for (int j = 0; j < i; j++) { Vec d = p[i].Position - p[j].Position; s += p[i].Mass * p[j].Mass / Math.Sqrt(d.Dot(d) + 0.1); } return s;")]
    [InlineData("var q = p.ToArray(); for (int k = 0; k < 2; k++) for (int i = 1; i < q.Length; i++) { q[i].Position.X *= q[i - 1].Position.Y; q[i].Mass += q[i].Position.X; } return q[^1].Mass * q[1].Position.X;")]
    [InlineData("Span<Vec> v = stackalloc Vec[3]; for (int i = 0; i < 3; i++) { ref Vec r = ref v[i]; r = p[i].Position; r.X *= p[i].Mass; } v.Slice(0, 2).CopyTo(v.Slice(1)); return v[2].X * v[1].Y + v[0].X;")]
    [InlineData("var v = new Vec[4]; v.AsSpan().Fill(p[0].Position); v[2] = p[1].Position; v[3] = v[2]; double s = 0; foreach (var u in v) s += u.X * u.Y; v.AsSpan().Clear(); return s + v[1].X;")]
    [InlineData("Particle[] q = [p[1], p[0], p[1]]; q[0].Position.Y = 3; var t = (q[0], q[2]); return t.Item1.Position.Y * t.Item2.Position.Y * q[1].Mass;")]
    public void Read(string body)
    {
        LoadedAssembly assembly = GeneratorHarness.Run(Types + $$"""
            public static partial class Functions
            {
                [Differentiable] public static double F(ReadOnlySpan<Particle> p) { {{body}} }

            {{Particles}}
                public static double Value(double[] x) => F(Make(x));

                public static double[] Gradient(double[] x)
                {
                    var d = new Particle[x.Length / 3];
                    Array.Fill(d, new Particle { Mass = 9, Kind = 7, Label = 8 });
                    double value = FGradient(Make(x), d);
                    double[] once = Numbers(d);
                    FGradient(Make(x), d, accumulate: true);
                    bool doubled = Numbers(d).Zip(once, static (a, b) => Math.Abs(a - 2 * b) < 1e-12 * Math.Max(1, Math.Abs(a))).All(static b => b);
                    return [value, .. once, d.Sum(static q => q.Kind + q.Label), doubled ? 1 : 0];
                }
            }
            """).Load();
        double[] x = [1.3, 0.7, 0.9, -0.4, 1.1, 1.6, 0.3, -1.2, 0.8];
        double At(int k, double step) => (double)assembly.Call("Functions", "Value", (object)x.Select((v, i) => i == k ? v + step : v).ToArray())!;
        double[] actual = (double[])assembly.Call("Functions", "Gradient", (object)x)!;
        Assert.Equal(At(0, 0), actual[0]);
        for (int k = 0; k < x.Length; k++) Assert.Equal((At(k, 1e-6) - At(k, -1e-6)) / 2e-6, actual[k + 1], Near.Within(1e-7));
        Assert.Equal([0.0, 1], actual[^2..]);
    }

    [Fact]
    public void Written()
        => Assert.Equal([2 * 3.0, 4, 5 * 7.0, 6, /* d at entry */ 10 * 3.0, 1, 20 * 7.0, 2, /* dh */ 10 * 2 + 20 * 5.0], StructCase.Numbers(Types + """
            public static partial class Functions
            {
                [Differentiable] public static void Step(Span<Vec> v, ReadOnlySpan<double> h) { for (int i = 0; i < v.Length; i++) v[i].X *= h[i]; }

                public static double[] Use()
                {
                    Vec[] v = [new() { X = 2, Y = 4 }, new() { X = 5, Y = 6 }], dAfter = [new() { X = 10, Y = 1 }, new() { X = 20, Y = 2 }], dBefore = new Vec[2];
                    double[] h = [3, 7], dh = [9, 9];
                    StepVjp(v, h, dAfter, dBefore, dh);
                    return [v[0].X, v[0].Y, v[1].X, v[1].Y, dBefore[0].X, dBefore[0].Y, dBefore[1].X, dBefore[1].Y, dh.Sum()];
                }
            }
            """));

    [Fact]
    public void Elements_that_only_a_constructor_or_an_initializer_sets()
        => Assert.Equal([2 * 3 + 4 * 5 + 1.0, 3, 2, 5, 4, 1, /* vectors */ 3, 1, 2, /* complex */ 4, -6], StructCase.Numbers(Types + """
            public static partial class Functions
            {
                [Differentiable]
                public static double F(ReadOnlySpan<Fixed> f, Auto[] a)
                {
                    double s = 0;
                    for (int i = 0; i < f.Length; i++) s += f[i].A * f[i].B;
                    return s + a[0].A * a[0].Inner.A * a[0].Inner.B + a[0].Inner.B;
                }

                [Differentiable] public static float G(ReadOnlySpan<Vector3> v) { float s = 0; foreach (Vector3 u in v) s += Vector3.Dot(u, new Vector3(3, 1, 2)); return s; }
                [Differentiable] public static double H(ReadOnlySpan<Complex> z) => (z[0] * z[0]).Real;

                public static double[] Use()
                {
                    Fixed[] f = [new(2, 3), new(4, 5)], df = [default, new(9, 9)];
                    Auto[] a = [new() { A = 0, Inner = new(7, 1) }], da = new Auto[1];
                    double value = FGradient(f, a, df, da);
                    var dv = new Vector3[2];
                    GGradient([Vector3.One, Vector3.Zero], dv);
                    var dz = new Complex[1];
                    HGradient([new(2, 3)], dz);
                    return [value, df[0].A, df[0].B, df[1].A, df[1].B, da[0].Inner.B, dv[1].X, dv[1].Y, dv[1].Z, dz[0].Real, dz[0].Imaginary];
                }
            }
            """));

    [Fact]
    public void Elements_with_references_are_refused()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            public struct Named { public double X; public string Name; }
            public static partial class Functions
            {
                [Differentiable] public static double F(Named[] n) => n[0].X;
            }
            """);
        Assert.Contains("it holds references", Assert.Single(run.Diagnostics).GetMessage(null), StringComparison.Ordinal);
    }
}
