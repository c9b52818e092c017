using AutoDiff.Generators.Tests;

namespace AutoDiff.Conformance;

/// <summary>What cannot carry a derivative is an error at its own span, which says what to write instead; a method with one has no derivatives at all.</summary>
public class OutsideFacts
{
    [Theory]
    [InlineData("async Task<double> F(double x) { await Task.Delay(1); return x; }", "DIFF1003: F", "return a number")]
    [InlineData("IEnumerable<double> F(double x) { yield return x; }", "DIFF1003: F", "return a number")]
    [InlineData("double F(double x) { dynamic d = x; return d * 2; }", "DIFF1002: x", "numbers")]
    [InlineData("double F(double x) => (double)typeof(Math).GetMethod(\"Sin\")!.Invoke(null, [x])!;", "DIFF1002: typeof(Math)", "arithmetic")]
    [InlineData("double F(double x) { object o = x; return (double)o; }", "DIFF1002: x", "convert between numbers")]
    [InlineData("double F(double x) { lock (Gate) return x; } static readonly object Gate = new();", "DIFF1001: lock (Gate) return x;", "in the caller")]
    [InlineData("double F(double x) { File.WriteAllText(\"a\", x.ToString()); return x; }", "DIFF1002: x.ToString()", "in the caller")]
    [InlineData("double F(double x) => double.Parse($\"{x}\");", "DIFF1004: double.Parse($\"{x}\")", "write the formula")]
    [InlineData("double F(double x) => Task.Run(() => x).Result;", "DIFF1004: Task.Run(() => x)", "return a number")]
    [InlineData("double F(double x) { Console.WriteLine(x); return x; }", "DIFF1101: Console.WriteLine(x)", "Ad.Detach")]
    [InlineData("double F(double x) { var b = new System.Runtime.CompilerServices.StrongBox<double>(x * x); return b.Value * x; }", "DIFF1101: new System.Runtime.CompilerServices.StrongBox<double>(x * x)", "hands it on without")]
    [InlineData("double F(double[] x) { var c = new System.Collections.ObjectModel.ReadOnlyCollection<double>(x); return c[0] * x[0]; }", "DIFF1101: new System.Collections.ObjectModel.ReadOnlyCollection<double>(x)", "Ad.Detach")]
    [InlineData("double F(double x) { var t = new Tuple<double, double>(x, 2 * x); return t.Item1 * t.Item2; }", "DIFF1101: new Tuple<double, double>(x, 2 * x)", "hands it on without")]
    [InlineData("double F(double x) { s_last = x; return x; } static double s_last;", "DIFF1005: s_last", "return the new value")]
    [InlineData("double F(double x) { foreach (string t in new[] { \"a\", \"b\" }) x *= 2; return x; }", "DIFF1001: new[] { \"a\", \"b\" }", "A foreach over 'string[]'")]
    [InlineData("double F(double x) { double[] a = [x, 1]; Array.Sort(a, (p, q) => q.CompareTo(p)); return a[0]; }", "DIFF1002: (p, q) => q.CompareTo(p)", "call it here")]
    [InlineData("decimal F(double x) => (decimal)x;", "DIFF1003: F", "return a number")]
    [InlineData("string F(double x) => x.ToString();", "DIFF1003: F", "return a number")]
    [InlineData("double F(Func<double, double> f, double x) => f(x);", "DIFF1004: f(x)", "call a method, or a lambda")]
    [InlineData("double F(double x) { top: x *= 2; if (x < 9) goto top; return x; }", "DIFF1001: goto top;", "use a loop")]
    [InlineData("double F(double x) { try { if (x < 0) throw new ArgumentException(); } catch (ArgumentException) { throw; } return x; }", "DIFF1001: throw;", "throw a new exception")]
    [InlineData("double F(double[] x) { try { return x[3]; } catch (IndexOutOfRangeException) { return 0; } }", "DIFF1001: catch (IndexOutOfRangeException) { return 0; }", "an element, which may be out of range")]
    [InlineData("double F(double[] x) { try { return x.AsSpan(3)[0]; } catch (ArgumentException) { return 0; } }", "DIFF1001: catch (ArgumentException) { return 0; }", "an element, which may be out of range")]
    [InlineData("double F(double[] x) { try { return Math.Clamp(x[0], x[1], x[2]); } catch (ArgumentException) { return 0; } }", "DIFF1001: catch (ArgumentException) { return 0; }", "test before")]
    [InlineData("double F(double x, int n) { var a = new List<double> { x }; try { return a[n]; } catch (ArgumentException) { return 0; } }", "DIFF1001: catch (ArgumentException) { return 0; }", "test before")]
    [InlineData("double F(double x, int n) { try { var a = new double[n]; return x * a.Length; } catch (OverflowException) { return 0; } }", "DIFF1001: catch (OverflowException) { return 0; }", "length may be negative")]
    [InlineData("double F(double x) { var a = new List<double>(); var b = a; b.Add(x); return a[0]; }", "DIFF1002: a", "keep the list in the local")]
    [InlineData("double F(double x) => System.Runtime.Intrinsics.Vector128.Shuffle(System.Runtime.Intrinsics.Vector128.Create(x), System.Runtime.Intrinsics.Vector128.Create(1L, 0L))[0];",
        "DIFF1004: System.Runtime.Intrinsics.Vector128.Shuffle(System.Runtime.Intrinsics.Vector128.Create(x), System.Runtime.Intrinsics.Vector128.Create(1L, 0L))", "write it over the lanes")]
    [InlineData("double F(System.Numerics.Vector<double> v) => v[0];", "DIFF1003: v", "spans and arrays of numbers")]
    [InlineData("double F(double x) { var a = new double[2][]; var b = a; a[0] = [x]; return b[0][0]; }", "DIFF1002: a", "use the local that it was created for")]
    public void Is_reported_where_it_is(string members, string expected, string instead)
    {
        GeneratorRun run = GeneratorHarness.Run(
            ["using System.IO; using System.Threading.Tasks; public static partial class P { [Differentiable] public static " + members + " }"]);
        Assert.Contains(expected, run.Reported);
        Assert.Contains(run.Diagnostics, d => d.GetMessage(null).Contains(instead, StringComparison.Ordinal));
        Assert.Empty(run.GeneratedSources);
    }
}
