using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Generators.Tests.FrontEnd;

/// <summary>The interpreted IR of a method computes what the compiled method computes, bit for bit.</summary>
public class ScalarLoweringTests
{
    private static readonly double[] Points = [-2.5, -1, -0.25, 0, 0.5, 1, 3.75, 12];

    [Theory]
    [InlineData("return x * x + 2 * y - x / (y * y + 1) % 3;")]
    [InlineData("double a = x; a += y; a -= 0.5; a *= a; a /= 3; a %= 7; return a;")]
    [InlineData("double a = x; double b = a++ + --a; int i = 3; i++; i <<= 1; i |= 1; i ^= 2; return b + i + i / 2 + (i >> 1) + -i + ~i;")]
    [InlineData("double a, b; a = b = x + y; return a * b;")]
    [InlineData("var (a, b) = (x, y); (a, b) = (b, a + b); return a - 2 * b;")]
    [InlineData("return x > y ? x * 2 : y - 1;")]
    [InlineData("return x > 0 && y > 0 || !(x < y) && Math.Sqrt(x + 5) > 2 ? 1.5 : x;")]
    [InlineData("if (x > 0) return x; if (y > 0) { y += 1; if (y > 2) return y; } else if (x < -1) return -x; return x + y;")]
    [InlineData("double s = 0; if (x > 0) { if (y > 0) { if (x > y) return 1; s = 2; } s += 3; } s += x; return s;")]
    [InlineData("double s = 0; for (int i = 0; i < 5; i++) s += x * i; return s;")]
    [InlineData("double s = 0; for (int i = 10; i >= 1; i -= 3) s = s * 0.5 + i * x; return s;")]
    [InlineData("double s = 0; for (int i = 2; i <= 9; i = i + 2) { if (i == 4) continue; if (s > 20) break; s += i * y; } return s;")]
    [InlineData("double s = 1; for (int i = 0; 7 > i; ++i) for (int j = i; j < 7; j++) { if (j == 5) break; if (s > 50) return s - 1; s += x; } return s;")]
    [InlineData("double s = x; int n = 0; while (s < 10 && n < 30) { n++; if (n == 3) continue; s += 0.7; if (s == y) return n; } return s + n;")]
    [InlineData("double s = x; do { s = s / 2 + 1; } while (s > 2.5 || s < 1.5); return s;")]
    [InlineData("double s = 0; for (double t = x; t < 4; t += 0.75) s += t * y; return s;")]
    [InlineData("double s = 0; int i = 0; for (; ; ) { if (i++ > 4) break; s += i * x; } return s;")]
    [InlineData("double s = 0; for (int i = 0; i < 6; i++) { int j = i; while (true) { if (j > 7) break; j += 2; if (j % 3 == 0) continue; s += j * x; if (s > 90) return -s; } } return s;")]
    [InlineData("switch ((int)x) { case 0: return y; case 1: case 3: y *= 2; break; case 12: { if (y > 1) break; y = 9; break; } default: y -= x; break; } return y;")]
    [InlineData("return (int)y switch { 0 => x, > 2 and < 5 => x * 2, 1 or 12 => 7, < 0 when x > 0 => -1, _ => y };")]
    [InlineData("return x is > 0 and < 4 ? 1 : y is not 1 ? 2 : 3;")]
    [InlineData("for (int i = 0; i < 4; i++) { switch (i) { case 1: continue; case 2: x += 1; break; default: y += x; break; } x *= 1.5; } return x + y;")]
    [InlineData("if (x > 100) throw new ArgumentException($\"{{x}} is {x}\", nameof(x)); if (y < -50) { throw new InvalidOperationException(\"no\"); } return x + y;")]
    [InlineData("double s; if (x > 100) throw new ArgumentException(\"a\" + y); else s = x; ArgumentOutOfRangeException.ThrowIfGreaterThan(y, 90.0); return s * (y < 70 ? y : throw new Exception());")]
    [InlineData("return (int)x switch { > -99 => y, _ => throw new ArgumentOutOfRangeException(nameof(x), x, \"of\") };")]
    [InlineData("const double k = 2.5; return k * x + C.Scale * y + C.Table + int.MaxValue + double.Epsilon + Math.PI;")]
    [InlineData("int n = (int)x; long m = n; float f = (float)y; byte b = (byte)(n & 15); b += 3; short s = (short)(b - n); return n + m * f + b / 2 + s + (double)f;")]
    [InlineData("static double Square(double v) => v * v; double Shift(double v) { x += 1; return v + x; } return Square(y) + Shift(2) + Shift(3) + x;")]
    [InlineData("Func<double, double> f = t => t * t + y; Func<double, double> g = C.Twice; return f(x) + g(f(2));")]
    [InlineData("C.Bump(ref x, 2, out double z); return x * 10 + z + C.Sum3(c: x, a: 1, b: y);")]
    [InlineData("return C.Twice(C.Twice(x)) + C.Early(x) + C.Early(-y);")]
    [InlineData("var p = new P(x, y); p.X += 2; var q = p.Add(new P(1, p.Y)) * 3; q.Scale(0.5); var r = q with { Y = 4 }; return p.Length2 + q.X * r.Y + default(P).X;")]
    [InlineData("var a = new R(x, 2); var b = new Pair { First = y, Second = a.B }; (double s, double c) = Math.SinCos(a.A); return s * c + b.First - b.Second;")]
    [InlineData("P p = x > 0 ? new P(1, y) : new P(x, 2); for (int i = 0; i < 3; i++) p = p * 1.5; return p.X - p.Y;")]
    public void Statements(string body)
    {
        var source = new LoweringSource($$"""
            public static class C
            {
                public const double Scale = 0.75;
                public static readonly double Table = Math.Sqrt(2) * Scale + 1;
                public static double F(double x, double y) { {{body}} }
                public static double Twice(double v) { double w = v; w += v; return w; }
                public static double Early(double v) { if (v > 1) return 1; for (int i = 0; i < 3; i++) { v += 0.5; if (v > 1.2) return v * 2; } return v; }
                public static void Bump(ref double v, double by, out double old) { old = v; v += by; }
                public static double Sum3(double a, double b, double c) => a + 2 * b + 3 * c;
            }
            public struct P(double x, double y)
            {
                public double X = x, Y = y;
                public readonly double Length2 => X * X + Y * Y;
                public readonly P Add(P other) => new() { X = X + other.X, Y = Y + other.Y };
                public void Scale(double by) { X *= by; Y *= by; }
                public static P operator *(P p, double k) { var r = p; r.Scale(k); return r; }
            }
            public record struct R(double A, double B);
            public struct Pair { public double First { get; init; } public double Second { get; init; } }
            """);
        Function function = source.Function();
        var compiled = source.Compiled<Func<double, double, double>>();
        foreach (double x in Points)
        {
            foreach (double y in Points)
            {
                double expected = compiled(x, y);
                var actual = (InterpretedScalar)new Interpreter().Run(function, [new InterpretedScalar(x), new InterpretedScalar(y)])[0];
                Assert.True(expected.Equals(actual.Number.Real), $"{body} at ({x}, {y}): {expected} is not {actual.Number.Real}\n{IrPrinter.Print(function)}");
            }
        }
    }

