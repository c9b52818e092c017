using AutoDiff.Generators.Tests;

namespace AutoDiff.Conformance;

/// <summary>Section 16: what cannot be followed is reported at the very token, and such a method emits nothing.</summary>
public class DiagnosticFacts
{
    [Theory]
    [InlineData("nondiff_callee", "double F(double x) => x * Convert.ToDouble(x);", "DIFF1101: Convert.ToDouble(x)")]
    [InlineData("lost_assign", "double F(double x) { int n = 0; n = (int)x; return n * x; }", "DIFF1101: (int)x")]
    [InlineData("lost_ref_arg", """
        double F(double x) { double y = 0; int n = 0; Set(ref y, ref n, x); return y; }
        static void Set(ref double y, ref int n, double x) { n = (int)x; y = x * n; }
        """, "DIFF1101: (int)x")]
    [InlineData("carry_through_loop_backedge", """
        double F(double x) { double b = 1; int k = 0; for (int i = 0; i < 3; i++) { k = (int)b; b = x * i; } return b + k; }
        """, "DIFF1101: (int)b")]
    [InlineData("static_field_write", "double F(double x) { s_total = x; return x; } static double s_total;", "DIFF1005: s_total")]
    [InlineData("table_write", "double F(double x) { s_table[0] = x; return s_table[0]; } static readonly double[] s_table = [1];", "DIFF1005: s_table[0] = x")]
    [InlineData("table_part_write", "double F(double x) { s_table[0].A += 1; return x; } static readonly (double A, int B)[] s_table = [(1, 2)];", "DIFF1005: s_table[0].A += 1")]
    [InlineData("table_row_write", "double F(double x) { var row = s_table[0]; row[1]++; return x; } static readonly double[][] s_table = [[1, 2]];", "DIFF1005: row[1]++")]
    [InlineData("table_write_in_helper", "double F(double x) { Put(s_table); return x; } static void Put(double[] c) => c[0] = 1; static readonly double[] s_table = [1];", "DIFF1005: c[0] = 1")]
    [InlineData("table_handed_on", "double F(double x) { Array.Sort(s_table); return x; } static readonly double[] s_table = [1];", "DIFF1005: s_table")]
    [InlineData("table_out_of_reach", "double F(double x) => Other.First() * x; static class Other { private static readonly double[] s_table = [1]; public static double First() => s_table[0]; }", "DIFF1005: s_table")]
    [InlineData("int_roundtrip", "double F(double x) => 2 * (double)(int)x;", "DIFF1101: (int)x")]
    [InlineData("int_cast_stops", "float F(float x) => (float)(int)x;", "DIFF1101: (int)x")]
    [InlineData("no_diff_on_inactive", "double F(double x) => x * Ad.Detach(3.0);", "DIFF1102: Ad.Detach(3.0)")]
    [InlineData("nonvaried_result", "double F(double x) => 3;", "DIFF1103: F")]
    [InlineData("recompute_side_effects", "[Recompute] void F(double x, Span<double> log) { log[0] = x; }", "DIFF0023: F")]
    [InlineData("unsupported_stmt", "double F(double x) { lock (typeof(P)) { return x; } }", "DIFF1001: lock (typeof(P)) { return x; }")]
    [InlineData("no_numeric_fallback", "double F(double x) => Bits(x) * x; static long Bits(double x) => BitConverter.DoubleToInt64Bits(x);",
        "DIFF1101: BitConverter.DoubleToInt64Bits(x)")]
    [InlineData("shift_xor_not", "double F(double x) => (long)x << 1;", "DIFF1101: (long)x")]
    [InlineData("type_without_tangent", "double F(decimal x) => (double)x;", "DIFF1003: x")]
    [InlineData("tangent_member_wrong", "double F(Hidden h) => h.Twice; public struct Hidden(double a) { private double _a = 3 * a; public double Twice => 2 * _a++; }", "DIFF1003: h")]
    [InlineData("delegate_param", "double F(Func<double, double> f, double x) => f(x);", "DIFF1004: f(x)")]
    [InlineData("lost_output", "double F(double x) { Console.WriteLine(x); return x; }", "DIFF1101: Console.WriteLine(x)")]
    [InlineData("order_assigns", "double F(double[] a) { int k = 0; return a.OrderBy(v => v * k++).First() * k; }", "DIFF1002: k++")]
    [InlineData("skip_assigns", "double F(double[] a) { double k = 0; return a.Select(v => k += v).Skip(2).Sum() * k; }", "DIFF1002: k += v")]
    [InlineData("count_assigns", "double F(double[] a) { double k = 0; return a.Select(v => k += v).Count() * k; }", "DIFF1002: k += v")]
    [InlineData("any_writes", "double F(double[] a) { var log = new double[1]; return a.Any(v => (log[0] += v) > 3) ? log[0] : 1; }", "DIFF1002: log[0] += v")]
    [InlineData("rows_assign", "double F(double[] a) { int k = 0; var rows = a.Select(v => new[] { v, k++ }).ToArray(); return rows[1][0]; }", "DIFF1002: k++")]
    [InlineData("rows_of_calls", "double F(double[] a) { var r = new Random(1); var rows = a.Select(v => new[] { v, r.NextDouble() }).ToArray(); return rows[1][0]; }",
        "DIFF1002: a.Select(v => new[] { v, r.NextDouble() })")]
    [InlineData("map_assigns", "float F([Shape(\"n\")] Tensor<float> x) { float k = 0; return Ops.Sum(Ops.Map(x, v => (k += v) * v)); }", "DIFF1002: k += v")]
    [InlineData("list_of_arrays", "double F(double x, List<double[]> rows) => rows[0][0] * x;", "DIFF1004: rows[0]")]
    [InlineData("missing_return", "double F(double x) { if (x > 0) return x; }", null)]
    public void Is_reported_at_its_token(string row, string members, string? expected)
    {
        GeneratorRun run = GeneratorHarness.Run("public static partial class P { " + Marked(members) + " }");
        string[] reported = [.. run.Reported];
        if (expected is null)
        {
            // The compiler says it better.
            Assert.True(reported.Length == 0, row);
            return;
        }

        Assert.Contains(expected, reported);
        bool isWarning = expected.StartsWith("DIFF1102", StringComparison.Ordinal) || expected.StartsWith("DIFF1103", StringComparison.Ordinal);
        Assert.Equal(isWarning ? 1 : 0, run.GeneratedSources.Count);
    }

    // No bound is asked for, and a loop that another variable counts for is an ordinary loop.
    [Theory]
    [InlineData("loop_bound_missing", "double F(double x) { double t = x; while (t < 100) t *= 1.5 + t; return t; }")]
    [InlineData("loop_wrong_variable", "double F(double x) { double t = x; int j = 0; for (int i = 0; j < 4; j++) t = t * x + i; return t; }")]
    [InlineData("shift_of_inactive", "double F(double x, int n) => x * (n << 1) + (~n ^ 3);")]
    public void Is_followed(string row, string members)
    {
        GeneratorRun run = GeneratorHarness.Run("public static partial class P { " + Marked(members) + " }");
        Assert.True(run.Diagnostics.IsEmpty, row);
        run.Compile();
    }

    private static string Marked(string members)
    {
        string attributes = members.StartsWith('[') ? members[..(members.IndexOf(']', StringComparison.Ordinal) + 1)] : "";
        return $"{attributes}[Differentiable] public static {members[attributes.Length..]}";
    }
}
