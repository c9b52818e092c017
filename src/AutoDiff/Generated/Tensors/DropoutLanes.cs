using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using AutoDiff.Simd;

namespace AutoDiff.Generated;

/// <summary>The mask of dropout: 0, or 1 / (1 − rate), for each element by its index; <see cref="CounterRandom"/> defines the numbers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DropoutLanes<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ulong _key;
    private readonly ulong _threshold;
    private readonly T _scale;

    /// <summary>The mask of a rate and a seed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public DropoutLanes(double rate, ulong seed)
    {
        if (!(rate >= 0 && rate < 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, string.Create(CultureInfo.InvariantCulture, $"rate: {rate} is outside [0, 1)."));
        _key = CounterRandom.Key(seed);
        _threshold = CounterRandom.DropThreshold(rate);
        _scale = T.CreateTruncating(1 / (1 - rate));
    }

    /// <summary>The mask of the elements from <paramref name="index"/> on.</summary>
    public V Lanes<V>(nint index, int lanes)
        where V : struct, IVector<V, T>
    {
        Span<T> mask = stackalloc T[V.Count];
        mask.Clear();
        for (int lane = 0; lane < lanes; lane++)
        {
            ulong bits = CounterRandom.Mix(unchecked(_key + ((ulong)(index + lane) + 1) * CounterRandom.Increment));
            mask[lane] = bits >> 40 >= _threshold ? _scale : T.Zero;
        }

        return V.Load(in mask[0], 0);
    }
}
