namespace AutoDiff.Compiler;

/// <summary>An order-dependent hash of several values, stable within a process; netstandard2.0 has no <c>System.HashCode</c>.</summary>
internal struct HashCombiner
{
    private const uint Prime = 0x01000193;

    private uint _state;

    public static int Combine<T1, T2>(T1 first, T2 second)
    {
        var hash = new HashCombiner();
        hash.Add(first);
        hash.Add(second);
        return hash.ToHashCode();
    }

    public static int Combine<T1, T2, T3>(T1 first, T2 second, T3 third)
    {
        var hash = new HashCombiner();
        hash.Add(first);
        hash.Add(second);
        hash.Add(third);
        return hash.ToHashCode();
    }

    public void Add<T>(T value) => AddHash(value is null ? 0 : EqualityComparer<T>.Default.GetHashCode(value));

    public void AddHash(int hash) => _state = (Rotate(_state, 5) ^ (uint)hash ^ 0x811C9DC5) * Prime;

    public readonly int ToHashCode()
    {
        // Finaliser of MurmurHash3: spreads the low entropy of small integers over all bits.
        uint hash = _state;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return (int)(hash ^ (hash >> 16));
    }

    private static uint Rotate(uint value, int bits) => (value << bits) | (value >> (32 - bits));
}
