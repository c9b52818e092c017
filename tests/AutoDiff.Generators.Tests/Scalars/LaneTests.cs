using System.Globalization;

namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>
/// Loops that run in vector lanes, at every length from none to four vectors and a rest: the value is that of the method, the gradient that of central
/// differences, and an element in the rest has the bits that it has in a whole vector.
/// </summary>
public class LaneTests
{
    private const int Lengths = 4 * 16 + 4;

    private static readonly (string Name, string Body, bool InLanes)[] Programs =
    [
        ("Dot", "double s = 1; for (int i = 0; i < x.Length; i++) s += x[i] * y[i]; return s * s;", true),
        ("Difference", "double s = 1; for (int i = 0; i < x.Length; i++) s -= x[i] * y[i] * i; return s;", true),
        ("Functions", "double s = 0; for (int i = 0; i < x.Length; i++) s += Math.Exp(0.3 * x[i]) * Math.Sin(y[i]) + Math.Tanh(x[i] - y[i]); return s;", true),
        ("Mask", "double s = 0; for (int i = 0; i < x.Length; i++) { double v = y[i]; if (x[i] > 0.1) s += Math.Sqrt(x[i]) * v; else s -= v * v; } return s;", true),
        ("MaskedStore", """
            Span<double> a = new double[x.Length];
            for (int i = 0; i < x.Length; i++) { a[i] = y[i]; if (x[i] * y[i] > 0) a[i] = x[i] * y[i]; }
            double s = 0;
            for (int i = 0; i < a.Length; i++) s += a[i] * a[i];
            return s;
            """, true),
        ("Choice", "double s = 0; for (int i = 0; i < x.Length; i++) { int sign = x[i] > 0 ? 1 : x[i] < -0.5 ? -1 : 0; s += sign * y[i] * x[i]; } return s;", true),
        ("Downward", "double s = 0; for (int i = x.Length - 1; i >= 0; i--) s += Math.Cos(x[i]) * y[i]; return s;", true),
        ("Against", "double s = 0; for (int i = 0; i < x.Length; i++) s += x[i] * y[x.Length - 1 - i]; return s;", true),
        ("Strided", "double s = 0; for (int i = 0; i < x.Length / 2; i++) s += x[i] * y[2 * i + 1]; return s;", true),
        ("Shifted", """
            Span<double> a = new double[x.Length + 2];
            for (int i = 0; i < x.Length; i++) a[i + 1] = x[i] * y[i];
            double s = 0;
            for (int i = 0; i < x.Length; i++) s += a[i] * a[i + 2] + a[i + 1];
            return s;
            """, true),
        ("Overwritten", """
            Span<double> a = new double[x.Length];
            for (int k = 0; k < 3; k++)
                for (int i = 0; i < x.Length; i++) a[i] = a[i] * x[i] + y[i];
            double s = 0;
            for (int i = 0; i < a.Length; i++) s += a[i];
            return s;
            """, true),
        ("Halves", """
            Span<double> a = new double[2 * x.Length];
            for (int i = 0; i < x.Length; i++) { a[i] = x[i]; a[x.Length + i] = y[i] * x[i]; }
            double s = 0;
            for (int i = 0; i < x.Length; i++) s += a[i] * a[x.Length + i];
            return s;
            """, true),
        ("Views", """
            Span<double> a = new double[2 * x.Length];
            Span<double> left = a.Slice(0, x.Length), right = a.Slice(x.Length, x.Length);
            for (int i = 0; i < x.Length; i++) { left[i] = x[i] * x[i]; right[i] = left[i] * y[i]; }
            double s = 0;
            for (int i = 0; i < a.Length; i++) s += a[i];
            return s;
            """, true),
        ("Triangular", """
            double s = 0;
            for (int i = 0; i < x.Length; i++)
                for (int j = i + 1; j < x.Length; j++) s += 0.1 * x[i] * x[j] * y[j];
            return s;
            """, true),
        ("Rows", """
            double s = 0;
            for (int i = 0; i < 3; i++)
            {
                Span<double> row = new double[x.Length];
                for (int j = 0; j < x.Length; j++) row[j] = x[j] * (i + 1) - y[i % Math.Max(1, y.Length)];
                double norm = 0;
                for (int j = 0; j < row.Length; j++) norm += row[j] * row[j];
                s += norm;
            }
            return s;
            """, true),
        ("Polynomial", """
            double s = 0;
            for (int i = 0; i < 9; i++)
            {
                double t = -1 + 0.25 * i, power = 1, residual = t;
                for (int j = 0; j < x.Length; j++) { residual -= 0.2 * x[j] * y[j] * power; power *= t; }
                s += residual * residual;
            }
            return s;
            """, true),
        ("Greatest", "double m = -10; for (int i = 0; i < x.Length; i++) m = Math.Max(m, x[i] * y[i]); return m * m;", true),
        ("TwoSums", "double s = 0, t = 1; for (int i = 0; i < x.Length; i++) { s += x[i]; t += y[i] * y[i]; } return s / t;", true),
        ("Nearest", """
            Span<int> nearest = new int[x.Length];
            for (int i = 0; i < nearest.Length; i++)
            {
                double least = double.PositiveInfinity;
                int best = -1;
                for (int k = 0; k < 3; k++)
                {
                    double distance = (x[i] - 0.3 * k) * (x[i] - 0.3 * k);
                    if (distance < least) { least = distance; best = k; }
                }

                if (y[i] > -0.3) nearest[i] = best;
            }

            double s = 0;
            for (int i = 0; i < x.Length; i++) s += (x[i] - 0.3 * nearest[i]) * (x[i] - 0.3 * nearest[i]) * y[i];
            return s;
            """, true),
        ("Blocks", """
            double s = 0;
            for (int block = 0; block < 3; block++)
            {
                int size = (x.Length + 2) / 3, first = Math.Min(block * size, x.Length), count = Math.Min(size, x.Length - first);
                for (int k = 0; k < 3; k++)
                {
                    Span<double> row = new double[count];
                    for (int j = 0; j < count; j++) row[j] += x[first + j] * (k + 1);
                    for (int j = 0; j < count; j++) s += row[j] * row[j] * y[first + j];
                }
            }

            return s;
            """, true),
        ("Steps", """
            Span<double> u = new double[x.Length + 1], v = new double[x.Length + 1];
            for (int i = 0; i < x.Length; i++) u[i + 1] = y[i];
            u[0] = 1;
            double damping = 1;
            for (int step = 0; step < 4; step++)
            {
                v[0] = 1;
                for (int i = 0; i < x.Length; i++) v[i + 1] = u[i + 1] + 0.1 * damping * x[i] * u[i];
                for (int i = 0; i < x.Length; i++) u[i + 1] = 0.5 * u[i + 1] + 0.3 * x[i] * v[i] * v[i + 1];
                damping *= 0.9 - 0.1 * u[0];
            }

            double s = 0;
            for (int i = 0; i < u.Length; i++) s += u[i] * u[i];
            return s;
            """, true),
        ("ChangedLater", """
            Span<double> a = new double[x.Length], b = new double[x.Length];
            for (int i = 0; i < x.Length; i++) a[i] = x[i] * y[i];
            for (int step = 0; step < 3; step++)
                for (int i = 0; i < x.Length; i++) b[i] += a[i] * a[i] * (step + 1);
            for (int i = 0; i < x.Length; i++) a[i] *= 2 * a[i];
            double s = 0;
            for (int i = 0; i < a.Length; i++) s += a[i] * b[i];
            return s;
            """, true),
        ("Countdown", """
            Span<double> u = new double[x.Length];
            for (int i = 0; i < x.Length; i++) u[i] = y[i];
            for (int step = 3; step > 0; step--)
            {
                Span<double> half = u.Slice(0, u.Length / 2);
                for (int i = 0; i < half.Length; i++) half[i] += 0.1 * step * half[i] * half[i] * x[i];
                for (int i = 0; i < u.Length; i++) u[i] *= 1 + 0.2 * x[i] * u[i];
            }

            double s = 0;
            for (int i = 0; i < u.Length; i++) s += u[i] * u[i];
            return s;
            """, true),
        ("Variation", "double s = 0, before = 0.3; for (int i = 0; i < x.Length; i++) { s += (x[i] - before) * (x[i] - before) * y[i]; before = x[i]; } return s;", true),
        ("Chain", """
            double s = 0, one = 0.5, two = 0.25, three = -0.5;
            for (int i = 0; i < x.Length; i++)
            {
                s += Math.Exp(0.1 * three) * x[i];
                three = two * y[i];
                two = one + x[i];
                one = x[i] * y[i];
            }

            return s + one * two * three;
            """, true),
        ("Handed", """
            double s = 0, a = 1, b = 2;
            for (int i = 0; i < x.Length; i++) { s += a * x[i] - b * y[i]; b = a; a = 0.5 * y[i]; }
            return s + a * b;
            """, true),
        ("Downhill", """
            double s = 0, behind = 0.7;
            for (int i = x.Length - 1; i >= 0; i--) { s += behind * x[i] * x[i]; behind = y[i] + x[i]; }
            return s * behind;
            """, true),
        ("Constant", "double s = 0, weight = 2; for (int i = 0; i < x.Length; i++) { s += weight * x[i] * y[i]; weight = 1; } return s;", true),
        ("Taken", """
            double s = 0, before = 0.1;
            for (int i = 0; i < x.Length; i++)
            {
                double v = y[i];
                if (x[i] > before) s += (x[i] - before) * v;
                else s -= 0.5 * before;
                before = x[i] * 0.9;
            }

            return s;
            """, true),
        ("Waves", """
            Span<double> u = new double[x.Length];
            for (int i = 0; i < u.Length; i++) u[i] = y[i];
            for (int step = 0; step < 3; step++)
            {
                double left = 1, flow = 0;
                for (int i = 0; i < u.Length; i++)
                {
                    double here = u[i], change = x[i] * (here - left);
                    u[i] = here - 0.3 * (change - flow * here);
                    flow = change;
                    left = here;
                }
            }

            double s = 0;
            for (int i = 0; i < u.Length; i++) s += u[i] * u[i];
            return s;
            """, true),
        ("Overtaken", """
            Span<double> u = new double[x.Length + 1];
            double s = 0, before = 1;
            for (int i = 0; i < x.Length; i++) { double v = u[i]; u[i] = v + before * y[i]; before = u[i] * x[i]; s += before; }
            return s;
            """, false),
        ("Circle", "double s = 0, a = 1, b = 0.5; for (int i = 0; i < x.Length; i++) { s += a * x[i]; double t = a; a = b + y[i]; b = 0.5 * t; } return s;", false),
        ("Prefix", "double s = 0, t = 0; for (int i = 0; i < x.Length; i++) { s = 0.5 * s + x[i]; t += s * y[i]; } return t;", false),
    ];

