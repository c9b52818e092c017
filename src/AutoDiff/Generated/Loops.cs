using System.ComponentModel;

namespace AutoDiff.Generated;

/// <summary>Counters of loops that run backwards.</summary>
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
}
