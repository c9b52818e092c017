using System.Numerics;
using AutoDiff.Simd;

namespace AutoDiff.Tests.Simd;

/// <summary>Zeros, infinities, NaN, subnormals and saturation, for both types; and the same bits at every width.</summary>
public class ElementarySpecialValueTests
{
    private const double Inf = double.PositiveInfinity;

    [Theory]
    [InlineData("Exp", new[] { 0.0, 1, -0.0, 1, Inf, Inf, -Inf, 0, 1000, Inf, -1000, 0 })]
    [InlineData("Expm1", new[] { 0.0, 0, -0.0, -0.0, Inf, Inf, -Inf, -1, 1000, Inf, -1000, -1 })]
    [InlineData("Log", new[] { 1.0, 0, 0, -Inf, -0.0, -Inf, Inf, Inf, -1, double.NaN, -Inf, double.NaN })]
    [InlineData("Log2", new[] { 1.0, 0, 8, 3, 0.25, -2, 0, -Inf, Inf, Inf, -1, double.NaN })]
    [InlineData("Log10", new[] { 1.0, 0, 0, -Inf, Inf, Inf, -1, double.NaN, 1000, 3 })]
    [InlineData("Log1p", new[] { 0.0, 0, -0.0, -0.0, -1, -Inf, Inf, Inf, -1.5, double.NaN })]
    [InlineData("Cbrt", new[] { 0.0, 0, -0.0, -0.0, 8, 2, -27, -3, Inf, Inf, -Inf, -Inf })]
    [InlineData("Sin", new[] { 0.0, 0, -0.0, -0.0, Inf, double.NaN, -Inf, double.NaN })]
    [InlineData("Cos", new[] { 0.0, 1, -0.0, 1, Inf, double.NaN, -Inf, double.NaN })]
    [InlineData("Tan", new[] { 0.0, 0, -0.0, -0.0, Inf, double.NaN, -Inf, double.NaN })]
    [InlineData("Asin", new[] { 0.0, 0, -0.0, -0.0, 2, double.NaN, -2, double.NaN, 1, Math.PI / 2, -1, -Math.PI / 2 })]
    [InlineData("Acos", new[] { 1.0, 0, 2, double.NaN, -2, double.NaN, 0, Math.PI / 2, -1, Math.PI })]
    [InlineData("Atan", new[] { 0.0, 0, -0.0, -0.0, Inf, Math.PI / 2, -Inf, -Math.PI / 2 })]
    [InlineData("Sinh", new[] { 0.0, 0, -0.0, -0.0, Inf, Inf, -Inf, -Inf, 1000, Inf })]
    [InlineData("Cosh", new[] { 0.0, 1, -0.0, 1, Inf, Inf, -Inf, Inf, 1000, Inf })]
    [InlineData("Tanh", new[] { 0.0, 0, -0.0, -0.0, Inf, 1, -Inf, -1, 1000, 1, -1000, -1 })]
    [InlineData("Sigmoid", new[] { 0.0, 0.5, -0.0, 0.5, Inf, 1, -Inf, 0, 1000, 1, -1000, 0 })]
    [InlineData("Softplus", new[] { Inf, Inf, -Inf, 0, 1000, 1000, -1000, 0 })]
    [InlineData("Silu", new[] { 0.0, 0, Inf, Inf, -Inf, -0.0, 1000, 1000 })]
    [InlineData("Erf", new[] { 0.0, 0, -0.0, -0.0, Inf, 1, -Inf, -1, 100, 1, -100, -1 })]
    [InlineData("NormalCdf", new[] { 0.0, 0.5, Inf, 1, -Inf, 0, 100, 1, -100, 0 })]
    [InlineData("Gelu", new[] { 0.0, 0, -0.0, -0.0, Inf, Inf, -Inf, -0.0, 100, 100 })]
    [InlineData("GeluTanh", new[] { 0.0, 0, -0.0, -0.0, Inf, Inf, -Inf, -0.0, 100, 100 })]
    [InlineData("GeluSlope", new[] { 0.0, 0.5, -0.0, 0.5, Inf, 1, -Inf, 0, 100, 1, -100, 0 })]
    public void HasTheValuesOfItsLimits(string name, double[] pairs)
    {
        for (int i = 0; i < pairs.Length; i += 2)
        {
            AssertSame((float)pairs[i + 1], Evaluate<float>(name, (float)pairs[i]), name, pairs[i]);
            AssertSame(pairs[i + 1], Evaluate(name, pairs[i]), name, pairs[i]);
        }

        Assert.True(float.IsNaN(Evaluate(name, float.NaN)));
        Assert.True(double.IsNaN(Evaluate(name, double.NaN)));
    }