    private static readonly Lazy<(LoadedAssembly Loaded, Dictionary<string, string> Text)> Compiled = new(Compile);

    public static TheoryData<string> Names => new(Programs.Select(static p => p.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_length_has_the_value_and_the_slopes_of_the_method(string name)
    {
        for (int n = 0; n < Lengths; n++)
        {
            double[] x = Numbers(n, 1), y = Numbers(n, 2), dx = new double[n], dy = new double[n];
            double At() => Compiled.Value.Loaded.Call("Programs", "Call" + name, x, y)!;
            double value = Compiled.Value.Loaded.Call("Programs", "Gradient" + name, x, y, dx, dy)!;
            Assert.Equal(At(), value, Near.Within(1e-13));
            if (HasForward(name)) Assert.Equal(At(), Compiled.Value.Loaded.Call("Programs", "Forward" + name, x, y)!, Near.Within(1e-13));
            for (int i = 0; i < n; i += 1 + n / 9)
            {
                Assert.True(Near.Within(1e-6).Equals(Slope(At, x, i), dx[i]), Invariant($"n = {n}, dx[{i}] = {dx[i]}, slope {Slope(At, x, i)}"));
                Assert.True(Near.Within(1e-6).Equals(Slope(At, y, i), dy[i]), Invariant($"n = {n}, dy[{i}] = {dy[i]}, slope {Slope(At, y, i)}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Loops_run_in_lanes_or_say_why_not(string name)
    {
        string text = Compiled.Value.Text[name];
        Assert.Equal(Programs.Single(p => p.Name == name).InLanes, text.Contains("V.FirstLanes", StringComparison.Ordinal) || text.Contains("V.LoadPartial", StringComparison.Ordinal));
        if (!Programs.Single(p => p.Name == name).InLanes) Assert.Contains("// one iteration after the other: ", text, StringComparison.Ordinal);
    }

    // Two arrays, three of whose elements each step of the backward part would need, and one of which a step takes over from the step before.
    [Fact]
    public void Steps_run_again_from_what_they_took_over()
    {
        Assert.Contains("uCheckpoints", Compiled.Value.Text["Steps"], StringComparison.Ordinal);
        Assert.Contains("what u holds at the start of each iteration", Compiled.Value.Text["Steps"], StringComparison.Ordinal);
        Assert.DoesNotContain("vCheckpoints", Compiled.Value.Text["Steps"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_rest_has_the_bits_of_whole_vectors()
    {
        double[] x = Numbers(Lengths, 1), y = Numbers(Lengths, 2), whole = new double[Lengths], other = new double[Lengths];
        Compiled.Value.Loaded.Call("Programs", "GradientFunctions", x, y, whole, other);
        for (int n = 1; n < Lengths; n++)
        {
            double[] dx = new double[n], dy = new double[n];
            Compiled.Value.Loaded.Call("Programs", "GradientFunctions", x[..n], y[..n], dx, dy);
            Assert.Equal(whole[..n], dx);
            Assert.Equal(other[..n], dy);
        }
    }

    [Theory]
    [InlineData(5, 4)]
    [InlineData(17, 16)]
    [InlineData(33, 0)]
    public void What_lies_outside_is_not_touched(int n, int m)
    {
        double[] dx = new double[n], dy = new double[m];
        Array.Fill(dx, 7);
        Array.Fill(dy, 7);
        Assert.Throws<IndexOutOfRangeException>(() => Compiled.Value.Loaded.Call("Programs", "GradientDot", Numbers(n, 1), Numbers(m, 2), dx, dy));
        Assert.All(dx.Concat(dy), static d => Assert.Equal(7, d));
    }

    [Fact]
    public void A_loop_that_does_not_run_reads_nothing()
    {
        LoadedAssembly loaded = GeneratorHarness.Run("""
            public static partial class Empty
            {
                [Differentiable]
                public static double Sum(ReadOnlySpan<double> x, int from, int to) { double s = x[0]; for (int i = from; i < to; i++) s += x[i] * x[i]; return s; }
                public static double Gradient(double[] x, int from, int to, double[] dx) => SumGradient(x, from, to, dx);
            }
            """).Load();
        double[] dx = new double[1];
        foreach ((int from, int to) in new[] { (1, int.MinValue), (int.MaxValue, int.MinValue), (5, 5), (0, -1) })
        {
            Assert.Equal(3, loaded.Call("Empty", "Gradient", new double[] { 3 }, from, to, dx));
            Assert.Equal(1, dx[0]);
        }

        Assert.Throws<IndexOutOfRangeException>(() => loaded.Call("Empty", "Gradient", new double[] { 3 }, -1, 1, dx));
        Assert.Throws<IndexOutOfRangeException>(() => loaded.Call("Empty", "Gradient", new double[] { 3 }, int.MinValue, int.MaxValue, dx));
    }

    /// <summary>A loop may hide in a method of spans.</summary>
    private static bool HasForward(string name) => Programs.Single(p => p.Name == name).Body.Contains("for (", StringComparison.Ordinal);

    private static double Slope(Func<double> at, double[] x, int i)
    {
        const double Step = 1e-6;
        double kept = x[i];
        x[i] = kept + Step;
        double up = at();
        x[i] = kept - Step;
        double down = at();
        x[i] = kept;
        return (up - down) / (2 * Step);
    }

    private static double[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static (LoadedAssembly, Dictionary<string, string>) Compile()
    {
        var source = new System.Text.StringBuilder("public static partial class Programs\n{\n");
        foreach ((string name, string body, _) in Programs)
        {
            source.Append(CultureInfo.InvariantCulture, $$"""
                [Differentiable] public static double {{name}}(ReadOnlySpan<double> x, ReadOnlySpan<double> y) { {{body}} }
                public static double Call{{name}}(double[] x, double[] y) => {{name}}(x, y);
                {{(HasForward(name) ? $"public static double Forward{name}(double[] x, double[] y) => {name}Forward(x, y);" : "")}}
                public static double Gradient{{name}}(double[] x, double[] y, double[] dx, double[] dy) => {{name}}Gradient(x, y, dx, dy);

                """);
        }

        GeneratorRun run = GeneratorHarness.Run(source.Append("}\n").ToString());
        return (run.Load(), Programs.ToDictionary(static p => p.Name, p => run.Generated($"{p.Name}.Derivatives.g.cs")));
    }
}
