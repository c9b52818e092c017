using System.Globalization;

namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>
/// Loops that run in vector lanes, at every length from none to four vectors and a rest: the value is that of the method, the gradient that of central
/// differences, and an element in the rest has the bits that it has in a whole vector.
/// </summary>
public class LaneTests
{
    private const int Lengths = 4 * 16 + 4;

    private static readonly Lazy<(LoadedAssembly Loaded, Dictionary<string, string> Text)> Compiled = new(Compile);

    public static TheoryData<string> Names => new(LanePrograms.All.Select(static p => p.Name));

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
        Assert.Equal(LanePrograms.All.Single(p => p.Name == name).InLanes, text.Contains("V.FirstLanes", StringComparison.Ordinal) || text.Contains("V.LoadPartial", StringComparison.Ordinal));
        if (!LanePrograms.All.Single(p => p.Name == name).InLanes) Assert.Contains("// one iteration after the other: ", text, StringComparison.Ordinal);
    }

    // The JIT stops inlining in methods of many locals.
    [Theory]
    [InlineData("Long", "(s, t) = LongGradientLoop")]
    [InlineData("LongShared", "LongSharedGradientLoop")]
    [InlineData("LongDescent", "LongDescentGradientLoop")]
    public void The_rest_of_a_long_loop_is_a_method(string name, string call)
    {
        Assert.Contains(call, Compiled.Value.Text[name], StringComparison.Ordinal);
        Assert.Matches($"private static .* {name}GradientLoop[0-9]+(Transpose)?Rest<V>\\(", Compiled.Value.Text[name]);
        Assert.DoesNotContain("Rest<V>(", Compiled.Value.Text["Dot"], StringComparison.Ordinal);
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
    private static bool HasForward(string name) => LanePrograms.All.Single(p => p.Name == name).Body.Contains("for (", StringComparison.Ordinal);

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
        foreach ((string name, string body, _) in LanePrograms.All)
        {
            source.Append(CultureInfo.InvariantCulture, $$"""
                [Differentiable] public static double {{name}}(ReadOnlySpan<double> x, ReadOnlySpan<double> y) { {{body}} }
                public static double Call{{name}}(double[] x, double[] y) => {{name}}(x, y);
                {{(HasForward(name) ? $"public static double Forward{name}(double[] x, double[] y) => {name}Forward(x, y);" : "")}}
                public static double Gradient{{name}}(double[] x, double[] y, double[] dx, double[] dy) => {{name}}Gradient(x, y, dx, dy);

                """);
        }

        GeneratorRun run = GeneratorHarness.Run(source.Append("}\n").ToString());
        return (run.Load(), LanePrograms.All.ToDictionary(static p => p.Name, p => run.Generated($"{p.Name}.Derivatives.g.cs")));
    }
}
