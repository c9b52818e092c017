using System.Globalization;

namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>
/// Random programs: the generated value is the method's own to the bit, stored and recomputed residuals give the same gradient to the bit, and it is the slope of
/// central differences wherever the program is smooth.
/// </summary>
public class RandomProgramTests
{
    private const int Count = 24;
    private const double Step = 1e-6;

    private static readonly double[] Point = [0.61, -0.83, 0.37];

    private static readonly Lazy<LoadedAssembly> Compiled = new(Compile);

    public static TheoryData<int> Seeds => new(Enumerable.Range(0, Count));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Gradient_is_the_slope_of_the_program(int seed)
    {
        double[] stored = Gradient("Keep", seed), recomputed = Gradient("Plain", seed);
        Assert.Equal(Value(seed, 0, 0), recomputed[0]);
        Assert.Equal(stored, recomputed);
        for (int k = 0; k < Point.Length; k++)
        {
            double coarse = (Value(seed, k, 2 * Step) - Value(seed, k, -2 * Step)) / (4 * Step), fine = (Value(seed, k, Step) - Value(seed, k, -Step)) / (2 * Step);
            // A branch that turns within the step shows as slopes that differ.
            if (!Near.Within(1e-6).Equals(coarse, fine)) continue;
            Assert.Equal(fine, recomputed[k + 1], Near.Within(1e-5));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Gradient_through_calls_in_a_loop_is_that_of_the_program(int seed)
    {
        double[] own = Gradient("Plain", seed), called = Gradient("Calls", seed);
        Assert.Equal([3 * own[0] * own[0], .. own.Skip(1).Select(d => 6 * own[0] * d)], called, Near.Within(1e-12));
    }

    [Fact]
    public void Most_programs_are_smooth_at_the_point_of_the_test()
    {
        int smooth = Enumerable.Range(0, Count).Count(static seed => Near.Within(1e-6).Equals(
            (Value(seed, 0, 2 * Step) - Value(seed, 0, -2 * Step)) / (4 * Step), (Value(seed, 0, Step) - Value(seed, 0, -Step)) / (2 * Step)));
        Assert.InRange(smooth, Count * 3 / 4, Count);
    }

    private static double Value(int seed, int k, double step)
        => Compiled.Value.Call("Programs", $"Call{seed}", (object)Point.Select((v, i) => i == k ? v + step : v).ToArray())!;

    private static double[] Gradient(string kind, int seed) => Compiled.Value.Call("Programs", $"Gradient{kind}{seed}", (object)Point)!;

    private static LoadedAssembly Compile()
    {
        var source = new System.Text.StringBuilder("public static partial class Programs\n{\n");
        for (int seed = 0; seed < Count; seed++)
        {
            string body = RandomProgram.Body(seed);
            source.Append(CultureInfo.InvariantCulture, $$"""
                [Differentiable] public static double Plain{{seed}}(ReadOnlySpan<double> x) { {{body}} }
                [Differentiable, Keep] public static double Keep{{seed}}(ReadOnlySpan<double> x) { {{body}} }
                [Differentiable]
                public static double Calls{{seed}}(ReadOnlySpan<double> x) { double s = 0; for (int k = 1; k < 3; k++) s += k * Plain{{seed}}(x); return s * Keep{{seed}}(x); }
                public static double[] GradientCalls{{seed}}(double[] x) { double[] d = new double[3]; return [Calls{{seed}}Gradient(x, d), ..d]; }
                public static double Call{{seed}}(double[] x) => Plain{{seed}}(x);
                public static double[] GradientPlain{{seed}}(double[] x) { double[] d = new double[3]; return [Plain{{seed}}Gradient(x, d), ..d]; }
                public static double[] GradientKeep{{seed}}(double[] x) { double[] d = new double[3]; return [Keep{{seed}}Gradient(x, d), ..d]; }

                """);
        }

        return GeneratorHarness.Run(source.Append("}\n").ToString()).Load();
    }
}
