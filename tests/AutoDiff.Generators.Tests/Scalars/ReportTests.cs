using System.Text.RegularExpressions;

namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>The report of AutoDiffExplain=full: every value that a member stores stands in its card, with its bytes and the reason.</summary>
public partial class ReportTests
{
    /// <summary>A method; then the locals that its gradient keeps, and what it keeps for each iteration: type and reason.</summary>
    public static TheoryData<string, string, string[]> Methods => new()
    {
        { "double F(double x, double y) { double e = Math.Exp(x * y); return e * Math.Sin(y); }", "e, 8 bytes, in a local", [] },
        { "double F(double x, int n) { double t = x; for (int i = 0; i < n; i++) t *= t; return t; }", "", ["double: a state that the loop carries"] },
        { "double F(double x, int n) { float f = (float)x; for (int i = 0; i < n; i++) f *= f; return f; }", "", ["float: a state that the loop carries"] },
        {
            """
            double F(double x, int n)
            {
                double s = x; int k = 1;
                for (int i = 0; i < n; i++) { k = k * k % 7; s = Math.Sin(s) * k; }
                while (s > 0.1) s = s * 0.5 * Math.Cos(s);
                return Math.Exp(s);
            }
            """, "trips and value, 12 bytes, in locals",
            [
                "double: a state that the loop carries", "double: a state that the loop carries", "double: it depends on what the loop carries", "int: it depends on what the loop carries",
            ]
        },
        { "double F(double x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x * i * i; return s; }", "", [] },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_card_of_a_gradient_lists_what_it_stores(string method, string locals, string[] stacks)
    {
        string text = Generated(method);
        string gradient = text[..text.IndexOf("Vector-Jacobian product", StringComparison.Ordinal)];
        string[] declared = [.. Tape().Matches(gradient).Select(static m => $"{m.Groups[1].Value}: {m.Groups[2].Value}").Order(StringComparer.Ordinal)];
        Assert.Equal(stacks.Order(StringComparer.Ordinal), declared);
        string saved = Assert.Single(gradient.Split('\n'), static line => line.Contains("/// Saved:", StringComparison.Ordinal));
        Assert.Contains(locals, saved, StringComparison.Ordinal);
        Assert.Equal(locals.Length == 0 && stacks.Length == 0, saved.EndsWith("Saved: nothing.", StringComparison.Ordinal));
        string[] listed = [.. Listed().Matches(saved).Select(static m => $"{m.Groups[1].Value} bytes: {m.Groups[2].Value}").Order(StringComparer.Ordinal)];
        Assert.Equal(stacks.Select(Bytes).Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public void The_halves_of_a_pair_and_members_of_several_directions_say_it_too()
    {
        string text = Generated("double F(double x, int n) { double t = x; for (int i = 0; i < n; i++) t *= Math.Sin(t); return Math.Exp(t); }", "Derivatives.Hvp");
        string record = text[text.IndexOf("The forward half", StringComparison.Ordinal)..text.IndexOf("The backward half", StringComparison.Ordinal)];
        string saved = Assert.Single(record.Split('\n'), static line => line.Contains("Saved on a stack:", StringComparison.Ordinal));
        Assert.Contains("t, 8 bytes for each iteration: a state that the loop carries", saved, StringComparison.Ordinal);
        Assert.Equal(Occurrences(record, "residuals.Push("), Occurrences(saved, " bytes"));

        string product = text[text.IndexOf("Hessian-vector product", StringComparison.Ordinal)..];
        product = product[..product.IndexOf("finally", StringComparison.Ordinal)];
        saved = Assert.Single(product.Split('\n'), static line => line.Contains("Saved on a stack:", StringComparison.Ordinal));
        Assert.Contains("tDot, 8 bytes for each iteration", saved, StringComparison.Ordinal);
        Assert.Equal(Occurrences(product, "  // saved: "), Occurrences(saved, " bytes"));
    }

    private static string Bytes(string stack) => (stack.StartsWith("double", StringComparison.Ordinal) ? "8" : "4") + " bytes" + stack[stack.IndexOf(':', StringComparison.Ordinal)..];

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;

    private static string Generated(string method, string more = "Derivatives.Gradient")
    {
        GeneratorRun run = GeneratorHarness.Run(
            [$$"""public static partial class P { [Differentiable(Derivatives.Gradient | {{more}})] public static {{method}} }"""],
            options: new Dictionary<string, string> { ["AutoDiffExplain"] = "full" });
        run.Compile();
        return run.Generated("F.Derivatives.g.cs");
    }

    [GeneratedRegex(@"ResidualStack<(\w+)> \w+ = default;  // saved: (.*)")]
    private static partial Regex Tape();

    [GeneratedRegex(@"(\d+) bytes for each iteration, on a stack: ([^;.]*)")]
    private static partial Regex Listed();
}
