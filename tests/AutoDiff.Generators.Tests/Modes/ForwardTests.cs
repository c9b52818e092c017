using AutoDiff.Generators.Tests.Scalars;

namespace AutoDiff.Generators.Tests.Modes;

/// <summary>FForward as users call it: the method itself, with its loops in lanes.</summary>
public class ForwardTests
{
    [Fact]
    public void Written_memory_and_references_are_as_the_method_leaves_them()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable]
                public static float Step(ReadOnlySpan<float> x, Span<float> v, ref float time, float dt, out float greatest)
                {
                    greatest = float.NegativeInfinity;
                    float sum = 0;
                    for (int i = 0; i < x.Length; i++)
                    {
                        v[i] += dt * MathF.Sin(x[i]);
                        if (v[i] < 0) v[i] = -v[i];
                        greatest = MathF.Max(greatest, v[i]);
                        sum += v[i] * v[i];
                    }

                    time += dt;
                    return sum;
                }

                public static float[] Use(float[] x, float[] v, bool inLanes)
                {
                    float time = 2, value = inLanes ? StepForward(x, v, ref time, 0.5f, out float greatest) : Step(x, v, ref time, 0.5f, out greatest);
                    return [value, time, greatest, .. v];
                }
            }
            """).Load();
        for (int n = 0; n < 70; n++)
        {
            float[] x = [.. Enumerable.Range(0, n).Select(static i => 0.3f * i)], v = [.. Enumerable.Range(0, n).Select(static i => 0.1f * (i % 7) - 0.3f)];
            float[] expected = assembly.Call("Functions", "Use", x, v.ToArray(), false)!, actual = assembly.Call("Functions", "Use", x, v.ToArray(), true)!;
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), static pair => Assert.True(pair.First == pair.Second || Math.Abs(pair.First - pair.Second) <= 1e-5 * (1 + Math.Abs(pair.First)), $"{pair}"));
        }
    }

    [Fact]
    public void Structs_jagged_arrays_and_lists_are_taken_as_the_method_takes_them()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public record struct Line(double Slope, double Offset);
            public static partial class Functions
            {
                [Differentiable]
                public static double Error(Line line, double[][] rows, List<double> weights)
                {
                    double sum = 0;
                    for (int i = 0; i < rows.Length; i++)
                        for (int j = 0; j < rows[i].Length; j++) { double e = line.Slope * j + line.Offset - rows[i][j]; sum += weights[i] * e * e; }
                    return sum;
                }

                public static double[] Use(double[][] rows, double[] weights)
                    => [Error(new Line(0.5, -1), rows, [.. weights]), ErrorForward(new Line(0.5, -1), rows, [.. weights])];
            }
            """).Load();
        double[][] rows = [[.. Enumerable.Range(0, 19).Select(static i => 0.1 * i)], [], [1, 2, 3]];
        double[] actual = assembly.Call("Functions", "Use", rows, new double[] { 1, 2, 3 })!;
        Assert.Equal(actual[0], actual[1], Near.Within(1e-14));
    }

    [Fact]
    public void Memory_that_is_written_overlaps_no_other()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable]
                public static void Scale(ReadOnlySpan<double> x, Span<double> y) { for (int i = 0; i < y.Length; i++) y[i] = 2 * x[i]; }
                public static void Use(double[] memory) => ScaleForward(memory.AsSpan(0, 3), memory.AsSpan(1, 3));
            }
            """).Load();
        double[] memory = [1, 2, 3, 4];
        var error = Assert.Throws<ArgumentException>(() => assembly.Call("Functions", "Use", memory));
        Assert.Contains("y overlaps x", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3, 4], memory);
    }

    [Fact]
    public void A_method_of_that_name_is_left_alone()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable] public static double Step(ReadOnlySpan<double> x) { double s = 0; foreach (double e in x) s += e; return s; }
                [Differentiable] public static double StepForward(ReadOnlySpan<double> x) => Step(x) + 1;
                public static double Use(double[] x, double[] dx) => StepForwardGradient(x, dx);
            }
            """).Load();
        double[] dx = new double[2];
        Assert.Equal(8, assembly.Call("Functions", "Use", new double[] { 3, 4 }, dx));
        Assert.Equal([1, 1], dx);
    }

    [Fact]
    public void Without_a_loop_over_memory_there_is_none()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable] public static double First(ReadOnlySpan<double> x) => x[0] * x[0];
                [Differentiable] public static double Power(double x) { double y = 1; for (int i = 0; i < 3; i++) y *= x; return y; }
            }
            """);
        run.Compile();
        Assert.All(run.GeneratedSources.Values, static text => Assert.DoesNotContain("Forward(", text, StringComparison.Ordinal));
    }
}
