namespace AutoDiff.Generators.Tests.Calls;

/// <summary>Arrays and lists that a caller may leave out: null is asked for, and nothing is read of what is not there.</summary>
public class OptionalMemoryTests
{
    /// <summary>A method of a number and of an array that may be null, with its gradient.</summary>
    private static LoadedAssembly Compile(string method, string type) => GeneratorHarness.Run($$"""
        public static partial class P
        {
            private static double Weighted(double a, double[]? w = null) => w is null ? a : a * w[0] * w[0];

            [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
            public static double F(double a, {{type}} c) { {{method}} }

            public static (double Value, double DA, double Tangent) Gradient(double a, {{type}} c, double[] dc)
            {
                (double value, double da) = FGradient(a, c, dc);
                return (value, da, FJvp(a, c, 1, dc).Tangent);
            }
        }
        """).Load();

    [Theory]
    [InlineData("return c is null ? a * a : 2 * a * c[0];")]
    [InlineData("return c is not null && c.Length > 1 ? a * c[1] : a * a * a;")]
    [InlineData("if (c == null) return a; return a * c[0] + c[1];")]
    [InlineData("double s = 0; if (c != null) for (int i = 0; i < c.Length; i++) s += c[i] * c[i] * a; return s + a;")]
    [InlineData("double s = 0; for (int i = 0; i < 7; i++) s += a * (c == null ? i : c[i % 2]); return s * a;")]
    [InlineData("return a * a * (c?[1] ?? 3) * (c?.Length ?? 5);")]
    [InlineData("double s = a; if (c is { Length: > 1 }) s += c[1] * a; if (c is [var f, ..]) s += f * a; if (c is [var g, var h]) s *= g * h; return s;")]
    [InlineData("double[] v = c ?? [a, 2]; return v[0] * a + v[1];")]
    [InlineData("c ??= [3.0, a]; return a * c[0] * c[1];")]
    [InlineData("double[]? d = c; return d is null ? a : d[0] * a;")]
    [InlineData("return Weighted(a) + Weighted(a, c) + Weighted(a, [a, a]) + Weighted(a, null);")]
    public void Array(string method) => Check(Compile(method, "double[]?"), static c => c);

    [Theory]
    [InlineData("return c is null ? a * a : 2 * a * c[0];")]
    [InlineData("double s = a; if (c != null) foreach (double v in c) s += v * v * a; return s;")]
    [InlineData("if (c is not null) return c[1] * a; return a * a;")]
    public void List(string method) => Check(Compile(method, "List<double>?"), static c => c is null ? null : new List<double>(c));

    private static void Check(LoadedAssembly assembly, Func<double[]?, object?> pass)
    {
        const double Step = 1e-6;
        foreach (double[]? c in (double[]?[])[null, [0.7, 1.3]])
        {
            double At(double a, double[]? of) => assembly.Call("P", "F", a, pass(of))!;
            double[] slopes = [.. (c ?? []).Select(static _ => double.NaN)];
            (double value, double da, double tangent) = ((double, double, double))assembly.Call("P", "Gradient", 1.5, pass(c), slopes)!;
            Assert.Equal(At(1.5, c), value);
            Assert.Equal((At(1.5 + Step, c) - At(1.5 - Step, c)) / (2 * Step), da, 1e-6);
            for (int k = 0; k < slopes.Length; k++)
                Assert.Equal((At(1.5, Moved(k, Step)) - At(1.5, Moved(k, -Step))) / (2 * Step), slopes[k], 1e-6);
            Assert.Equal(da + slopes.Sum(static s => s * s), tangent, 1e-9);

            double[] Moved(int k, double by) => [.. c!.Select((v, i) => i == k ? v + by : v)];
        }
    }

    [Fact]
    public void An_array_that_must_be_there_is_not_asked_for()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            public static partial class P
            {
                [Differentiable]
                public static double F(double a, [NoGradient] double[] w)
                {
                    if (w is null) throw new ArgumentNullException(nameof(w));
                    return w[0] * a;
                }

                public static double Gradient(double a, double[] w) => FGradient(a, w).Value;
            }
            """);
        Assert.DoesNotContain("throw new", run.Generated("F.Derivatives.g.cs").Split("// forward")[1].Split("// backward")[0], StringComparison.Ordinal);
        LoadedAssembly assembly = run.Load();
        Assert.Equal(6.0, assembly.Call("P", "Gradient", 2.0, new double[] { 3 }));
        Assert.Throws<ArgumentNullException>(() => assembly.Call("P", "Gradient", 2.0, null));
    }

    [Fact]
    public void Where_the_file_says_nothing_of_null_a_default_does()
    {
        LoadedAssembly assembly = GeneratorHarness.Run("""
            #nullable disable
            public static partial class P
            {
                [Differentiable] public static double F(double a, [NoGradient] double[] c = null) => c == null ? a * a : c[0] * a;

                public static double Slope(double a, double[] c) => FGradient(a, c).DA;
            }
            """).Load();
        Assert.Equal(4.0, assembly.Call("P", "Slope", 2.0, null));
        Assert.Equal(5.0, assembly.Call("P", "Slope", 2.0, new double[] { 5 }));
    }
}
