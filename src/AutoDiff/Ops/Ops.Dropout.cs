using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>
    /// Element i, counted in row-major order, becomes 0 where <c>CounterRandom.UniformSingle(seed, i) &lt; rate</c>, and x / (1 − rate)
    /// elsewhere.
    /// </summary>
    /// <remarks>
    /// The mask depends on nothing but seed and index, so that the backward pass makes it again instead of storing it. Give each call and
    /// each step a seed of its own.
    /// </remarks>
    /// <param name="x">Any shape.</param>
    /// <param name="rate">The probability to drop, in [0, 1).</param>
    /// <param name="seed">Names the mask.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public static Tensor<T> Dropout<T>(Tensor<T> x, double rate, ulong seed)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> source = Dense.Read(x);
        if (!(rate >= 0 && rate < 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, FormattableString.Invariant($"rate: {rate} is outside [0, 1)."));
        ulong threshold = CounterRandom.DropThreshold(rate);
        T scale = T.CreateTruncating(1 / (1 - rate));
        var result = new T[source.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = CounterRandom.Bits(seed, (ulong)i) >> 40 >= threshold ? source[i] * scale : T.Zero;
        return Dense.Over(result, x.Lengths);
    }

    /// <inheritdoc cref="Dropout{T}(Tensor{T}, double, ulong)"/>
    public static Tensor<T> Dropout<T>(Tensor<T> x, double rate, long seed)
        where T : IBinaryFloatingPointIeee754<T>
        => Dropout(x, rate, unchecked((ulong)seed));

    /// <inheritdoc cref="Dropout{T}(Tensor{T}, double, ulong)"/>
    public static Tensor<T> Dropout<T>(Tensor<T> x, double rate, int seed)
        where T : IBinaryFloatingPointIeee754<T>
        => Dropout(x, rate, unchecked((ulong)seed));
}
