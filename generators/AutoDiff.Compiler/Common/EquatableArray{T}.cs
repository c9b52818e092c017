using System.Collections;
using System.Runtime.CompilerServices;

namespace AutoDiff.Compiler;

/// <summary>
/// An immutable array that is equal to another one with equal elements, so that records that hold it are equal by value.
/// <c>default</c> is the empty array. Built by a collection expression, <see cref="EquatableArray.Create{T}"/> or
/// <see cref="EquatableArray.ToEquatable{T}"/>.
/// </summary>
[CollectionBuilder(typeof(EquatableArray), nameof(EquatableArray.Create))]
public readonly struct EquatableArray<T> : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
{
    private readonly T[]? _items;

    /// <summary>Takes ownership of <paramref name="items"/>: the caller must not change it afterwards.</summary>
    public EquatableArray(T[] items) => _items = items.Length == 0 ? null : items;

    public static EquatableArray<T> Empty => default;

    public int Length => _items is null ? 0 : _items.Length;

    public bool IsEmpty => _items is null;

    int IReadOnlyCollection<T>.Count => Length;

    public T this[int index] => _items is null ? throw new IndexOutOfRangeException() : _items[index];

    public ReadOnlySpan<T> AsSpan() => _items;

    public T[] ToArray() => _items is null ? [] : (T[])_items.Clone();

    public EquatableArray<TResult> Map<TResult>(Func<T, TResult> selector)
    {
        if (_items is null)
            return default;
        var results = new TResult[_items.Length];
        for (int i = 0; i < results.Length; i++)
            results[i] = selector(_items[i]);
        return new(results);
    }

    /// <summary>This array with <paramref name="item"/> behind it.</summary>
    public EquatableArray<T> Add(T item) => [.. this, item];

    public bool Equals(EquatableArray<T> other)
    {
        if (ReferenceEquals(_items, other._items))
            return true;
        if (_items is null || other._items is null || _items.Length != other._items.Length)
            return false;
        for (int i = 0; i < _items.Length; i++)
        {
            if (!EqualityComparer<T>.Default.Equals(_items[i], other._items[i]))
                return false;
        }
        return true;
    }

    public override bool Equals(object? other) => other is EquatableArray<T> array && Equals(array);

    public override int GetHashCode()
    {
        var hash = new HashCombiner();
        foreach (T item in this)
            hash.Add(item);
        return hash.ToHashCode();
    }

    public Enumerator GetEnumerator() => new(_items ?? []);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(_items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (_items ?? []).GetEnumerator();

    public override string ToString() => "[" + string.Join(", ", _items ?? []) + "]";

    public static bool operator ==(EquatableArray<T> left, EquatableArray<T> right) => left.Equals(right);

    public static bool operator !=(EquatableArray<T> left, EquatableArray<T> right) => !left.Equals(right);

    public static implicit operator EquatableArray<T>(T[] items) => new((T[])items.Clone());

    /// <summary>Enumerates without boxing.</summary>
    public struct Enumerator
    {
        private readonly T[] _items;
        private int _index;

        internal Enumerator(T[] items)
        {
            _items = items;
            _index = -1;
        }

        public readonly T Current => _items[_index];

        public bool MoveNext() => ++_index < _items.Length;
    }
}
