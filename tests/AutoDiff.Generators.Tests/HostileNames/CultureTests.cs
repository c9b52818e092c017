using System.Globalization;

namespace AutoDiff.Generators.Tests.HostileNames;

/// <summary>The generator runs in whatever culture the developer has: numbers in generated code do not.</summary>
public class CultureTests
{
    [Fact]
    public void A_minus_sign_and_a_decimal_comma_change_nothing()
    {
        const string Source = """
            public static partial class Functions
            {
                [Differentiable] public static double F(double x)
                {
                    double s = -1.5;
                    for (int i = 10; i > -3; i -= 2) s += -0.25 * x * i - 1e-300 * x;
                    return Math.Max(s, -12345.678) * -3;
                }
            }
            """;
        IReadOnlyDictionary<string, string> invariant = GeneratorHarness.Run(Source).GeneratedSources;
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NegativeSign = "\u2212";
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = ".";
            CultureInfo.CurrentCulture = culture;
            Assert.Equal("\u22121,5", (-1.5).ToString(culture));
            GeneratorRun run = GeneratorHarness.Run(Source);
            Assert.Equal(invariant, run.GeneratedSources);
            run.Compile();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
