using System.Globalization;

namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>
/// Every scalar function that the compiler knows, called as users call it, in double and in float: the generated value is the method's own, and the generated
/// gradient is the slope of central differences at points away from kinks and poles.
/// </summary>
public class RuleTests
{
    private static readonly (string Name, string Expression, double[] X, double[] Y)[] Functions =
    [
        ("Add", "x + 2 * y", [0.3, -1.5], [0.7, 2]),
        ("Subtract", "3 * x - y", [0.3, -1.5], [0.7, 2]),
        ("Multiply", "x * y * x", [0.3, -1.5], [0.7, 2]),
        ("Divide", "x / y", [0.3, -1.5], [0.7, -2]),
        ("Remainder", "x % y", [5.3, -7.5], [2.1, 2.2]),
        ("Negate", "-x * -y", [0.3, -1.5], [0.7, 2]),
        ("Abs", "Math.Abs(x) * y", [0.3, -1.5], [0.7, 2]),
        ("Max", "Math.Max(x * x, y)", [0.3, -1.5], [0.7, 2]),
        ("Min", "Math.Min(x * x, y)", [0.3, -1.5], [0.7, 2]),
        ("MaxConstant", "Math.Max(x, 0.5) * y", [0.3, 1.5], [0.7, 2]),
        ("Clamp", "Math.Clamp(x * y, -0.5, 0.5)", [0.3, -1.5, 2], [0.7, 2, 1]),
        ("CopySign", "Math.CopySign(x * x, y) + x", [0.3, -1.5], [0.7, -2]),
        ("Floor", "Math.Floor(x) * y + x", [0.3, -1.5], [0.7, 2]),
        ("Ceiling", "Math.Ceiling(x) * y + x", [0.3, -1.5], [0.7, 2]),
        ("Round", "Math.Round(x) * y + x", [0.3, -1.7], [0.7, 2]),
        ("Truncate", "Math.Truncate(x) * y + x", [0.3, -1.7], [0.7, 2]),
        ("Sqrt", "Math.Sqrt(x * x + y * y)", [0.3, -1.5], [0.7, 2]),
        ("Cbrt", "Math.Cbrt(x) * y", [0.3, -1.5], [0.7, 2]),
        ("Pow", "Math.Pow(x, y)", [0.3, 1.5], [0.7, -2]),
        ("PowNegativeBase", "Math.Pow(x, 3) * y", [-0.3, -1.5], [0.7, 2]),
        ("Exp", "Math.Exp(x * y)", [0.3, -1.5], [0.7, 2]),
        ("Log", "Math.Log(x + y)", [0.3, 1.5], [0.7, 2]),
        ("Log2", "Math.Log2(x + y)", [0.3, 1.5], [0.7, 2]),
        ("Log10", "Math.Log10(x + y)", [0.3, 1.5], [0.7, 2]),
        ("Sin", "Math.Sin(x * y)", [0.3, -1.5], [0.7, 2]),
        ("Cos", "Math.Cos(x * y)", [0.3, -1.5], [0.7, 2]),
        ("Tan", "Math.Tan(x + y)", [0.3, -1.5], [0.7, 2]),
        ("Asin", "Math.Asin(x * y)", [0.3, -0.5], [0.7, 1.2]),
        ("Acos", "Math.Acos(x * y)", [0.3, -0.5], [0.7, 1.2]),
        ("Atan", "Math.Atan(x * y)", [0.3, -0.5], [0.7, 1.2]),
        ("Atan2", "Math.Atan2(y, x)", [0.3, -1.5, -1, 2], [0.7, 2, -1, -0.3]),
        ("Sinh", "Math.Sinh(x * y)", [0.3, -0.5], [0.7, 1.2]),
        ("Cosh", "Math.Cosh(x * y)", [0.3, -0.5], [0.7, 1.2]),
        ("Tanh", "Math.Tanh(x * y)", [0.3, -0.5], [0.7, 1.2]),
        ("Asinh", "Math.Asinh(x * y)", [0.3, -0.5], [0.7, 1.2]),
        ("Acosh", "Math.Acosh(x + y)", [0.8, 2.5], [0.7, 1.2]),
        ("Atanh", "Math.Atanh(x * y)", [0.3, -0.5], [0.7, 1.2]),
        ("FusedMultiplyAdd", "Math.FusedMultiplyAdd(x, y, x)", [0.3, -1.5], [0.7, 2]),
        ("Exp2", "double.Exp2(x * y)", [0.3, -1.5], [0.7, 2]),
        ("ExpM1", "double.ExpM1(x * y)", [0.3, -1.5], [0.7, 2]),
        ("LogP1", "double.LogP1(x * y)", [0.3, 1.5], [0.7, 2]),
        ("Hypot", "double.Hypot(x, y)", [0.3, -1.5], [0.7, 2]),
        ("Erf", "Ad.Special.Erf(x * y)", [0.3, -0.5], [0.7, 1.2]),
        ("Erfc", "Ad.Special.Erfc(x * y)", [0.3, -0.5], [0.7, 1.2]),
        ("LogGamma", "Ad.Special.LogGamma(x * x + y)", [0.3, -0.5], [0.7, 1.2]),
        ("NormalCdf", "Ad.Special.NormalCdf(x * y)", [0.3, -0.5], [0.7, 1.2]),
        ("Sigmoid", "Ops.Sigmoid(x * y)", [0.3, -1.5], [0.7, 2]),
        ("Softplus", "Ops.Softplus(x * y)", [0.3, -1.5], [0.7, 2]),
        ("Relu", "Ops.Relu(x * y)", [0.3, -1.5], [0.7, 2]),
        ("Gelu", "Ops.Gelu(x * y)", [0.3, -1.5], [0.7, 2]),
        ("GeluTanh", "Ops.GeluTanh(x * y)", [0.3, -1.5], [0.7, 2]),
        ("Silu", "Ops.Silu(x * y)", [0.3, -1.5], [0.7, 2]),
        ("Square", "Ops.Square(x * y)", [0.3, -1.5], [0.7, 2]),
        ("Ternary", "x > y ? x * y : x - y", [0.3, 2.5], [0.7, 2]),
        ("ShortCircuit", "x > 0 && y > 1 || x < -1 ? x * y : x - y", [0.3, 2.5, -2], [0.7, 2, 0.1]),
        ("Detach", "x * Ad.Detach(1.5) + y", [0.3, 2.5], [0.7, 2]),
        ("ThroughFloat", "(double)(float)(x * y) + x * (float)y", [0.25, 2.5], [0.75, 2]),
    ];

