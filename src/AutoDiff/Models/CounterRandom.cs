namespace AutoDiff;

/// <summary>
/// A counter-based generator: the n-th number of a stream follows from the stream and n alone, so that draws can be repeated, resumed
/// and made in any order. It is SplitMix64 (Steele, Lea and Flood 2014) read at a position.
/// </summary>
internal readonly struct CounterRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private readonly ulong _start;

    /// <summary>The stream of <paramref name="seed"/> and <paramref name="name"/>.</summary>
    public CounterRandom(ulong seed, ReadOnlySpan<char> name) => _start = Mix(Mix(seed + GoldenGamma) ^ Hash(name));

    public ulong Bits(ulong index) => Mix(_start + (index + 1) * GoldenGamma);

    /// <summary>Uniform on [0, 1), with 53 random bits.</summary>
    public double Uniform(ulong index) => (Bits(index) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Normal, mean 0 and variance 1 (Box and Muller 1958); takes two numbers of the stream.</summary>
    public double Normal(ulong index)
    {
        // 1 − u lies in (0, 1]: the logarithm is finite.
        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(2 * index)));
        return radius * Math.Cos(2 * Math.PI * Uniform(2 * index + 1));
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    // FNV-1a: string.GetHashCode differs from process to process.
    private static ulong Hash(ReadOnlySpan<char> text)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (char c in text)
            hash = (hash ^ c) * 0x00000100000001B3;
        return hash;
    }
}
