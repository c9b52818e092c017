namespace AutoDiff.Generators.Tests.Rules;

/// <summary>
/// Rules for both modes. The registered slopes are none that a body has, so that a rule which is not used shows: reverse mode must give the one of <c>MVjp</c>, forward mode that of
/// <c>MJvp</c>.
/// </summary>
public class RuleModeTests
{
    private const string Both = "Derivatives.Gradient | Derivatives.Jvp";

    [Fact]
    public void Of_a_method_of_the_framework()
        => Has(3, 5, "[Differentiable(" + Both + ")] public static double F(double x) => 1 + Math.ScaleB(x, 2);", """
            [DerivativeOf(typeof(Math), nameof(Math.ScaleB))]
            public static (double Value, double DX) ScaleBVjp(double x, int n, double dResult) => (Math.ScaleB(x, n), 3 * dResult);

            [DerivativeOf(typeof(Math), nameof(Math.ScaleB))]
            public static (double Value, double Tangent) ScaleBJvp(double x, int n, double xDot) => (Math.ScaleB(x, n), 5 * xDot);
            """);

    [Fact]
    public void Of_a_method_of_another_assembly_that_knows_nothing_of_derivatives()
    {
        LoadedAssembly library = GeneratorHarness.Run("namespace Lib; public static class Plain { public static double G(double x) => x * x; }").Load();
        Has(3, 5, "[Differentiable(" + Both + ")] public static double F(double x) => 1 + Lib.Plain.G(x);", """
            [DerivativeOf(typeof(Lib.Plain), nameof(Lib.Plain.G))]
            public static (double Value, double DX) GVjp(double x, double dResult) => (Lib.Plain.G(x), 3 * dResult);

            [DerivativeOf(typeof(Lib.Plain), nameof(Lib.Plain.G))]
            public static (double Value, double Tangent) GJvp(double x, double xDot) => (Lib.Plain.G(x), 5 * xDot);
            """, library);
    }

    [Fact]
    public void Of_each_overload()
        => Has(3 + 70, 5 + 110, """
            static double G(double x) => x;
            static double G(double x, int n) => x * n;

            [Differentiable(Derivatives.Gradient | Derivatives.Jvp)] public static double F(double x) => G(x) + G(x, 2);
            """, """
            [DerivativeOf(typeof(P), "G")] public static (double, double) One(double x, double d) => (x, 3 * d);
            [DerivativeOf(typeof(P), "G")] public static (double, double) OneJvp(double x, double xDot) => (x, 5 * xDot);
            [DerivativeOf(typeof(P), "G")] public static (double, double) Two(double x, int n, double d) => (x * n, 70 * d);
            [DerivativeOf(typeof(P), "G")] public static (double, double) TwoJvp(double x, int n, double xDot) => (x * n, 110 * xDot);
            """);

    [Fact]
    public void Of_an_override()
        => Has(3, 5, """
            [Differentiable(Derivatives.Gradient | Derivatives.Jvp)] public static double Call(Base b, double x) => b.Run(x);
            public static (double, double) FGradient(double x) => CallGradient(new Ruled(), x);
            public static (double, double) FJvp(double x, double xDot) => CallJvp(new Ruled(), x, xDot);
            """, "", types: """
            public partial class Base { [Differentiable(Derivatives.Gradient | Derivatives.Jvp)] public virtual double Run(double x) => 2 * x; }

            public partial class Ruled : Base
            {
                [Differentiable(Derivatives.Gradient | Derivatives.Jvp)] public override double Run(double x) => 7 * x;

                [DerivativeOf(typeof(Ruled), nameof(Run))] public (double Value, double DX) RunVjp2(double x, double dResult) => (7 * x, 3 * dResult);
                [DerivativeOf(typeof(Ruled), nameof(Run))] public (double Value, double Tangent) RunRuleJvp(double x, double xDot) => (7 * x, 5 * xDot);
            }
            """);

    [Fact]
    public void With_a_residual_in_reverse_mode()
        => Has(4 * 4, 5 * 5, """
            static double G(double x) => x;

            [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
            public static double F(double x) { double s = x; for (int i = 0; i < 2; i++) s = G(s); return s; }
            """, """
            [DerivativeOf(typeof(P), "G")] public static (double Value, (int Slope, string Note) Residual) GRecord(double x) => (x, (4, "kept"));
            [DerivativeOf(typeof(P), "G")] public static double GPullback(double x, (int Slope, string Note) residual, double d) => residual.Note == "kept" ? residual.Slope * d : double.NaN;
            [DerivativeOf(typeof(P), "G")] public static (double Value, double Tangent) GJvp(double x, double xDot) => (x, 5 * xDot);
            """);

    [Theory]
    [InlineData("static (double, double) GJvp(double x, float xDot) => (0, 0);", "xDot", "static (double Value, double Tangent) GJvp(double x, double xDot)")]
    [InlineData("static double GJvp(double x, double xDot) => 0;", "GJvp", "static (double Value, double Tangent) GJvp(double x, double xDot)")]
    [InlineData("static (double, double) GJvp(double x, double xDot, int n) => (0, 0);", "GJvp", "static (double Value, double Tangent) GJvp(double x, double xDot)")]
    public void One_of_forward_mode_with_the_wrong_signature_is_told_the_right_one(string rule, string at, string expected)
    {
        GeneratorRun run = GeneratorHarness.Run($$"""
            public static partial class P
            {
                static double G(double x) => x;

                [DerivativeOf(typeof(P), "G")] {{rule}}
            }
            """);
        Assert.Equal([$"DIFF0020: {at}"], run.Reported);
        Assert.Contains(expected, run.Diagnostics[0].GetMessage(null), StringComparison.Ordinal);
    }

    private static void Has(double slope, double tangent, string members, string rules, LoadedAssembly? library = null, string types = "")
    {
        LoadedAssembly assembly = GeneratorHarness.Run(
            [
                $"public static partial class P {{ {members}\n{rules} }}\n{types}",
                "public static class User { public static double Slope() => P.FGradient(2).Item2; public static double Tangent() => P.FJvp(2, 1).Item2; }",
            ], library is null ? [] : [library.Reference]).Load(library is null ? [] : [library]);
        Assert.Equal(slope, (double)assembly.Call("User", "Slope")!);
        Assert.Equal(tangent, (double)assembly.Call("User", "Tangent")!);
    }
}