    [Theory]
    [InlineData("Math.Abs(x) + Math.Sign(y) + Math.CopySign(2, x)")]
    [InlineData("Math.Max(x, y) - Math.Min(x, 2) + Math.Clamp(y, -1, 1.5)")]
    [InlineData("Math.Floor(x) + Math.Ceiling(y) + Math.Round(x) + Math.Truncate(y) + Math.Round(y, MidpointRounding.ToEven)")]
    [InlineData("Math.Exp(x / 4) + Math.Sin(y) * Math.Cos(x) - Math.Tan(0.1 * y)")]
    [InlineData("Math.Tanh(x) + Math.Sinh(y / 9) - Math.Cosh(0.1 * x) + Math.Atan2(y, x) + Math.Atan(x)")]
    [InlineData("Math.Log(1 + x * x) + Math.Log2(2 + y * y) + Math.Log10(5) + Math.Log(x * x + 2, 3)")]
    [InlineData("Math.Sqrt(x * x) + Math.Cbrt(y) + Math.Pow(Math.Abs(x), 1.5) + Math.FusedMultiplyAdd(x, y, 1)")]
    [InlineData("double.Hypot(x, y) + double.Exp(0.2 * x) + double.Max(x, y) + double.Lerp(x, y, 0.3)")]
    [InlineData("(double)MathF.Sqrt((float)(x * x)) + float.Abs((float)y)")]
    [InlineData("(double.IsNaN(x / 0 * 0) ? 1 : 2) + (double.IsFinite(y) ? x : 0)")]
    public void Functions(string expression)
    {
        LoweringSource source = LoweringSource.Members($"public static double F(double x, double y) => {expression};");
        Function function = source.Function();
        var compiled = source.Compiled<Func<double, double, double>>();
        foreach (double x in Points)
        {
            foreach (double y in Points)
            {
                double expected = compiled(x, y);
                double actual = ((InterpretedScalar)new Interpreter().Run(function, [new InterpretedScalar(x), new InterpretedScalar(y)])[0]).Number.Real;
                Assert.True(Math.Abs(expected - actual) <= 1e-14 * Math.Max(1, Math.Abs(expected)) || expected.Equals(actual), $"{expression} at ({x}, {y}): {expected} is not {actual}");
            }
        }
    }
}
