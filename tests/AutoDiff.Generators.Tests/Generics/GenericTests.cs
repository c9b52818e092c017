using AutoDiff.Generators.Tests.Calls;
using AutoDiff.Generators.Tests.Scalars;

namespace AutoDiff.Generators.Tests.Generics;

/// <summary>Methods that are written for any number type, with the same derivative for each.</summary>
public class GenericTests
{
    private const string Library = """
        using System.Numerics;

        public static partial class Lib
        {
            [Differentiable]
            public static T Wave<T>(T x, T y)
                where T : IFloatingPointIeee754<T>
            {
                T s = x * T.CreateChecked(0.5);
                for (int i = 0; i < 3; i++) s = T.Sin(s) * y + T.Exp(-s * s) - T.One / (T.CreateChecked(i) + x * x);
                return s > T.Zero ? T.Pow(s, y) : T.Abs(s) + T.Max(x, T.Zero);
            }

            [Differentiable]
            public static T Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
                where T : INumber<T>
            {
                T s = T.Zero;
                for (int i = 0; i < a.Length; i++) s += a[i] * b[i];
                return s;
            }

            [Differentiable]
            public static void Square<T>(Span<T> a)
                where T : struct, INumber<T>
            {
                Span<T> copy = new T[a.Length];
                a.CopyTo(copy);
                for (int i = 0; i < a.Length; i++) a[i] = copy[i] * copy[a.Length - 1 - i];
            }
        }

        public sealed partial class Poly<T>(T c)
            where T : IFloatingPointIeee754<T>
        {
            public T C { get; } = c;

            [Differentiable] public T Value(T x) => C * x * x + x;

            [Differentiable] public static T Cube(T x) { T s = T.One; for (int i = 0; i < 3; i++) s *= x; return s; }
        }
        """;

    [Fact]
    public void Generic_methods_are_called_with_a_concrete_type()
        => Slope.Check(Library + """

            public static partial class Functions
            {
                [Differentiable]
                public static double F(ReadOnlySpan<double> x)
                {
                    Span<double> a = new double[x.Length];
                    x.CopyTo(a);
                    Lib.Square(a);
                    return Lib.Wave(x[0], x[1]) * Lib.Dot(x, a) + Poly<double>.Cube(x[1]);
                }
            }
            """, 0.8, 1.7);

    [Theory]
    [InlineData("float", 1e-3)]
    [InlineData("double", 1e-9)]
    [InlineData("Half", 0.05)]
    public void The_gradient_is_the_same_in_every_number_type(string type, double tolerance)
    {
        LoadedAssembly assembly = GeneratorHarness.Run(Library + $$"""

            public static class User
            {
                public static double[] Slopes(double x, double y)
                {
                    var r = Lib.WaveGradient(({{type}})x, ({{type}})y);
                    {{type}}[] a = [({{type}})x, ({{type}})y], b = [({{type}})3, ({{type}})4], da = new {{type}}[2], db = new {{type}}[2];
                    {{type}} dot = Lib.DotGradient<{{type}}>(a, b, da, db);
                    var p = new Poly<{{type}}>(({{type}})2).ValueGradient(({{type}})x);
                    return [(double)r.Value, (double)r.DX, (double)r.DY, (double)dot, (double)da[0], (double)db[1], (double)p.DX];
                }
            }
            """).Load();
        double x = 0.8, y = 1.7;
        double[] actual = assembly.Call("User", "Slopes", x, y)!;
        double W(double a, double b)
        {
            double s = a * 0.5;
            for (int i = 0; i < 3; i++) s = Math.Sin(s) * b + Math.Exp(-s * s) - 1 / (i + a * a);
            return s > 0 ? Math.Pow(s, b) : Math.Abs(s) + Math.Max(a, 0);
        }

        const double H = 1e-6;
        double[] expected =
        [
            W(x, y), (W(x + H, y) - W(x - H, y)) / (2 * H), (W(x, y + H) - W(x, y - H)) / (2 * H), 3 * x + 4 * y, 3, y, 2 * 2 * x + 1,
        ];
        Assert.Equal(expected, actual, Near.Within(Math.Max(tolerance, 1e-7)));
    }

    [Fact]
    public void Two_number_types_in_one_method_are_refused()
        => Assert.Equal(["DIFF1003: F"], GeneratorHarness.Run("""
            using System.Numerics;
            public static partial class Functions
            {
                [Differentiable] public static T F<T, U>(T x, U y) where T : INumber<T> where U : INumber<U> => x;
            }
            """).Reported);
}
