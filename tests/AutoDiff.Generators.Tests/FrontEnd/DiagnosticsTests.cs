using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Tests.FrontEnd;

/// <summary>What cannot be followed is a diagnostic at its own token, which says what to write instead.</summary>
public class DiagnosticsTests
{
    /// <param name="members">The members of C; what is expected to be marked is between «».</param>
    [Theory]
    [InlineData("public static double F(double x) { again: x++; if (x < 3) «goto again;» return x; }", "DIFF1001", "A goto to an earlier statement cannot be")]
    [InlineData("public static double F(double x) => x * ««$\"{x}\"».Length»;", "DIFF1002", "A string cannot be differentiated", false)]
    [InlineData("public static double F(«decimal x») => 1;", "DIFF1003", "'x' has the type 'decimal'", false)]
    [InlineData("public static double F(ref double[,] «x») => x[0, 0];", "DIFF1003", "'x' has the type 'double[*,*]', which cannot be differentiated: pass it by value")]
    [InlineData("public static double F([Shape(\"n\")] Tensor<double> a, out double «x») { x = 1; return 2; }", "DIFF1003", "write further results to spans")]
    [InlineData("public static double[] «F»([Shape(\"n\")] Tensor<double> a) => [Ops.Sum(a)];", "DIFF1003", "returns a number or a tensor")]
    [InlineData("public static double F(double x) => x * «double.Parse(\"1\")»;", "DIFF1004", "'Double.Parse' has no derivative rule")]
    [InlineData("static double[] s = [2]; public static double F(double x) => x * «s»[0];", "DIFF1005", "'s' is state outside the method: make it const")]
    [InlineData("static double s; public static double F(double x) { «s» = x; return x; }", "DIFF1005", "return the new value")]
    [InlineData("static volatile float s = 2; public static double F(double x) => x * «s»;", "DIFF1005", "'s' is state")]
    [InlineData("public static double F(double x) => «DateTime.Now».Ticks;", "DIFF1005", "'Now' is state outside the method: pass its value")]
    [InlineData("[Differentiable] public static double G(double x) => x; public static double F(double x) => «GHessian»(x);", "DIFF1006", "'GHessian' is written by the source generator, which does not see it here: a differentiable method can call")]
    [InlineData("public static double F(double x) { Func<double, double> f = Math.Sin; «f += Math.Cos»; return f(x); }", "DIFF1002", "A delegate of several functions")]
    [InlineData("static double G(Func<double, double> f, double x) => x > 1 ? G(f, x / 2) : f(x); public static double F(double x) => «G(Math.Sin, x)»;", "DIFF1004", "it calls itself, and only a body in place of the call sees what 'f' is")]
    [InlineData("public static double F(double x) { double G(double y) => y > 1 ? «G(y / 2)» : y; return G(x); }", "DIFF1004", "it calls itself; make it a static method", false)]
    [InlineData("public static double F([Shape(\"a (b\")] Tensor<double> «x») => Ops.Sum(x);", "DIFF1008", "The shape text \"a (b\" is not valid at position 5: a ')' is missing")]
    [InlineData("public static double F([Shape(\"a 3\")] Tensor<double> x, [Shape(\"4 a\")] Tensor<double> y) => Ops.Sum(«Ops.MatMul(x, y)»);", "DIFF1009", "the inner sizes of (a, 3) and (4, a) do not match: 3 is not 4")]
    [InlineData("public static double F([Shape(\"a 3\")] Tensor<double> x) => Ops.Sum(Ops.Sum(x, «2»));", "DIFF1009", "along axis 2 of (a, 3)")]
    [InlineData("public static double F([Shape(\"... 3\")] Tensor<double> x) => Ops.Sum(Ops.Sum(x, «0»));", "DIFF1010", "negative (counted from the end)")]
    [InlineData("public static double F([Shape(\"a 3\")] Tensor<double> x, double k) => Ops.Sum(Ops.Reshape(x, 3, «(int)k»));", "DIFF1010", "The argument 'lengths' of 'Reshape' must be made of constants, int parameters")]
    [InlineData("public static double F([Shape(\"a 3\")] Tensor<double> x, int axis) => Ops.Sum(Ops.Sum(x, «axis»));", "DIFF1010", "must be a constant")]
    [InlineData("public static double F([Shape(\"a 3\")] Tensor<double> x) { «for (int i = 0; i < 2; i++) x = Ops.Concat(0, x, x);» return Ops.Sum(x); }", "DIFF1011", "'x' holds tensors of different shapes")]
    [InlineData("public static double F(double a, int n, [Shape(\"p\")] Tensor<double> x, [Shape(\"q\")] Tensor<double> y) { «if (n % 2 == 1) { return a; }» x = y; return a; }", "DIFF1011", "'x' holds tensors of different shapes")]
    [InlineData("public static double F([Shape(\"a 3\")] Tensor<double> x) => Ops.Sum(Ops.Map(x, v => { if («v > 0») return 1; return v; }));", "DIFF1001", "A branch or loop on one element in Map", false)]
    [InlineData("public static double F([Shape(\"a 3\")] Tensor<double> x) { var y = x; «y += x»; return Ops.Sum(y); }", "DIFF1002", "write 'y = y …'")]
    [InlineData("[Differentiable] public static Tensor<double> G([Shape(\"n\")] Tensor<double> x) => x; public static double F([Shape(\"n\")] Tensor<double> x) => Ops.Sum(«G(x)»);", "DIFF1007", "add [return: Shape(\"…\")] to 'C.G'")]
    [InlineData("public static decimal «F»(double x) => (decimal)x;", "DIFF1003", "The result has the type 'decimal', which cannot be differentiated: return")]
    [InlineData("public struct P { private double x; } public static double F(P «p») => 1;", "DIFF1003", "cannot be read")]
    public void Unsupported(string members, string id, string message, bool marksExactly = true)
    {
        string source = members.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
        var lowering = LoweringSource.Members(source);
        LoweringResult result = lowering.Lower();
        Assert.Null(result.Function);
        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Contains(message, diagnostic.GetMessage(), StringComparison.Ordinal);
        if (!marksExactly) return;
        string marked = members[(members.IndexOf('«', StringComparison.Ordinal) + 1)..members.IndexOf('»', StringComparison.Ordinal)];
        Assert.Equal(marked, diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }

    [Fact]
    public void EveryConstructIsReportedAtOnce()
    {
        LoweringResult result = LoweringSource.Members("""
            static double[] s = [1];
            public static double F(double x)
            {
                double y = s[0];
                y += double.Parse("1");
                for (int i = 0; i < 3; i++) { lock (typeof(C)) { } }
                return y;
            }
            """).Lower();
        Assert.Equal(["DIFF1005", "DIFF1001"], result.Diagnostics.Select(static d => d.Id).Where(static id => id != "DIFF1004"));
    }

    [Fact]
    public void LocationsLeadBackToTheSource()
    {
        LoweringSource source = LoweringSource.Members("public static double F(double x) { double y = x * x; return Math.Sin(y) + 1; }");
        LoweringResult result = source.Lower();
        var sine = result.Function!.Body.Body.Single(static i => i is AutoDiff.Compiler.IR.Apply { Operation.Name: "sin" });
        Assert.Equal("Math.Sin(y)", Text(result.LocationOf(sine)!));
        Assert.Equal("y = x * x", Text(result.StepLocation(1)!));
        Assert.Equal("return Math.Sin(y) + 1;", Text(result.StepLocation(2)!));
        Assert.Null(result.StepLocation(0));
        Assert.Null(result.StepLocation(3));

        static string Text(Location location) => location.SourceTree!.ToString().Substring(location.SourceSpan.Start, location.SourceSpan.Length);
    }
}
