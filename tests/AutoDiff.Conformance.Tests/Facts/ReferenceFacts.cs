using AutoDiff.Generators.Tests;

namespace AutoDiff.Conformance;

/// <summary>References that lead nowhere throw as in the method itself, and those that cannot be followed are reported.</summary>
public class ReferenceFacts
{
    [Fact]
    public void A_reference_to_nothing_throws()
    {
        Assert.Equal((4.0, 4.0), ChosenObjects.NullIsUsedGradient(2, true));
        Assert.Throws<NullReferenceException>(() => ChosenObjects.NullIsUsed(2, false));
        Assert.Throws<NullReferenceException>(() => ChosenObjects.NullIsUsedGradient(2, false));
    }

    [Fact]
    public void What_is_opened_is_disposed_once_its_value_has_been_used()
    {
        var stream = new MemoryStream(new byte[3]);
        Assert.Equal((12.0, 12.0), UsingStatements.GivenGradient(2, stream, null));
        Assert.False(stream.CanRead);
        var other = new MemoryStream();
        UsingStatements.GivenVjp(2, new MemoryStream(), other, 1);
        Assert.False(other.CanRead);
    }

    [Fact]
    public void A_row_that_is_null_throws()
    {
        double[] a = [4, 3], da = [7, 7];
        Assert.Throws<NullReferenceException>(() => JaggedArrays.SomeRows(a, 2));
        Assert.Throws<NullReferenceException>(() => JaggedArrays.SomeRowsGradient(a, 2, da));
        Assert.Equal([7.0, 7], da);
    }

    [Theory]
    [InlineData("double F(double x) { Node n = null; for (int i = 0; i < 3; i++) n = new Node(x * i, n); return n.V; }", "DIFF1001: for", "make the objects and functions before the loop")]
    [InlineData("double F(double x) { Cell a = new(), b = new(); for (int i = 0; i < 3; i++) { a = new Cell { V = x }; b = a; } return a.V * b.V; }", "DIFF1001: for", "properties are only initialized")]
    [InlineData("double F(double x, Box o) { Box b = o; for (int i = 0; i < 3; i++) b = new Box(x * i); return b.V; }", "DIFF1002: b = new Box(x * i)", "make both in this method")]
    [InlineData("double F(double x) { Func<double, double> f = Math.Sin; for (int i = 0; i < 3; i++) { double k = x * i; f = v => v * k; } return f(x); }", "DIFF1001: for", "before the loop")]
    [InlineData("double F(double x) { Box a = new(x), b = a; for (int i = 0; i < 3; i++) { b = a; a = new Box(x * i); } return ReferenceEquals(a, b) ? x : 0; }", "DIFF1002: b", "compare what they hold")]
    [InlineData("double F(double[][] m, int d) => d == 0 ? m[0][0] : F(m, d - 1) * m[0][0];", "DIFF1004: F(m, d - 1)", "pass a span and its lengths")]
    [InlineData("double F(double x, Box o, bool c) { Box b = c ? new Box(x) : o; return b.V; }", "DIFF1002: c ? new Box(x) : o", "make both in this method")]
    [InlineData("double F(double x) { Action<double> a = v => x += v; a += v => x *= v; a(2); return x; }", "DIFF1002: a += v => x *= v", "call one function after the other")]
    [InlineData("double F(double x) { decimal d = 1.5m; return x * (double)d; }", "DIFF1002: 1.5m", "compute with double")]
    [InlineData("double F(double x) { var d = new Dictionary<string, double> { [\"a\"] = x }; return d[\"a\"]; }", "DIFF1002: new Dictionary<string, double> { [\"a\"] = x }", "a switch")]
    [InlineData("double F(double x) { again: x *= 2; if (x < 9) goto again; return x; }", "DIFF1001: goto again;", "use a loop")]
    public void What_cannot_be_followed_says_what_to_write(string method, string expected, string instead)
    {
        GeneratorRun run = GeneratorHarness.Run($"#nullable disable\npublic static partial class P {{ [Differentiable] public static {method} public sealed record Box(double V); public sealed record Node(double V, Node Next); public sealed class Cell {{ public double V {{ get; set; }} }} }}");
        Assert.Equal([expected], run.Reported);
        Assert.Contains(instead, run.Diagnostics[0].GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(run.GeneratedSources);
    }
}