    private static readonly Lazy<LoadedAssembly> Compiled = new(Compile);

    public static TheoryData<string> Names => new(Functions.Select(static f => f.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_is_the_slope_of_the_function(string name)
    {
        (_, _, double[] xs, double[] ys) = Functions.Single(f => f.Name == name);
        for (int k = 0; k < xs.Length; k++)
        {
            double x = xs[k], y = ys[k];
            (double value, double dx, double dy) = ((double, double, double))Compiled.Value.Call("Rules", name + "Gradient", x, y)!;
            double At(double u, double v) => Compiled.Value.Call("Rules", name, u, v)!;
            Assert.Equal(At(x, y), value);
            double tolerance = name == "ThroughFloat" ? 2e-2 : 1e-7;
            double step = name == "ThroughFloat" ? 1e-4 : 1e-5;
            Assert.Equal((At(x + step, y) - At(x - step, y)) / (2 * step), dx, Near.Within(tolerance));
            Assert.Equal((At(x, y + step) - At(x, y - step)) / (2 * step), dy, Near.Within(tolerance));

            (double again, double vx, double vy) = ((double, double, double))Compiled.Value.Call("Rules", name + "Vjp", x, y, -2.0)!;
            Assert.Equal(value, again);
            Assert.Equal([-2 * dx, -2 * dy], [vx, vy], Near.Within(1e-14));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Single_precision_gives_the_gradient_of_double_precision_rounded(string name)
    {
        (_, string expression, double[] xs, double[] ys) = Functions.Single(f => f.Name == name);
        if (ToSingle(expression) is null) return;
        for (int k = 0; k < xs.Length; k++)
        {
            float x = (float)xs[k], y = (float)ys[k];
            (double value, double dx, double dy) = ((double, double, double))Compiled.Value.Call("Rules", name + "Gradient", (double)x, (double)y)!;
            (float single, float sx, float sy) = ((float, float, float))Compiled.Value.Call("Rules", name + "SingleGradient", x, y)!;
            Assert.Equal([value, dx, dy], [single, sx, sy], Near.Within(3e-6));
        }
    }

    private static string? ToSingle(string expression)
        => expression.Contains("float", StringComparison.Ordinal) ? null
            : System.Text.RegularExpressions.Regex.Replace(
                expression.Replace("Math.Clamp", "float.Clamp", StringComparison.Ordinal).Replace("Math.", "MathF.", StringComparison.Ordinal)
                    .Replace("double.", "float.", StringComparison.Ordinal),
                @"\d\.\d", static m => m.Value + "f");

    private static LoadedAssembly Compile()
    {
        var source = new System.Text.StringBuilder("public static partial class Rules\n{\n");
        foreach ((string name, string expression, _, _) in Functions)
        {
            source.Append(CultureInfo.InvariantCulture, $"    [Differentiable] public static double {name}(double x, double y) => {expression};\n");
            if (ToSingle(expression) is string single)
                source.Append(CultureInfo.InvariantCulture, $"    [Differentiable] public static float {name}Single(float x, float y) => {single};\n");
        }

        return GeneratorHarness.Run(source.Append("}\n").ToString()).Load();
    }
}
