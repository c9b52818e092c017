using System.Buffers;
using System.ComponentModel;

namespace AutoDiff.Generated;

/// <summary>In which order keys come: derivatives go through a permutation, which is fixed at a point.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Sorting
{
    /// <summary>The indices of the keys from the least to the greatest, or the other way; equal keys stay in their order.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="order">Receives their indices.</param>
    /// <param name="descending">Whether the greatest comes first.</param>
    /// <exception cref="ArgumentException"><paramref name="order"/> is not as long as <paramref name="keys"/>.</exception>
    public static void Order<T>(ReadOnlySpan<T> keys, Span<int> order, bool descending)
        where T : unmanaged, IComparable<T>
    {
        if (order.Length != keys.Length)
            throw new ArgumentException($"order: length {order.Length} does not match keys: length {keys.Length}.", nameof(order));
        for (int i = 0; i < order.Length; i++) order[i] = i;
        int[] rented = ArrayPool<int>.Shared.Rent(order.Length);
        Sort(keys, order, rented.AsSpan(0, order.Length), descending ? -1 : 1);
        ArrayPool<int>.Shared.Return(rented);
    }

    // A merge sort, since it is stable.
    private static void Sort<T>(ReadOnlySpan<T> keys, Span<int> order, Span<int> scratch, int sign)
        where T : unmanaged, IComparable<T>
    {
        if (order.Length < 2) return;
        int middle = order.Length / 2;
        Sort(keys, order[..middle], scratch[..middle], sign);
        Sort(keys, order[middle..], scratch[middle..], sign);
        order.CopyTo(scratch);
        for (int k = 0, a = 0, b = middle; k < order.Length; k++)
            order[k] = b == order.Length || (a < middle && sign * keys[scratch[a]].CompareTo(keys[scratch[b]]) <= 0) ? scratch[a++] : scratch[b++];
    }
}
