using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>
/// Initial values of parameters, written in place. Element <c>i</c> depends on the generator and on <c>i</c> alone.
/// </summary>
/// <remarks>Give each parameter its own stream: <c>new CounterRandom(seed, index)</c>.</remarks>
public static class Initialize
{
    /// <summary>Every element is <paramref name="value"/>.</summary>
    public static void Constant(Span<float> destination, float value) => destination.Fill(value);

    /// <summary>Normal numbers of the given mean and standard deviation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is negative or not finite.</exception>
    public static void Normal(Span<float> destination, CounterRandom random, double standardDeviation, double mean = 0)
    {
        if (!(standardDeviation >= 0) || double.IsInfinity(standardDeviation))
            throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "Expected a finite number >= 0.");
        for (int i = 0; i < destination.Length; i += 2)
        {
            var (first, second) = random.Normals((ulong)i / 2);
            destination[i] = (float)(mean + standardDeviation * first);
            if (i + 1 < destination.Length) destination[i + 1] = (float)(mean + standardDeviation * second);
        }
    }

    /// <summary>Numbers spread evenly over [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <exception cref="ArgumentException">The interval is empty or not finite.</exception>
    public static void Uniform(Span<float> destination, CounterRandom random, double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || low > high)
            throw new ArgumentException(Invariant($"low, high: expected finite low <= high, got [{low}, {high})."), nameof(low));
        for (int i = 0; i < destination.Length; i++)
            destination[i] = (float)(low + (high - low) * random.Uniform((ulong)i));
    }

    /// <summary>Uniform in ±√(6 / (fanIn + fanOut)) (Glorot and Bengio 2010).</summary>
    public static void XavierUniform(Span<float> destination, CounterRandom random, int fanIn, int fanOut)
    {
        double bound = Math.Sqrt(6.0 / (Positive(fanIn) + Positive(fanOut)));
        Uniform(destination, random, -bound, bound);
    }

    /// <summary>Normal with deviation √(2 / (fanIn + fanOut)) (Glorot and Bengio 2010).</summary>
    public static void XavierNormal(Span<float> destination, CounterRandom random, int fanIn, int fanOut) =>
        Normal(destination, random, Math.Sqrt(2.0 / (Positive(fanIn) + Positive(fanOut))));

    /// <summary>Uniform in ±gain·√(3 / fanIn); the default gain √2 is that of ReLU (He et al. 2015).</summary>
    public static void KaimingUniform(Span<float> destination, CounterRandom random, int fanIn, double gain = 1.4142135623730951)
    {
        double bound = gain * Math.Sqrt(3.0 / Positive(fanIn));
        Uniform(destination, random, -bound, bound);
    }

    /// <summary>Normal with deviation gain / √fanIn; the default gain √2 is that of ReLU (He et al. 2015).</summary>
    public static void KaimingNormal(Span<float> destination, CounterRandom random, int fanIn, double gain = 1.4142135623730951) =>
        Normal(destination, random, gain / Math.Sqrt(Positive(fanIn)));

    private static double Positive(int fan)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fan);
        return fan;
    }
}
