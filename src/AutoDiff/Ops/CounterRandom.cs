namespace AutoDiff;

/// <summary>
/// Random numbers that are a pure function of (seed, index): no state, so recomputation, resumption, any number of threads and
/// vector code all see the same ones.
/// </summary>
/// <remarks>
/// <code>
/// mix(z)          z ^= z >> 30;  z *= 0xBF58476D1CE4E5B9;  z ^= z >> 27;  z *= 0x94D049BB133111EB;  z ^= z >> 31
/// key(seed)       mix(seed + 0x9E3779B97F4A7C15)
/// bits(seed, i)   mix(key(seed) + (i + 1) · 0x9E3779B97F4A7C15)          modulo 2⁶⁴
/// uniform float   (bits >> 40) · 2⁻²⁴        uniform double  (bits >> 11) · 2⁻⁵³
/// </code>
/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) read at a position; the seed is mixed first, so that neighbouring seeds
/// do not give shifted copies of one sequence. The float is the leading part of the double.
/// </remarks>
public static class CounterRandom
{
    /// <summary>The increment of the sequence: 2⁶⁴ / φ, odd.</summary>
    public const ulong Increment = 0x9E3779B97F4A7C15;

    /// <summary>The start of the sequence of a seed, for code that computes many indices.</summary>
    public static ulong Key(ulong seed) => Mix(unchecked(seed + Increment));

    /// <summary>64 random bits.</summary>
    public static ulong Bits(ulong seed, ulong index) => Mix(unchecked(Key(seed) + (index + 1) * Increment));

    /// <summary>A uniform number in [0, 1), a multiple of 2⁻²⁴.</summary>
    public static float UniformSingle(ulong seed, ulong index) => (Bits(seed, index) >> 40) * (1f / (1 << 24));

    /// <summary>A uniform number in [0, 1), a multiple of 2⁻⁵³.</summary>
    public static double UniformDouble(ulong seed, ulong index) => (Bits(seed, index) >> 11) * (1.0 / (1L << 53));

    /// <summary>
    /// The threshold of dropout: element i is kept where <c>Bits(seed, i) >> 40</c> is at least this, which is
    /// <c>UniformSingle(seed, i) >= rate</c> in integers, the same for every element type.
    /// </summary>
    public static ulong DropThreshold(double rate) => (ulong)Math.Ceiling(rate * (1 << 24));

    /// <summary>The finaliser: a bijection of 64-bit words in which every input bit reaches every output bit.</summary>
    public static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
