using System.Globalization;

namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>
/// Loops, branches and memory as users write them: each body is a function of a span, whose generated gradient is compared with central differences and whose
/// generated value with the method itself.
/// </summary>
public class ProgramTests
{
    private static readonly (string Name, string Body, double[] X)[] Programs =
    [
        ("Sum", "double s = 0; foreach (double v in x) s += v * v; return s;", [1, -2, 0.5]),
        ("NoIterations", "double s = 1; for (int i = 5; i < x.Length; i++) s *= x[i]; return s * x[0];", [1, -2, 0.5]),
        ("RunningProduct", "double p = 1; for (int i = 0; i < x.Length; i++) p *= x[i]; return p;", [1, -2, 0.5, 3]),
        ("Downward", "double p = 1; for (int i = x.Length - 1; i >= 0; i--) p = p * x[i] + 1; return p;", [1, -2, 0.5, 3]),
        ("Strided", "double p = 1; for (int i = 0; i < x.Length; i += 3) p = Math.Sin(p * x[i]); return p;", [1, -2, 0.5, 3, 0.2, 0.4, 0.7, 0.9]),
        ("StridedDownward", "double p = 1; for (int i = x.Length - 1; i > 0; i -= 2) p = Math.Sin(p + x[i]); return p;", [1, -2, 0.5, 3, 0.2, 0.4, 0.7]),
        ("StridedEmpty", "double p = 1; for (int i = x.Length; i < x.Length; i += 2) p = Math.Sin(p + x[0]); return p * x[1];", [1, -2, 0.5]),
        ("ByteCounter", "double p = 1; for (byte i = 0; i < 3; i++) p = Math.Sin(p + x[i]); return p;", [1, -2, 0.5]),
        ("ShortCounterToItsLeast", "double p = 1; for (short i = 2; i >= 0; i--) p = Math.Sin(p + x[i]); return p;", [1, -2, 0.5]),
        ("LongCounter", "double p = 1; for (long i = 0; i < x.Length; i++) p = Math.Sin(p + x[(int)i]); return p;", [1, -2, 0.5]),
        ("UnsignedCounter", "double p = 1; for (uint i = 0; i < 3; i++) p = Math.Sin(p + x[(int)i]); return p;", [1, -2, 0.5]),
        ("Nested", """
            double s = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double row = 1;
                for (int j = 0; j <= i; j++) row *= Math.Cos(x[j] + s * 0.1);
                s += row;
            }
            return s;
            """, [1, -2, 0.5, 0.3]),
        ("While", "double v = x[0]; while (v < 10) v = v * x[1] + 0.1; return v * x[2];", [1, 1.7, 0.5]),
        ("WhileNeverRuns", "double v = x[0]; while (v > 10) v = v * x[1] + 0.1; return v * x[2];", [1, 1.7, 0.5]),
        ("DoWhile", "double v = x[0]; do { v = v * x[1] + 0.1; } while (v < 10); return v * x[2];", [1, 1.7, 0.5]),
        ("Break", "double s = 0; for (int i = 0; i < x.Length; i++) { if (x[i] > 2) break; s += x[i] * x[i]; } return s;", [1, -2, 3, 0.3]),
        ("Continue", "double s = 0; for (int i = 0; i < x.Length; i++) { if (x[i] < 0) continue; s = s * 0.5 + x[i] * x[i]; } return s;", [1, -2, 3, 0.3]),
        ("EarlyReturn", "for (int i = 0; i < x.Length; i++) if (x[i] < 0) return x[i] * x[0]; return x[0];", [1, 3, -2, 0.3]),
        ("EarlyReturnNotTaken", "for (int i = 0; i < x.Length; i++) if (x[i] < -5) return x[i] * x[0]; return x[0] * x[1];", [1, 3, -2, 0.3]),
        ("IfElse", "double v; if (x[0] > x[1]) { v = x[0] * x[1]; } else { v = x[0] - x[1]; } return v * v;", [1, 3]),
        ("IfOnly", "double v = x[0]; if (v > 0) v = v * v; return v * x[1];", [2, 3]),
        ("IfOnlyNotTaken", "double v = x[0]; if (v < 0) v = v * v; return v * x[1];", [2, 3]),
        ("NestedIf", "double v = x[0]; if (v > 0) { if (x[1] > 0) v *= x[1]; else v -= x[1]; v *= 2; } return v;", [2, -3]),
        ("Switch", "double v = 0; for (int i = 0; i < x.Length; i++) { switch (i % 3) { case 0: v += x[i]; break; case 1: v *= x[i]; break; default: v -= x[i] * x[i]; break; } } return v;",
            [1, -2, 0.5, 0.3]),
        ("SwitchExpression", "double v = 0; for (int i = 0; i < x.Length; i++) v += i switch { 0 => x[i], 1 => x[i] * x[i], _ => Math.Exp(x[i]) }; return v;", [1, -2, 0.5, 0.3]),
        ("Swap", "double a = x[0], b = x[1]; for (int i = 0; i < 5; i++) { double t = a; a = b; b = t * 0.5 + Math.Sin(b); } return a * b;", [1, -2]),
        ("Rotate", "double a = x[0], b = x[1], c = x[2]; for (int i = 0; i < 7; i++) { (a, b, c) = (b, c, a * x[0]); } return a + 2 * b + 3 * c;", [1.1, -2, 0.7]),
        ("SwapTuple", "double a = x[0], b = x[1]; for (int i = 0; i < 5; i++) (a, b) = (b, a); return a * a * b;", [1, -2]),
        ("Fibonacci", "double a = x[0], b = x[1]; for (int i = 0; i < 6; i++) { b = a + b; a = b - a; } return a * b;", [1, -2]),
        ("Shadowed", "double s = 0; { double t = x[0]; s += t * t; } { double t = x[1]; s += t * t * t; } return s;", [1, -2]),
        ("Reused", "double t = x[0]; double s = t * t; t = x[1]; s += t * t * t; t = Math.Sin(s); return t * s;", [1, -2]),
        ("KeepsOldState", "double t = x[0]; double old = t; t = t * x[1]; t = t + old; old = t * old; return t * old;", [1.5, -2]),
        ("LocalArray", """
            double[] a = new double[x.Length];
            for (int i = 0; i < a.Length; i++) a[i] = x[i] * x[i];
            double s = 0;
            for (int i = 0; i < a.Length; i++) s += a[i] * x[a.Length - 1 - i];
            return s;
            """, [1, -2, 0.5]),
        ("PrefixSums", """
            Span<double> a = new double[x.Length + 1];
            for (int i = 0; i < x.Length; i++) a[i + 1] = a[i] + Math.Sin(x[i]);
            return a[x.Length] * a[1];
            """, [1, -2, 0.5]),
        ("Overwritten", """
            double[] a = new double[2];
            a[0] = x[0];
            a[1] = x[1];
            for (int i = 0; i < 4; i++) { a[0] = a[0] * a[1]; a[1] = Math.Cos(a[0]) + x[2]; }
            return a[0] + a[1];
            """, [1.2, -2, 0.5]),
        ("ReadBeforeWrite", """
            double[] a = new double[3];
            a[0] = x[0];
            double t = a[0] * 2;
            a[0] = t * x[1];
            double u = a[0];
            a[0] = 1;
            return t * u + a[0];
            """, [1.2, -2]),
        ("CompoundElements", "double[] a = new double[2]; for (int i = 0; i < x.Length; i++) { a[i % 2] += x[i] * x[i]; a[1] *= x[i]; } return a[0] * a[1];", [1.2, -2, 0.5]),
        ("Fill", "double[] a = new double[3]; a.AsSpan().Fill(x[0]); a[1] *= x[1]; return a[0] * a[1] + a[2];", [1.2, -2]),
        ("Copy", "double[] a = new double[2]; x.CopyTo(a); a[0] *= a[1]; return a[0] * a[0];", [1.2, -2]),
        ("Slice", "double s = 0; ReadOnlySpan<double> tail = x.Slice(1, 2); foreach (double v in tail) s += v * v * x[0]; return s;", [1.2, -2, 0.5, 7]),
        ("Logarithms", "double m = x[0]; foreach (double v in x) m = Math.Max(m, v); double s = 0; foreach (double v in x) s += Math.Exp(v - m); return m + Math.Log(s);", [1.2, -2, 0.5]),
        ("Integers", "int count = 0; double s = 0; for (int i = 0; i < x.Length; i++) { if (x[i] > 0) count++; s += count * x[i]; } return s / (count + 1);", [1.2, -2, 0.5]),
        ("Booleans", "bool seen = false; double s = 0; foreach (double v in x) { if (v < 0) seen = true; s += seen ? v * v : v; } return s;", [1.2, -2, 0.5]),
        ("Unused", "double s = 0, dead = 1; foreach (double v in x) { dead *= v / 0.0; s += v; } return s * s;", [1.2, -2, 0.5]),
        ("Constant", "return 3;", [1.2]),
        ("OneElement", "return x[1];", [1.2, 4]),
        ("ManyTemporaries", "return (x[0] + x[1]) * (x[0] - x[1]) / (1 + (x[0] * x[1] - (x[1] - x[0])) * (x[0] - (x[1] - (x[0] - 2))));", [1.2, 4]),
    ];

