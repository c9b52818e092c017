namespace AutoDiff.GradBench.Tests;

/// <summary>Central differences, and what they are compared with.</summary>
internal static class Differences
{
    public static double[] Gradient(Func<double> f, double[] x, double step = 1e-5)
    {
        double[] gradient = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double kept = x[i], h = step * Math.Max(1, Math.Abs(kept));
            x[i] = kept + h;
            double above = f();
            x[i] = kept - h;
            double below = f();
            x[i] = kept;
            gradient[i] = (above - below) / (2 * h);
        }

        return gradient;
    }

    public static void AreNear(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance = 1e-6)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected[i] - actual[i]) / Math.Max(1, Math.Abs(expected[i]));
            Assert.True(error <= tolerance, FormattableString.Invariant($"element {i}: expected {expected[i]}, actual {actual[i]}"));
        }
    }

    /// <summary>Numbers between −1 and 1 that are the same in every run.</summary>
    public static double[] Random(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
    }
}
