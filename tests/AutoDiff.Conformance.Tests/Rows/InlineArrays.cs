using System.Runtime.CompilerServices;

namespace AutoDiff.Conformance;

/// <summary>Beyond the catalogue: inline arrays, which are values with elements.</summary>
public static partial class InlineArrays
{
    [InlineArray(4)]
    public struct Four
    {
        private double _first;
    }

    public struct Pair
    {
        public Four Left;
        public double Right;
    }

    [Row("inline_array", 0.25, 1.5, -2)]
    [Differentiable]
    public static double Weights(double t, double p, double q)
    {
        Four w = default;
        w[0] = -0.5 * t * (1 - t);
        w[1] = 1 + t * t * p;
        w[2] = t * q;
        w[^1] += 0.5 * t * w[1];
        double sum = 0;
        foreach (double v in w) sum += v * v;
        return sum + w[0] * p + w[3] * q;
    }

    [Row("inline_array_is_a_value", 0.25, 1.5)]
    [Differentiable]
    public static double Copies(double x, double y)
    {
        var a = new Four();
        double s = 0;
        for (int i = 0; i < 4; i++)
        {
            a[i] = x * i + y;
            Four before = a;
            a[0] *= y;
            s += before[0] * a[0] + Total(before) + First(a, a[1] = x);
            Scale(ref a, x);
        }

        Pair pair = default;
        pair.Left = a;
        pair.Left[2] = x * y;
        pair.Right = a[2];
        Span<double> view = a;
        view[1] = x * x * y;
        return s + pair.Left[2] * pair.Right + a[1] + a[1..3][1];
    }

    private static double Total(Four values)
    {
        double s = 0;
        values[3] = 1;
        foreach (double v in values) s += v;
        return s;
    }

    private static double First(Four values, double other) => values[1] * other;

    private static void Scale(ref Four values, double by)
    {
        foreach (ref double v in values[..]) v *= by;
    }
}
