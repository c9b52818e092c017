namespace AutoDiff.Generators.Tests.HostileNames;

/// <summary>Names and containers that break generators which paste text together.</summary>
public class HostileNameTests
{
    [Fact]
    public void Namespaces_called_System_and_AutoDiff_inside_ones_own()
        => Gives(6, "Mine.System.Functions", """
            namespace Mine.System
            {
                public static partial class Functions
                {
                    [Differentiable] public static double F(double x) => global::System.Math.Abs(x) * x;
                    public static double Use() => FGradient(3.0).DX;
                }
            }

            namespace Mine.System.Math { public static class Abs; }
            namespace Mine.AutoDiff { public static class Generated; }
            """);

    [Fact]
    public void Types_called_as_those_that_generated_code_uses()
        => Gives(6, "Functions", """
            public static class Math;
            public static class Guard;
            public struct Span;
            public struct Double;
            public static partial class Functions
            {
                [Differentiable] public static double F(ReadOnlySpan<double> x) => x[0] * x[0];
                public static double Use() { double[] d = new double[1]; FGradient([3.0], d); return d[0]; }
            }
            """);

    [Fact]
    public void Parameters_called_as_keywords()
        => Gives(3 + 2, "Functions", """
            public static partial class Functions
            {
                [Differentiable] public static double F(double @class, double @double, double @ref) => @class * @double + @ref;
                public static double Use() { var r = FGradient(2.0, 3.0, 4.0); return r.DClass + r.DDouble; }
            }
            """);

    [Fact]
    public void Methods_types_and_namespaces_called_as_keywords()
        => Gives(6, "class.event.struct", """
            namespace @class.@event
            {
                public static partial class @struct
                {
                    [Differentiable] public static double @for(double @in) => @in * @in;
                    public static double Use() => forGradient(3.0).DIn;
                }
            }
            """);

    [Fact]
    public void Parameters_called_as_what_the_generator_declares()
        => Gives(4 * 2 * 3, "Functions", """
            public static partial class Functions
            {
                [Differentiable]
                public static double F(double value, double dvalue, double dResult, ReadOnlySpan<double> accumulate, double scratch, double i, double trips, double s)
                {
                    double dx = value * dvalue;
                    for (int k = 0; k < accumulate.Length; k++) dx = dx * accumulate[k] + scratch * dResult;
                    while (dx > 1000 + trips) dx = dx * i;
                    return dx * dx / dx + s;
                }

                public static double Use()
                {
                    double[] d = new double[1];
                    var r = FGradient(2.0, 3.0, 4.0, [4.0], 5.0, 6.0, 7.0, 8.0, d);
                    return d[0] * r.DDvalue / 2;
                }
            }
            """);

    [Fact]
    public void Nested_generic_record_struct_and_interface_containers()
        => Gives(4 * 6, "User", """
            public partial record Record<T>(T Item)
            {
                public partial record struct Inner
                {
                    [Differentiable] public static double F(double x) => x * x;
                }
            }

            public partial struct Struct
            {
                [Differentiable] public static double F(double x) => x * x;
            }

            public partial interface IFace<in TIn, out TOut> where TIn : class
            {
                [Differentiable] static double F(double x) => x * x;
            }

            public partial class Outer
            {
                private protected partial class Inner<T> where T : struct
                {
                    [Differentiable] internal static double F(double x) => x * x;
                }

                public static double Use() => Inner<int>.FGradient(3.0).DX;
            }

            public static class User
            {
                public static double Use() => Record<int>.Inner.FGradient(3.0).DX + Struct.FGradient(3.0).DX + IFace<string, int>.FGradient(3.0).DX + Outer.Use();
            }
            """);

    [Fact]
    public void Overloads_and_names_that_differ_in_case_only()
        => Gives(6 + 9 + 1 + 1, "User", """
            public static partial class Functions
            {
                [Differentiable] public static double F(double x) => x * x;
                [Differentiable] public static double F(double x, double y) => x * x * y;
                [Differentiable] public static float F(float x) => x;
                [Differentiable] public static double f(double x) => x;
            }

            #pragma warning disable CS8981
            public static partial class functions
            #pragma warning restore CS8981
            {
                [Differentiable] public static double F(double x) => x;
            }

            public static class User
            {
                public static double Use() => Functions.FGradient(3.0).DX + Functions.FGradient(3.0, 3.0).DY + Functions.fGradient(3.0).DX + functions.FGradient(1.0).DX
                    + 0 * Functions.FGradient(1f).DX;
            }
            """);

    [Fact]
    public void Two_namespaces_with_the_same_type()
        => Gives(6 + 1, "User", """
            namespace A { public static partial class Functions { [Differentiable] public static double F(double x) => x * x; } }
            namespace B { public static partial class Functions { [Differentiable] public static double F(double x) => x; } }
            public static class User { public static double Use() => A.Functions.FGradient(3.0).DX + B.Functions.FGradient(3.0).DX; }
            """);

    private static void Gives(double expected, string type, string source)
    {
        double actual = GeneratorHarness.Run(source).Load().Call(type, "Use")!;
        Assert.Equal(expected, actual, 1e-12);
    }
}
