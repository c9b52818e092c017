namespace AutoDiff;

/// <summary>
/// The random numbers of one parameter: those of <see cref="CounterRandom"/> for a seed that the parameter's name is mixed into, so that a parameter's
/// initial values depend on nothing but the seed and its name.
/// </summary>
internal readonly struct ParameterRandom
{
    private readonly ulong _seed;

    /// <summary>The stream of <paramref name="seed"/> and <paramref name="name"/>.</summary>
    public ParameterRandom(ulong seed, ReadOnlySpan<char> name) => _seed = CounterRandom.Mix(seed) ^ Hash(name);

    /// <summary>Uniform on [0, 1), with 53 random bits.</summary>
    public double Uniform(ulong index) => CounterRandom.UniformDouble(_seed, index);

    /// <summary>Normal, mean 0 and variance 1 (Box and Muller 1958); takes two numbers of the stream.</summary>
    public double Normal(ulong index)
    {
        // 1 − u lies in (0, 1]: the logarithm is finite.
        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(2 * index)));
        return radius * Math.Cos(2 * Math.PI * Uniform(2 * index + 1));
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
