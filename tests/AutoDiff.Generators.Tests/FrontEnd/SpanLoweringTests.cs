using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Generators.Tests.FrontEnd;

public delegate double SpanMethod(ReadOnlySpan<double> a, Span<double> r, int n);

/// <summary>Methods of spans: what they return and what they leave in memory.</summary>
public class SpanLoweringTests
{
    [Theory]
    [InlineData("double s = 0; for (int i = 0; i < a.Length; i++) s += a[i] * a[^(i + 1)]; return s;")]
    [InlineData("double s = 0; foreach (double v in a) { if (v < 0) continue; s += v; if (s > 5) break; } return s;")]
    [InlineData("double s = 0; foreach (var v in a[1..^1]) s += v; return s + a[1..].Length + a[..2][1];")]
    [InlineData("for (int i = 0; i < r.Length; i++) r[i] = i * a[0]; r[1] += 2; r[2]++; r[^1] *= 3; return r[n];")]
    [InlineData("a.Slice(1, 3).CopyTo(r); r[3..].Fill(7); r.Slice(4).Clear(); return r[0] + r[3];")]
    [InlineData("Span<double> t = stackalloc double[n + 1]; t[n] = a[1]; Span<double> u = stackalloc double[] { 1, a[2], 3 }; (t[0], t[1]) = (t[1] + u[1], 4); return t[0] + t[1] * t[n] + u[2];")]
    [InlineData("double[] t = new double[a.Length]; a.CopyTo(t); double[] c = t[1..3]; c[0] = 9; double[] l = [1, a[0], 2]; var copy = a.ToArray(); return t[1] + c[0] * c.Length + l[1] + copy[2];")]
    [InlineData("Span<double> v = r; if (n > 2) v = r[1..]; v[0] = 5; v[1] = 6; return r[0] + r[1] + r[2];")]
    [InlineData("C.Scale(r, 2); C.Scale(r[2..], 3); return C.Dot(a, a) + C.Dot(a[..n], r);")]
    [InlineData("int k = 0; while (k < a.Length && a[k] < 1) k++; return k < a.Length ? a[k] : -1;")]
    [InlineData("ref double first = ref r[0]; first = 3; first += a[1]; return r[0];")]
    [InlineData("int best = 0; for (int i = 1; i < a.Length; i++) if (a[i] > a[best]) best = i; return a[best] + best;")]
    [InlineData("double s = 0; for (int i = 0; i < n; i++) { for (int j = 0; j < i; j++) { if (a[j] > 2) return s; s += a[i] * a[j]; } r[i] = s; } return s;")]
    public void Memory(string body)
    {
        LoweringSource source = LoweringSource.Members($$"""
            public static double F(ReadOnlySpan<double> a, Span<double> r, int n) { {{body}} }
            static void Scale(Span<double> v, double by) { for (int i = 0; i < v.Length; i++) v[i] *= by; }
            static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) { double s = 0; for (int i = 0; i < x.Length; i++) s += x[i] * y[i]; return s; }
            """);
        Function function = source.Function();
        var compiled = source.Compiled<SpanMethod>();
        double[] a = [0.5, -1.25, 2.5, 0.75, 3, -0.5];
        foreach (int n in new[] { 1, 3, 5 })
        {
            double[] expectedMemory = [1, 2, 3, 4, 5, 6];
            double expected = compiled(a, expectedMemory, n);
            var memory = new InterpretedBuffer(1, 2, 3, 4, 5, 6);
            var result = (InterpretedScalar)new Interpreter().Run(function, [new InterpretedBuffer(a), memory, new InterpretedScalar((long)n)])[0];
            Assert.True(expected.Equals(result.Number.Real), $"{body} for {n}: {expected} is not {result.Number.Real}\n{IrPrinter.Print(function)}");
            Assert.Equal(expectedMemory, memory.Reals());
        }
    }

    [Theory]
    [InlineData("double s = 0; for (int i = 0; i < r.Length; i++) s += r[i]; return s;", false)]
    [InlineData("double s = 0; for (int i = 0; i < r.Length; i++) s += r[i]; r[1..][0] = s; return s;", true)]
    [InlineData("return n > 0 ? G(r[1..], n - 1) : Inner(r);", true)]
    public void WhatACalleeWrites(string body, bool isWritten)
    {
        Function function = LoweringSource.Members($$"""
            public static double F(Span<double> r, int n) => G(r, n);
            [Differentiable] public static double G(Span<double> r, int n) { {{body}} }
            [Differentiable] public static double Inner(Span<double> r) { for (int i = 0; i < 2; i++) r[i] = 1; return 2; }
            """).Function();
        Call call = function.Body.Body.OfType<Call>().Single();
        Assert.Equal(isWritten, call.Callee.Parameters[0].IsWritten);
        Assert.Equal(isWritten, function.Parameters[0].IsWritten);
    }

    [Theory]
    [InlineData("r[0] = 1;", true)]
    [InlineData("var v = r[1..]; if (a.Length > 2) v = r; v[0] = 1;", true)]
    [InlineData("a.CopyTo(r);", true)]
    [InlineData("double s = r[0];", false)]
    public void WrittenBuffers(string body, bool isWritten)
    {
        Function function = LoweringSource.Members($"public static void F(ReadOnlySpan<double> a, Span<double> r) {{ {body} }}").Function();
        Assert.False(function.Parameters[0].IsWritten);
        Assert.Equal(isWritten, function.Parameters[1].IsWritten);
    }
}
