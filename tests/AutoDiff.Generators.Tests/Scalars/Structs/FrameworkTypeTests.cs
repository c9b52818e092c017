namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>Vectors, matrices, quaternions and complex numbers of the framework: the value of the framework's own member, and the slopes of it.</summary>
public class FrameworkTypeTests
{
    [Theory]
    [InlineData("Vector3.Dot(a, b) + s * a.Length()")]
    [InlineData("Vector3.Dot(Vector3.Cross(a, b), new Vector3(s, 2, a.X))")]
    [InlineData("(Vector3.Normalize(a) * b / s - -a + 2f * b).LengthSquared()")]
    [InlineData("Vector3.Distance(a, b) * Vector3.DistanceSquared(a, b * s)")]
    [InlineData("Vector3.Lerp(a, b, s).Y + Vector3.Reflect(a, Vector3.Normalize(b)).Z + Vector3.UnitX.X * s")]
    [InlineData("Vector3.Min(a, b).X + Vector3.Max(a, b).Y + Vector3.Abs(a - b).Z + Vector3.Clamp(a, Vector3.Zero, new Vector3(5)).X")]
    [InlineData("Vector3.Transform(a, Quaternion.CreateFromAxisAngle(Vector3.Normalize(b), s)).X")]
    [InlineData("Vector3.Transform(a, Matrix4x4.CreateRotationY(s) * Matrix4x4.CreateTranslation(b)).Z")]
    [InlineData("Vector3.TransformNormal(a, Matrix4x4.CreateRotationX(s) * Matrix4x4.CreateScale(b)).Y")]
    [InlineData("Vector3.Exp(a).X + Vector3.Sin(b).Y + Vector3.Cos(b).Z + Vector3.SquareRoot(a * a).X + a[1] * b[2]")]
    [InlineData("new Vector3(s).X * new Vector3(new Vector2(s, 2), a.Z).Z + Vector3.One.X * b.X")]
    public void Vectors_of_three(string expression) => Singles("Vector3 a, Vector3 b, float s", 7,
        "new Vector3(x[0], x[1], x[2]), new Vector3(x[3], x[4], x[5]), x[6]", "da.X, da.Y, da.Z, db.X, db.Y, db.Z, ds", expression);

    [Theory]
    [InlineData("Vector2.Dot(a, b) * a.Length() + Vector2.Normalize(b).X")]
    [InlineData("Vector2.Transform(a, Matrix3x2.CreateRotation(b.X) * Matrix3x2.CreateScale(b)).Y")]
    [InlineData("(a * b - a / b).X + Vector2.Lerp(a, b, 0.3f).Y")]
    public void Vectors_of_two(string expression) => Singles("Vector2 a, Vector2 b", 4,
        "new Vector2(x[0], x[1]), new Vector2(x[2], x[3])", "da.X, da.Y, db.X, db.Y", expression);

    [Theory]
    [InlineData("Vector4.Dot(a, b) + a.Length() * b.W")]
    [InlineData("Vector4.Transform(a, new Matrix4x4(b.X, b.Y, 3, 4, 5, 6, b.Z, 8, 9, 1, b.W, 2, 4, 5, 7, 6)).W")]
    [InlineData("new Vector4(new Vector3(a.X, b.Y, 2), b.Z).Length()")]
    public void Vectors_of_four(string expression) => Singles("Vector4 a, Vector4 b", 8,
        "new Vector4(x[0], x[1], x[2], x[3]), new Vector4(x[4], x[5], x[6], x[7])", "da.X, da.Y, da.Z, da.W, db.X, db.Y, db.Z, db.W", expression);

    [Theory]
    [InlineData("(p * q).X + Quaternion.Dot(p, q) * p.Length()")]
    [InlineData("Quaternion.Normalize(p * q).W + Quaternion.Inverse(p).Y + Quaternion.Conjugate(q).Z")]
    [InlineData("Quaternion.Slerp(Quaternion.Normalize(p), Quaternion.Normalize(q), 0.3f).Y + Quaternion.Lerp(p, q, 0.6f).X")]
    [InlineData("Matrix4x4.CreateFromQuaternion(Quaternion.Normalize(p)).M12 * q.W")]
    [InlineData("Quaternion.CreateFromYawPitchRoll(p.X, p.Y, q.Z).W + (p / q).X + (p - q * 2f + -p).Y")]
    public void Quaternions(string expression) => Singles("Quaternion p, Quaternion q", 8,
        "new Quaternion(x[0], x[1], x[2], x[3]), new Quaternion(x[4], x[5], x[6], x[7])", "dp.X, dp.Y, dp.Z, dp.W, dq.X, dq.Y, dq.Z, dq.W", expression);

    [Theory]
    [InlineData("m.GetDeterminant()")]
    [InlineData("(Matrix4x4.Transpose(m) * m + m * 2f).M23")]
    [InlineData("Inverse(m)")]
    [InlineData("Matrix4x4.Lerp(m, Matrix4x4.Identity, 0.25f).M21 + m.Translation.Y + Plane.DotCoordinate(Plane.Normalize(new Plane(m.M11, m.M12, m.M13, m.M14)), new Vector3(m.M21, 1, 2))")]
    public void Matrices(string expression) => Singles("Matrix4x4 m", 6,
        "new Matrix4x4(x[0], x[1], x[2], 2, x[3], x[4], x[5], 1, 1, 0.5f, 3, 1, 0, 2, 1, 4)", "dm.M11, dm.M12, dm.M13, dm.M21, dm.M22, dm.M23", expression,
        "static float Inverse(Matrix4x4 m) => Matrix4x4.Invert(m, out Matrix4x4 i) ? i.M11 + 2 * i.M23 : 0;");

