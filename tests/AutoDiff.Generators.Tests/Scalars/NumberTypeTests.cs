namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>Half, float and mixtures; integers beside them in checked arithmetic.</summary>
public class NumberTypeTests
{
    private static readonly Lazy<LoadedAssembly> Compiled = new(static () => GeneratorHarness.Run("""
        public static partial class Functions
        {
            [Differentiable]
            public static Half Halves(Half x, Half y)
            {
                Half s = x * y + Half.Exp(x);
                for (int i = 0; i < 2; i++) s = s * y - (Half)0.5f;
                return s > (Half)100f ? x : s;
            }

            [Differentiable]
            public static float Mixed(float x, double y, int n, byte b, long l, uint u)
            {
                double s = x * y;
                for (int i = 1; i <= n; i++) s += s / (i * i) + l % 3;
                return (float)s * b + u;
            }

            public static double[] UseHalves(double x, double y)
            {
                var r = HalvesGradient((Half)x, (Half)y);
                return [(double)r.Value, (double)r.DX, (double)r.DY, (double)Halves((Half)x, (Half)y)];
            }

            public static double[] Use(float x, double y)
            {
                var r = MixedGradient(x, y, 3, 2, 7, 5);
                return [r.Value, r.DX, r.DY, Mixed(x, y, 3, 2, 7, 5)];
            }
        }
        """).Load());

    [Fact]
    public void Half()
    {
        double x = 0.5, y = 1.25;
        double[] actual = Compiled.Value.Call("Functions", "UseHalves", x, y)!;
        double s0 = x * y + Math.Exp(x), ds0 = y * y;
        Assert.Equal([(s0 * y - 0.5) * y - 0.5, ds0 * (y + Math.Exp(x)), ds0 * x + 2 * s0 * y - 0.5], actual[..3], Near.Within(5e-3));
        Assert.Equal(actual[3], actual[0]);
    }

    [Fact]
    public void Mixed_widths_keep_the_type_of_each_operand()
    {
        double[] actual = Compiled.Value.Call("Functions", "Use", 1.5f, 0.75)!;
        double factor = 2 * 2 * (1 + 1.0 / 4) * (1 + 1.0 / 9);
        Assert.Equal([factor * 0.75, factor * 1.5], actual[1..3], Near.Within(1e-6));
        Assert.Equal(actual[3], actual[0]);
    }
}
