using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace AutoDiff.Generated;

/// <summary>
/// What a loop of the forward part saves for the backward part, last in first out. <c>default</c> is an empty stack; memory comes from the shared pool and
/// goes back with <see cref="Dispose"/>. A mutable structure: keep it in a variable.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ResidualStack<T> : IDisposable
{
    private const int FirstCapacity = 256;

    private T[]? _items;
    private int _count;

    /// <summary>How many residuals are saved.</summary>
    public readonly int Count => _count;

    /// <summary>Saves a residual.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(T item)
    {
        T[]? items = _items;
        int count = _count;
        if (items is null || (uint)count >= (uint)items.Length)
            items = Grow();
        items[count] = item;
        _count = count + 1;
    }

    /// <summary>Takes back the residual that was saved last.</summary>
    /// <exception cref="NullReferenceException">Nothing was ever saved.</exception>
    /// <exception cref="IndexOutOfRangeException">Nothing is left.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Pop()
    {
        int last = _count - 1;
        T item = _items![last];
        _count = last;
        return item;
    }

    /// <summary>
    /// Room for the residuals of a loop from <paramref name="first"/> to before <paramref name="end"/>, one for each iteration, to be filled by index before anything
    /// else is saved here; none where the loop does not run.
    /// </summary>
    public Span<T> Reserve(int first, int end)
    {
        int count = RunLength(first, end), start = _count, last = checked(start + count);
        if (_items is null || last > _items.Length)
            Grow(last);
        _count = last;
        return new Span<T>(_items, start, count);
    }

    /// <summary>Takes back the residuals that were reserved last.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public Span<T> Release(int first, int end)
    {
        int count = RunLength(first, end);
        Span<T> residuals = _items.AsSpan(_count - count, count);
        _count -= count;
        return residuals;
    }

    /// <summary>Gives the memory back. The stack is empty afterwards and can be used again.</summary>
    public void Dispose()
    {
        if (_items is not null)
            ArrayPool<T>.Shared.Return(_items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        _items = null;
        _count = 0;
    }

    private static int RunLength(int first, int end) => checked((int)Math.Max(0, (long)end - first));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T[] Grow(int least = 0)
    {
        T[]? full = _items;
        int capacity = Math.Max(full is null ? FirstCapacity : (int)Math.Min(full.Length * 2L, Array.MaxLength), least);
        if (full is not null && capacity <= full.Length)
            throw new OutOfMemoryException(FormattableString.Invariant($"More than {full.Length} residuals."));
        T[] items = ArrayPool<T>.Shared.Rent(capacity);
        if (full is not null)
        {
            Array.Copy(full, items, _count);
            ArrayPool<T>.Shared.Return(full, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        }

        return _items = items;
    }
}
