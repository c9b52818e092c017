namespace AutoDiff.Compiler.Interpretation;

/// <summary>
/// The counter-based generator of dropout masks, as the runtime library defines it: SplitMix64 read at a position, the seed mixed first.
/// An element is kept where its upper 24 bits reach ⌈rate · 2²⁴⌉.
/// </summary>
internal static class DropoutRandom
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    public static bool Keeps(long seed, int index, double rate)
    {
        ulong bits = unchecked(Mix(Mix((ulong)seed + Increment) + ((ulong)index + 1) * Increment));
        return bits >> 40 >= (ulong)Math.Ceiling(rate * (1 << 24));
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
