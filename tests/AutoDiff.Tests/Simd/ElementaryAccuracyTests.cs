using System.Numerics;
using System.Runtime.Intrinsics;
using AutoDiff.Simd;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Simd;

/// <summary>Largest errors in units in the last place, against 100-bit oracles, over the whole range of each function.</summary>
public class ElementaryAccuracyTests(ITestOutputHelper output)
{
    public static TheoryData<string> Functions => [.. ElementaryFunctions.Unary.Where(name => name is not ("GeluTanh" or "GeluSlope"))];

    [Theory]
    [MemberData(nameof(Functions))]
    public void FloatIsWithinItsBound(string name) => AssertError<float>(name, ElementaryFunctions.Bound(name), 8000, 24, -126);

    [Theory]
    [MemberData(nameof(Functions))]
    public void DoubleIsWithinItsBound(string name) => AssertError<double>(name, ElementaryFunctions.Bound(name), 8000, 53, -1022);

    [Fact]
    public void FloatPowIsWithinTwoUlp() => AssertPower<float>(2.0, 24, -126, 88);

    [Fact]
    public void DoublePowIsWithinTwoUlp() => AssertPower<double>(2.0, 53, -1022, 709);

    [Fact]
    public void AtanOfTwoIsWithinThreeUlp()
    {
        var random = new Random(5);
        double worst = 0;
        for (int i = 0; i < 20000; i++)
        {
            double y = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 3)), x = (random.NextDouble() - 0.5) * 10;
            DoubleDouble exact = ElementaryFunctions.ExactValue("Atan2", y, x);
            worst = Math.Max(worst, Ulps(ScalarMath.Atan2(y, x), exact, 53, -1022));
        }

        output.WriteLine($"Atan2 double {worst:F3}");
        Assert.InRange(worst, 0, 3.0);
    }

    [Theory]
    [InlineData("GeluTanh", 2e-15, 8e-7)]
    [InlineData("GeluSlope", 5e-16, 2.5e-7)]
    public void IsWithinAnAbsoluteError(string name, double bound, double boundOfFloats)
    {
        double worst = 0, worstFloat = 0;
        for (double x = -8; x < 8; x += 1.0 / 512)
        {
            DoubleDouble exact = ElementaryFunctions.ExactValue(name, x, 0);
            worst = Math.Max(worst, Math.Abs((exact - First<double>(name, x)).High));
            worstFloat = Math.Max(worstFloat, Math.Abs((exact - (double)First<float>(name, (float)x)).High));
        }

        output.WriteLine($"{name} absolute: double {worst:E2}, float {worstFloat:E2}");
        Assert.InRange(worst, 0, bound);
        Assert.InRange(worstFloat, 0, boundOfFloats);

        static T First<T>(string name, T x)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            => ElementaryFunctions.OnLanes<Vec128<T>, T>(name, Vec128<T>.Broadcast(x), default).First;
    }

    [Fact]
    public void GeluAndItsSlopeAreTheSameTogetherAndApart()
    {
        for (double x = -42; x < 42; x += 1.0 / 64)
        {
            Vec128<double> both = Vec128<double>.Gelu(Vec128<double>.Broadcast(x), out Vec128<double> slope);
            Vec128<float> floats = Vec128<float>.Gelu(Vec128<float>.Broadcast((float)x), out Vec128<float> slopeOfFloats);
            Assert.Equal((ScalarMath.Gelu(x), ScalarMath.GeluSlope(x)), (both.First, slope.First));
            Assert.Equal((ScalarMath.Gelu((float)x), ScalarMath.GeluSlope((float)x)), (floats.First, slopeOfFloats.First));
        }
    }

    // Rounding errors show most where x·Φ(x) is little below a power of two, and a sample over the whole range meets few of those.
    // The doubles are the oracle: their own error is 1e-8 ulp of a float.
    [Fact]
    public void FloatGeluIsWithinItsBoundDensely()
    {
        double worst = 0, where = 0;
        for (uint bits = BitConverter.SingleToUInt32Bits(MathF.ScaleB(1, -20)); bits < BitConverter.SingleToUInt32Bits(14); bits += 37)
        {
            float x = BitConverter.UInt32BitsToSingle(bits);
            Vec128<double> exact = Vec128<double>.Gelu(new(Vector128.Create(x, (double)-x)));
            Vec128<float> actual = Vec128<float>.Gelu(new(Vector128.Create(x, -x, x, -x)));
            for (int sign = 0; sign < 2; sign++)
            {
                double error = Ulps(actual.Lanes[sign], exact.Lanes[sign], 24, -126);
                if (error > worst)
                    (worst, where) = (error, sign == 0 ? x : -x);
            }
        }

        output.WriteLine($"Gelu {worst:F3} at {where:R}");
        Assert.True(worst <= ElementaryFunctions.Bound("Gelu"), $"{worst:F3} ulp at {where:R}");
    }

    private void AssertError<T>(string name, double bound, int count, int digits, int smallestExponent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double worst = 0, where = 0;
        foreach (double x in Arguments(name, count, typeof(T) == typeof(float)))
        {
            T argument = T.CreateTruncating(x);
            double exactArgument = double.CreateTruncating(argument);
            T actual = ElementaryFunctions.OnLanes<Vec128<T>, T>(name, Vec128<T>.Broadcast(argument), default).First;
            DoubleDouble exact = ElementaryFunctions.ExactValue(name, exactArgument, 0);
            double error = Ulps(double.CreateTruncating(actual), exact, digits, smallestExponent);
            if (error > worst)
                (worst, where) = (error, exactArgument);
        }

        output.WriteLine($"{name} {typeof(T).Name} {worst:F3} at {where:R}");
        Assert.True(worst <= bound, $"{name}<{typeof(T).Name}>: {worst:F3} ulp at {where:R}");
    }

    private void AssertPower<T>(double bound, int digits, int smallestExponent, double limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(7);
        double worst = 0;
        string where = "";
        for (int i = 0; i < 40000; i++)
        {
            double magnitude = i % 4 == 0 ? 1e-2 : i % 4 == 1 ? 1 : limit * 0.98;
            double x = double.CreateTruncating(T.CreateTruncating(Math.Exp((random.NextDouble() * 2 - 1) * magnitude)));
            double log = Math.Log(x);
            double y = (random.NextDouble() * 2 - 1) * limit / Math.Max(Math.Abs(log), 1e-3);
            if (i % 5 == 0)
                y = Math.Round(y);
            y = double.CreateTruncating(T.CreateTruncating(y));
            if (Math.Abs(y * log) > limit)
                continue;
            T actual = ScalarMath.Pow(T.CreateTruncating(x), T.CreateTruncating(y));
            double error = Ulps(double.CreateTruncating(actual), ElementaryFunctions.ExactValue("Pow", x, y), digits, smallestExponent);
            if (error > worst)
                (worst, where) = (error, $"{x:R}, {y:R}");
        }

        output.WriteLine($"Pow {typeof(T).Name} {worst:F3} at {where}");
        Assert.True(worst <= bound, $"Pow<{typeof(T).Name}>: {worst:F3} ulp at {where}");
    }

    private static IEnumerable<double> Arguments(string name, int count, bool single)
    {
        (double low, double high) = ElementaryFunctions.Range(name, single);
        var random = new Random(3);
        double smallest = single ? 1e-37 : 1e-300;
        for (int i = 0; i < count; i++)
        {
            yield return low + (high - low) * random.NextDouble();
            double near = (random.NextDouble() * 2 - 1) * 4;
            if (near > low && near < high)
                yield return near;
            double bound = random.Next(2) == 0 && low < 0 ? -low : high;
            double magnitude = Math.Exp(Math.Log(smallest) + (Math.Log(bound) - Math.Log(smallest)) * random.NextDouble());
            if (bound == -low)
                magnitude = -magnitude;
            if (magnitude > low && magnitude < high)
                yield return magnitude;
        }
    }

    private static double Ulps(double actual, DoubleDouble exact, int digits, int smallestExponent)
    {
        if (exact.High == 0)
            return actual == 0 ? 0 : double.PositiveInfinity;
        int exponent = Math.Max(Math.ILogB(exact.High), smallestExponent);
        double ulp = Math.ScaleB(1, exponent - digits + 1);
        double error = Math.Abs((exact - actual).High) / ulp;
        return double.IsNaN(error) ? double.PositiveInfinity : error;
    }
}
