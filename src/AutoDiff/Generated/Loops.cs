using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoDiff.Simd;

namespace AutoDiff.Generated;

/// <summary>Counters of loops that run backwards, or in vector lanes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Loops
{
    /// <summary>
    /// The last number that the counter of <c>for (i = start; i &lt; end; i += stride)</c> takes (<c>i &gt; end</c> for a negative stride); where it takes
    /// none, a number on the other side of <paramref name="start"/>, so that the reversed loop runs zero times too.
    /// </summary>
    public static int Last(int start, int end, int stride)
    {
        long last = start + Steps((long)end - start, stride) * stride;
        return checked((int)last);
    }

    /// <inheritdoc cref="Last(int, int, int)"/>
    public static long Last(long start, long end, long stride)
    {
        Int128 last = start + Steps((Int128)end - start, stride) * stride;
        return checked((long)last);
    }

    // How many steps from the first number to the last one; −1 where there is no number.
    private static long Steps(long distance, long stride)
        => stride > 0 ? distance > 0 ? (distance - 1) / stride : -1 : distance < 0 ? (-distance - 1) / -stride : -1;

    private static Int128 Steps(Int128 distance, long stride)
        => stride > 0 ? distance > 0 ? (distance - 1) / stride : -1 : distance < 0 ? (-distance - 1) / -(Int128)stride : -1;

    /// <summary>Where the last whole vector of <paramref name="lanes"/> iterations between <paramref name="start"/> and <paramref name="end"/> ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Whole(int start, int end, int lanes)
    {
        long count = (long)end - start;
        return count < lanes ? start : (int)(start + count - (count & (lanes - 1)));
    }

    /// <summary>
    /// The bounds check of a loop from <paramref name="start"/> to before <paramref name="end"/>, made before it: the indices <paramref name="first"/>,
    /// <paramref name="first"/> + <paramref name="stride"/> and so on, one for each iteration, lie in a buffer of so many elements.
    /// </summary>
    /// <exception cref="IndexOutOfRangeException">One of them does not.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check(int length, int first, int start, int end, int stride = 1)
    {
        long count = (long)end - start, last = first + (count - 1) * stride;
        if (count > 0 && ((uint)first >= (uint)length || (ulong)last >= (ulong)length))
            Throw(length, first, last);
    }

    /// <summary>What one lane holds.</summary>
    public static T Lane<V, T>(V lanes, int index)
        where V : struct, IVector<V, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        Span<T> numbers = stackalloc T[V.Count];
        V.Store(lanes, numbers, 0);
        return numbers[index];
    }

    /// <summary>Writes whole numbers, which lanes hold exactly, to a span of them, where a mask says so. Not bounds-checked.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="mask">The lanes to write.</param>
    /// <param name="destination">Receives them.</param>
    /// <param name="index">Where lane 0 goes.</param>
    /// <param name="count">How many lanes there are.</param>
    public static void StoreIntegers<V>(V values, V mask, Span<int> destination, int index, int count)
        where V : struct, IVector<V, double>
    {
        Span<double> lanes = stackalloc double[V.Count];
        Span<long> isWritten = stackalloc long[V.Count];
        V.Store(values, lanes, 0);
        V.Store(mask, MemoryMarshal.Cast<long, double>(isWritten), 0);
        for (int k = 0; k < count; k++)
            if (isWritten[k] != 0) destination[index + k] = (int)lanes[k];
    }

    [DoesNotReturn]
    private static void Throw(int length, int first, long last)
        => throw new IndexOutOfRangeException(FormattableString.Invariant($"A loop accesses the elements {first} to {last} of a buffer of {length}."));
}
