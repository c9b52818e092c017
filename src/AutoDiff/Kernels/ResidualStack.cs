using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace AutoDiff.Kernels;

/// <summary>The values that a loop of scalar code keeps for its backward pass, last in first out, in pooled memory.</summary>
/// <typeparam name="T">A number or a struct of numbers.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct ResidualStack<T>
    where T : unmanaged
{
    private T[]? _items;
    private int _count;

    /// <summary>An empty stack with room for <paramref name="capacity"/> values.</summary>
    public ResidualStack(int capacity) => Reserve(capacity);

    /// <summary>The number of values.</summary>
    public readonly int Count => _count;

    /// <summary>
    /// Makes room for <paramref name="additional"/> more values, so that as many calls of <see cref="Push"/> do not grow the stack.
    /// </summary>
    public void Reserve(int additional)
    {
        if ((_items?.Length ?? 0) - _count < additional)
            Grow(checked(_count + additional));
    }

    /// <summary>Pushes a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(T value)
    {
        T[]? items = _items;
        int count = _count;
        if (items is null || (uint)count >= (uint)items.Length)
        {
            Grow(count + 1);
            items = _items!;
        }

        items[count] = value;
        _count = count + 1;
    }

    /// <summary>Pops the value pushed last.</summary>
    /// <exception cref="InvalidOperationException">The stack is empty.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Pop()
    {
        T[]? items = _items;
        int last = _count - 1;
        if (items is null || (uint)last >= (uint)items.Length)
            ThrowEmpty();
        _count = last;
        return items[last];
    }

    /// <summary>Gives the memory back to the pool. The stack is empty and usable afterwards.</summary>
    public void Dispose()
    {
        if (_items is not null)
            ArrayPool<T>.Shared.Return(_items);
        _items = null;
        _count = 0;
    }

    private void Grow(int needed)
    {
        T[] grown = ArrayPool<T>.Shared.Rent(Math.Max(needed, Math.Max(64, 2 * _count)));
        if (_items is not null)
        {
            _items.AsSpan(0, _count).CopyTo(grown);
            ArrayPool<T>.Shared.Return(_items);
        }

        _items = grown;
    }

    [DoesNotReturn]
    private static void ThrowEmpty() => throw new InvalidOperationException("The residual stack is empty: more was popped than pushed.");
}
