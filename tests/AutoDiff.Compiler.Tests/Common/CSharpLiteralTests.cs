using System.Globalization;

namespace AutoDiff.Compiler.Tests;

public sealed class CSharpLiteralTests
{
    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1e300, "1E+300")]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(double.NaN, "double.NaN")]
    [InlineData(double.NegativeInfinity, "double.NegativeInfinity")]
    public void Doubles_are_short(double value, string expected) => Assert.Equal(expected, CSharpLiteral.Double(value));

    [Theory]
    [InlineData(1f, "1f")]
    [InlineData(0.1f, "0.1f")]
    [InlineData(-0f, "-0f")]
    [InlineData(float.Epsilon, "1.4013E-45f")]
    [InlineData(float.PositiveInfinity, "float.PositiveInfinity")]
    public void Singles_are_short(float value, string expected) => Assert.Equal(expected, CSharpLiteral.Single(value));

    [Fact]
    public void Floating_point_literals_round_trip()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (double.IsFinite(value))
                Assert.Equal(value, double.Parse(CSharpLiteral.Double(value), CultureInfo.InvariantCulture));
            float single = BitConverter.Int32BitsToSingle(random.Next());
            if (float.IsFinite(single))
                Assert.Equal(single, float.Parse(CSharpLiteral.Single(single)[..^1], CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData(1.5, "(global::System.Half)1.5f")]
    [InlineData(-1.5, "(global::System.Half)(-1.5f)")]
    [InlineData(-0.0, "global::System.Half.NegativeZero")]
    [InlineData(double.NaN, "global::System.Half.NaN")]
    public void Halves_are_cast(double value, string expected) => Assert.Equal(expected, CSharpLiteral.Half(value));

    [Fact]
    public void A_culture_with_another_minus_sign_changes_nothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NegativeSign = "\u2212";
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = hostile;
            Assert.Equal(["-1", "-1L", "-1.5f", "-1.5"],
                [CSharpLiteral.Int32(-1), CSharpLiteral.Int64(-1), CSharpLiteral.Single(-1.5f), CSharpLiteral.Double(-1.5)]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Text_is_escaped()
    {
        Assert.Equal("\"a\\\"\\\\\\n\\u2028'é\"", CSharpLiteral.String("a\"\\\n\u2028'é"));
        Assert.Equal("null", CSharpLiteral.String(null));
        Assert.Equal("'\\''", CSharpLiteral.Char('\''));
        Assert.Equal("'\"'", CSharpLiteral.Char('"'));
        Assert.Equal("true", CSharpLiteral.Bool(true));
    }
}