    [Theory]
    [InlineData("(z * w).Real + (z / w).Imaginary + (w / z).Real")]
    [InlineData("Complex.Exp(z).Imaginary + Complex.Log(w).Real + Complex.Log(w).Imaginary")]
    [InlineData("Complex.Sqrt(z).Real + Complex.Sqrt(-z).Imaginary * Complex.Abs(w)")]
    [InlineData("Complex.Pow(z, w).Real + Complex.Pow(w, 3).Imaginary + Complex.Pow(z, 0.5).Real")]
    [InlineData("Complex.Sin(z).Real + Complex.Cos(w).Imaginary + Complex.Tan(z).Imaginary + Complex.Atan(w * 0.2).Real")]
    [InlineData("Complex.Sinh(z).Real + Complex.Cosh(w).Imaginary + Complex.Tanh(z).Imaginary + Complex.Log10(z).Real")]
    [InlineData("z.Magnitude * w.Phase + Complex.Conjugate(z).Imaginary + (2 * z - 1.5 + Complex.ImaginaryOne * w).Imaginary")]
    [InlineData("Complex.FromPolarCoordinates(z.Real, w.Imaginary).Real + (z + w - Complex.One).Real + Complex.Reciprocal(z).Imaginary")]
    public void Complex_numbers(string expression)
    {
        string source = $$"""
            using System.Numerics;
            public static partial class Functions
            {
                [Differentiable] public static double F(Complex z, Complex w) => {{expression}};

                public static double Value(double a, double b, double c, double d) => F(new Complex(a, b), new Complex(c, d));

                public static double[] Gradient(double a, double b, double c, double d)
                {
                    var (value, dz, dw) = FGradient(new Complex(a, b), new Complex(c, d));
                    return [value, dz.Real, dz.Imaginary, dw.Real, dw.Imaginary];
                }
            }
            """;
        StructCase.Check(source, 1e-12, [1.3, 0.4, -0.7, 0.9]);
        StructCase.Check(source, 1e-12, [0.8, -0.3, 1.1, 0.2]);
    }

    [Fact]
    public void The_derivative_across_the_real_axis_is_there()
        => Assert.Equal([2.0, 0, 0.25, 0.25], StructCase.Numbers("""
            using System.Numerics;
            public static partial class Functions
            {
                [Differentiable] public static Complex F(Complex z) => Complex.Sqrt(z);

                public static double[] Use()
                {
                    var (value, dz) = FVjp(4, new Complex(1, 1));
                    return [value.Real, value.Imaginary, dz.Real, dz.Imaginary];
                }
            }
            """));

    [Fact]
    public void The_length_of_the_zero_vector_has_the_slope_0()
        => Assert.Equal([0.0, 0, 0, 0], StructCase.Numbers("""
            using System.Numerics;
            public static partial class Functions
            {
                [Differentiable] public static float F(Vector3 v) => v.Length();

                public static double[] Use() { var (value, d) = FGradient(default); return [value, d.X, d.Y, d.Z]; }
            }
            """));

    [Fact]
    public void A_member_without_a_definition_is_named()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            public static partial class Functions
            {
                [Differentiable] public static double F(System.Numerics.Complex z) => System.Numerics.Complex.Acos(z).Real;
            }
            """);
        Assert.Contains("'Complex.Acos' of 'System.Numerics.Complex' has no derivative rule", Assert.Single(run.Diagnostics).GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(run.GeneratedSources);
    }

    private static void Singles(string parameters, int count, string arguments, string gradients, string expression, string other = "")
    {
        string[] names = [.. parameters.Split(", ").Select(static p => "d" + p.Split(' ')[1])];
        LoadedAssembly assembly = GeneratorHarness.Run($$"""
            using System.Numerics;
            public static partial class Functions
            {
                [Differentiable] public static float F({{parameters}}) => {{expression}};

                public static float Value(float[] x) => F({{arguments}});

                public static float[] Gradient(float[] x)
                {
                    var (value, {{string.Join(", ", names)}}) = FGradient({{arguments}});
                    return [value, {{gradients}}];
                }

                {{other}}
            }
            """).Load();
        float[] x = [.. Enumerable.Range(0, count).Select(static k => 0.8f + 0.3f * MathF.Sin(5 * k + 1))];
        float[] actual = (float[])assembly.Call("Functions", "Gradient", [x])!;
        float At(int k, float step) => (float)assembly.Call("Functions", "Value", [x.Select((v, i) => i == k ? v + step : v).ToArray()])!;
        Assert.Equal(At(0, 0), actual[0], Near.Within(3e-6));

        // A fourth-order difference with a step that single precision can stand.
        const float H = 1f / 32;
        for (int k = 0; k < count; k++)
            Assert.Equal((8 * (At(k, H) - At(k, -H)) - (At(k, 2 * H) - At(k, -2 * H))) / (12 * H), actual[k + 1], Near.Within(1e-3));
    }
}
