namespace AutoDiff.NeuralNetworks;

/// <summary>
/// A counter-based generator: every draw is a pure function of (seed, stream, counter), so there is no state to lose.
/// </summary>
/// <remarks>
/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011). Whoever resumes a
/// run, recomputes a step or draws out of order sees the same numbers. Streams separate purposes that share a seed.
/// </remarks>
/// <param name="Seed">The key of the cipher.</param>
/// <param name="Stream">The purpose; two streams of one seed are independent.</param>
public readonly record struct CounterRandom(ulong Seed, ulong Stream = 0)
{
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>128 random bits.</summary>
    public (uint X, uint Y, uint Z, uint W) Block(ulong counter)
    {
        uint x = (uint)counter, y = (uint)(counter >> 32), z = (uint)Stream, w = (uint)(Stream >> 32);
        uint key0 = (uint)Seed, key1 = (uint)(Seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * x, product1 = (ulong)Multiplier1 * z;
            (x, y, z, w) = ((uint)(product1 >> 32) ^ y ^ key0, (uint)product1, (uint)(product0 >> 32) ^ w ^ key1, (uint)product0);
            key0 += Weyl0;
            key1 += Weyl1;
        }
        return (x, y, z, w);
    }

    /// <summary>64 random bits.</summary>
    public ulong Bits(ulong counter)
    {
        var (x, y, _, _) = Block(counter);
        return ((ulong)y << 32) | x;
    }

    /// <summary>A number in [0, 1), of 53 bits.</summary>
    public double Uniform(ulong counter) => (Bits(counter) >> 11) * (1.0 / (1UL << 53));

    /// <summary>An integer in [0, <paramref name="bound"/>). The bias of the multiplication is below bound / 2⁶⁴.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public long Below(long bound, ulong counter)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (long)Math.BigMul(Bits(counter), (ulong)bound, out _);
    }

    /// <summary>Two independent standard normal numbers (Box and Muller 1958).</summary>
    public (double First, double Second) Normals(ulong counter)
    {
        var (x, y, z, w) = Block(counter);
        double u = ((((ulong)y << 32 | x) >> 11) + 1) * (1.0 / (1UL << 53)); // in (0, 1], so that the logarithm is finite
        double v = (((ulong)w << 32 | z) >> 11) * (1.0 / (1UL << 53));
        double radius = Math.Sqrt(-2 * Math.Log(u));
        var (sin, cos) = Math.SinCos(2 * Math.PI * v);
        return (radius * cos, radius * sin);
    }
}