    [Theory]
    [InlineData("Expm1")]
    [InlineData("Log1p")]
    [InlineData("Sin")]
    [InlineData("Tan")]
    [InlineData("Asin")]
    [InlineData("Atan")]
    [InlineData("Sinh")]
    [InlineData("Tanh")]
    public void IsTheIdentityOnSubnormals(string name)
    {
        foreach (double x in new[] { double.Epsilon, -double.Epsilon, 1e-310, -3e-315, 2.3e-308 })
            Assert.Equal(x, Evaluate(name, x));
        foreach (float x in new[] { float.Epsilon, -float.Epsilon, 1e-40f, -3e-43f, 1.2e-38f })
            Assert.Equal(x, Evaluate(name, x));
    }

    [Fact]
    public void PowHasTheSpecialCasesOfTheFramework()
    {
        double[] values = [0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1.5, -1.5, 1e300, -1e300, 1e-300, 5e-324, -1e-310, 1e17, Inf,
            -Inf, double.NaN];
        foreach (double x in values)
        {
            foreach (double y in values)
            {
                AssertClose(Math.Pow(x, y), ScalarMath.Pow(x, y), 2e-15, x, y);
                AssertClose(MathF.Pow((float)x, (float)y), ScalarMath.Pow((float)x, (float)y), 4e-7, x, y);
            }
        }
    }

    [Fact]
    public void AtanOfTwoHasTheQuadrantsOfTheFramework()
    {
        double[] values = [0, -0.0, 1, -1, 2, -0.3, 1e-300, -1e300, Inf, -Inf, double.NaN];
        foreach (double y in values)
        {
            foreach (double x in values)
                AssertClose(Math.Atan2(y, x), ScalarMath.Atan2(y, x), 1e-15, y, x);
        }
    }

    [Fact]
    public void LargeAnglesAreReduced()
    {
        foreach (double x in new[] { 1e9, -3e15, 1e22, 1e300 })
        {
            AssertClose(Math.Sin(x), ScalarMath.Sin(x), 1e-15, x, 0);
            AssertClose(Math.Cos(x), ScalarMath.Cos(x), 1e-15, x, 0);
            AssertClose(Math.Tan(x), ScalarMath.Tan(x), 1e-15, x, 0);
        }

        AssertClose(MathF.Sin(1e6f), ScalarMath.Sin(1e6f), 2e-7, 1e6, 0);
    }

    [Fact]
    public void LanesOfEveryWidthHaveTheSameBits()
    {
        string[] names = [.. ElementaryFunctions.Unary, "Pow", "Atan2"];
        foreach (string name in names)
        {
            SameBits<Vec512<float>, float>(name);
            SameBits<Vec256<float>, float>(name);
            SameBits<Vec512<double>, double>(name);
            SameBits<Vec256<double>, double>(name);
        }
    }

    private static void SameBits<V, T>(string name)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(11);
        var x = new T[V.Count];
        var y = new T[V.Count];
        var result = new T[V.Count];
        for (int round = 0; round < 500; round++)
        {
            for (int k = 0; k < x.Length; k++)
            {
                x[k] = T.CreateTruncating((random.NextDouble() * 2 - 1) * Math.Pow(10, random.Next(-44, 39)));
                y[k] = T.CreateTruncating((random.NextDouble() * 2 - 1) * Math.Pow(10, random.Next(-3, 3)));
            }

            V.Store(ElementaryFunctions.OnLanes<V, T>(name, V.Load(in x[0], 0), V.Load(in y[0], 0)), ref result[0], 0);
            for (int k = 0; k < x.Length; k++)
            {
                T scalar = ElementaryFunctions.OnLanes<Vec128<T>, T>(name, Vec128<T>.Broadcast(x[k]), Vec128<T>.Broadcast(y[k])).First;
                Assert.True(
                    scalar.Equals(result[k]) && T.IsNegative(scalar) == T.IsNegative(result[k]),
                    $"{name}({x[k]}, {y[k]}): {scalar}, {result[k]}");
            }
        }
    }

    private static T Evaluate<T>(string name, T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ElementaryFunctions.OnLanes<Vec128<T>, T>(name, Vec128<T>.Broadcast(x), default).First;

    private static void AssertSame<T>(T expected, T actual, string name, double x)
        where T : IBinaryFloatingPointIeee754<T> =>
        Assert.True(
            expected.Equals(actual) && (T.IsNaN(expected) || T.IsNegative(expected) == T.IsNegative(actual)),
            $"{name}<{typeof(T).Name}>({x}): expected {expected}, actual {actual}");

    private static void AssertClose(double expected, double actual, double tolerance, double x, double y)
    {
        bool same = expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance * Math.Abs(expected);
        Assert.True(
            same && (double.IsNaN(expected) || double.IsNegative(expected) == double.IsNegative(actual)),
            $"({x}, {y}): {expected}, {actual}");
    }
}
