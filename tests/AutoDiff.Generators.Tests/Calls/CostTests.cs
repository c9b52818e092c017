using System.Globalization;

namespace AutoDiff.Generators.Tests.Calls;

/// <summary>The gradient of a chain of calls costs a multiple of the chain, not its square: counted in calls and in saved bytes, not in time.</summary>
public class CostTests
{
    private const int Depth = 30;

    [Fact]
    public void Each_method_of_a_chain_runs_forward_once_and_backward_once()
    {
        string source = Chain("[Differentiable, Keep]", "Loop({0})");
        string text = string.Concat(GeneratorHarness.Run(source).GeneratedSources.Where(static s => s.Key.Contains(".F7.")).Select(static s => s.Value));
        string record = Between(text, "F7Record(", "F7Pullback("), pullback = text[text.LastIndexOf("F7Pullback(", StringComparison.Ordinal)..];
        Assert.Equal(1, Count(record, "F6Record("));
        Assert.Equal(0, Count(record, "F6Pullback("));
        Assert.Equal(1, Count(pullback, "F6Pullback("));
        Assert.Equal(0, Count(pullback, "F6Record(") + Count(pullback, "F6Vjp(") + Count(pullback, "F6("));
    }

    /// <summary>Each value is read twice by the next one: whoever follows all ways from the last to the first does not come to an end.</summary>
    [Fact]
    public void Values_that_are_shared_are_followed_once()
    {
        string steps = string.Concat(Enumerable.Range(1, 60).Select(static k => FormattableString.Invariant($"double v{k} = v{k - 1} * c + 1 / (v{k - 1} + 2); ")));
        LoadedAssembly assembly = GeneratorHarness.Run($$"""
            public static partial class Functions
            {
                [Differentiable(Derivatives.Gradient | Derivatives.Hessian)]
                public static double F(double c, int n)
                {
                    double sum = 0, most = 0, weighted = 0;
                    for (int i = 0; i < n; i++)
                    {
                        double v0 = c + 0.01 * i;
                        {{steps}}
                        sum += v60;
                        most = Math.Max(most, v60);
                        weighted = weighted * 0.5 + v60;
                    }

                    return sum + most + weighted;
                }
            }
            """).Load();
        (double value, double slope) = ((double, double))assembly.Call("Functions", "FGradient", 0.3, 3)!;
        double above = (double)assembly.Call("Functions", "F", 0.3 + 1e-6, 3)!, below = (double)assembly.Call("Functions", "F", 0.3 - 1e-6, 3)!;
        Assert.Equal((double)assembly.Call("Functions", "F", 0.3, 3)!, value, 1e-9);
        Assert.Equal((above - below) / 2e-6, slope, 1e-4 * (1 + Math.Abs(slope)));
    }

    [Fact]
    public void A_chain_saves_bytes_in_proportion_to_its_length()
    {
        LoadedAssembly assembly = GeneratorHarness.Run(Chain("[Differentiable]", "Loop({0})")).Load();
        long[] bytes = [.. Enumerable.Range(1, Depth - 1).Select(n => (long)assembly.Call("Functions", $"Bytes{n}", 0.3)!)];
        long each = bytes[1] - bytes[0];
        Assert.InRange(each, 8, 200);
        for (int n = 1; n < bytes.Length; n++) Assert.Equal(each, bytes[n] - bytes[n - 1]);
    }

    [Fact]
    public void A_pullback_leaves_the_stack_as_it_found_it()
    {
        LoadedAssembly assembly = GeneratorHarness.Run(Chain("[Differentiable]", "Loop({0})")).Load();
        Assert.Equal(0, (long)assembly.Call("Functions", "Left", 0.3)!);
    }

    [Fact]
    public void Small_methods_that_call_two_others_are_not_inlined_without_end()
    {
        var source = new System.Text.StringBuilder("public static partial class Functions\n{\n[Differentiable] public static double F0(double x) => x * x;\n");
        for (int n = 1; n <= 25; n++)
            source.Append(CultureInfo.InvariantCulture, $"[Differentiable] public static double F{n}(double x) => F{n - 1}(x) * F{n - 1}(x + 1);\n");
        GeneratorRun run = GeneratorHarness.Run(source.Append('}').ToString());
        run.Compile();
        Assert.InRange(run.GeneratedSources.Values.Max(static s => s.Length), 1, 100_000);
    }

    // F_n(x) = sin(g(F_{n−1}(x))), where g has a loop and is not inlined.
    private static string Chain(string attributes, string inner)
    {
        var source = new System.Text.StringBuilder("""
            public static partial class Functions
            {
                [Differentiable] public static double Loop(double x) { for (int i = 0; i < 2; i++) x = Math.Cos(x) * x; return x; }
                [Differentiable] public static double F0(double x) => x;
            """);
        for (int n = 1; n <= Depth; n++)
        {
            string call = string.Format(CultureInfo.InvariantCulture, inner, $"F{n - 1}(x)");
            source.Append(CultureInfo.InvariantCulture, $$"""

                {{attributes}} public static double F{{n}}(double x) { for (int i = 0; i < 1; i++) x = x * 1.5; return Math.Sin({{call}}); }
                public static long Bytes{{n}}(double x)
                {
                    AutoDiff.Generated.ResidualStack residuals = default;
                    F{{n}}Record(x, ref residuals);
                    return residuals.Bytes;
                }

                """);
        }

        return source.Append(CultureInfo.InvariantCulture, $$"""

                public static long Left(double x)
                {
                    AutoDiff.Generated.ResidualStack residuals = default;
                    F{{Depth}}Record(x, ref residuals);
                    F{{Depth}}Pullback(x, 1, ref residuals);
                    return residuals.Bytes;
                }
            }
            """).ToString();
    }

    private static string Between(string text, string from, string to)
    {
        int start = text.LastIndexOf(from, StringComparison.Ordinal);
        return text[start..text.IndexOf(to, start, StringComparison.Ordinal)];
    }

    private static int Count(string text, string word) => text.Split(word).Length - 1;
}