    private static readonly Lazy<LoadedAssembly> Compiled = new(Compile);

    public static TheoryData<string> Names => new(Programs.Select(static p => p.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_is_the_slope_of_the_function(string name)
    {
        double[] x = Programs.Single(p => p.Name == name).X;
        double At(int k, double step) => Compiled.Value.Call("Programs", "Call" + name, (object)x.Select((v, i) => i == k ? v + step : v).ToArray())!;
        double[] dx = [.. x.Select(static _ => double.NaN)];
        double value = Compiled.Value.Call("Programs", "Gradient" + name, x, dx, false)!;

        // Sums in lanes, and the functions of lanes, are rounded in their own way.
        Assert.Equal(At(0, 0), value, Near.Within(1e-14));
        const double Step = 1e-5;
        double[] slopes = [.. x.Select((_, k) => (At(k, Step) - At(k, -Step)) / (2 * Step))];
        Assert.Equal(slopes, dx, Near.Within(2e-7));

        double[] twice = [.. dx];
        Compiled.Value.Call("Programs", "Gradient" + name, x, twice, true);
        Assert.Equal(dx.Select(static d => d + d), twice, Near.Within(1e-14));
    }

    private static LoadedAssembly Compile()
    {
        var source = new System.Text.StringBuilder("public static partial class Programs\n{\n");
        foreach ((string name, string body, _) in Programs)
        {
            source.Append(CultureInfo.InvariantCulture, $$"""
                [Differentiable] public static double {{name}}(ReadOnlySpan<double> x) { {{body}} }
                public static double Call{{name}}(double[] x) => {{name}}(x);
                public static double Gradient{{name}}(double[] x, double[] dx, bool accumulate) => {{name}}Gradient(x, dx, accumulate);

                """);
        }

        return GeneratorHarness.Run(source.Append("}\n").ToString()).Load();
    }
}
