using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Generated;

/// <summary>
/// What the forward halves of calls (<c>MRecord</c>) leave for the backward ones (<c>MPullback</c>), last in first out, whatever the types. One stack serves all
/// calls below a gradient, so recursion, loops and virtual calls need nothing else. <c>default</c> is an empty stack; memory comes from the shared pool and goes
/// back with <see cref="Dispose"/>. A mutable structure: keep it in a variable and pass it by reference.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ResidualStack : IDisposable
{
    private const int FirstCapacity = 128;

    // Items begin at multiples of eight bytes.
    private ulong[]? _items;
    private int _count;
    private object?[]? _objects;
    private int _objectCount;

    /// <summary>How many bytes the residuals take, references not counted.</summary>
    public readonly long Bytes => (long)_count * sizeof(ulong);

    /// <summary>Saves a residual.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push<T>(T item)
        where T : unmanaged
    {
        int end = _count + Words<T>(1);
        if (_items is null || (uint)end > (uint)_items.Length) Grow(end);
        Unsafe.WriteUnaligned(ref Unsafe.As<ulong, byte>(ref _items[_count]), item);
        _count = end;
    }

    /// <summary>Takes back the residual that was saved last; <typeparamref name="T"/> must be its type.</summary>
    /// <exception cref="InvalidOperationException">Nothing is left.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Pop<T>()
        where T : unmanaged
    {
        int start = _count - Words<T>(1);
        if (start < 0) ThrowEmpty();
        _count = start;
        return Unsafe.ReadUnaligned<T>(ref Unsafe.As<ulong, byte>(ref _items![start]));
    }

    /// <summary>Saves the contents of a buffer.</summary>
    public void PushCopy<T>(scoped ReadOnlySpan<T> contents)
    {
        int words = Words<T>(contents.Length), end = checked(_count + words);
        if (_items is null || end > _items.Length) Grow(end);
        contents.CopyTo(View<T>(_count, contents.Length));
        _count = end;
        Push(contents.Length);
    }

    /// <summary>Takes back the contents saved last, in memory of the stack that stays as it is until something is saved again.</summary>
    /// <exception cref="InvalidOperationException">Nothing is left.</exception>
    public Span<T> PopCopy<T>()
    {
        int length = Pop<int>(), words = Words<T>(length);
        if (words > _count) ThrowEmpty();
        _count -= words;
        return length == 0 ? [] : View<T>(_count, length);
    }

    /// <summary>Saves a reference, or a value that holds one.</summary>
    public void PushObject<T>(T item)
    {
        if (_objects is null || _objectCount == _objects.Length)
        {
            object?[]? full = _objects;
            object?[] larger = ArrayPool<object?>.Shared.Rent(Math.Max(16, _objectCount * 2));
            full?.AsSpan(0, _objectCount).CopyTo(larger);
            if (full is not null) ArrayPool<object?>.Shared.Return(full, clearArray: true);
            _objects = larger;
        }

        _objects[_objectCount++] = item;
    }

    /// <summary>Takes back what <see cref="PushObject{T}"/> saved last.</summary>
    /// <exception cref="InvalidOperationException">Nothing is left.</exception>
    public T PopObject<T>()
    {
        if (_objectCount == 0) ThrowEmpty();
        T item = (T)_objects![--_objectCount]!;
        _objects[_objectCount] = null;
        return item;
    }

    /// <summary>Saves the residual of a rule and hands on the value.</summary>
    public TValue Keep<TValue, TResidual>((TValue Value, TResidual Residual) recorded)
    {
        Keep(recorded.Residual);
        return recorded.Value;
    }

    /// <summary>Saves the residual of a rule, whatever its type.</summary>
    public void Keep<TResidual>(TResidual residual)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TResidual>())
        {
            PushObject(residual);
            return;
        }

        int words = WordsOf<TResidual>(), end = _count + words;
        if (_items is null || end > _items.Length) Grow(end);
        Unsafe.WriteUnaligned(ref Unsafe.As<ulong, byte>(ref _items[_count]), residual);
        _count = end;
    }

    /// <summary>Takes back what <see cref="Keep{TResidual}"/> saved last; <typeparamref name="TResidual"/> must be its type.</summary>
    /// <exception cref="InvalidOperationException">Nothing is left.</exception>
    public TResidual Take<TResidual>()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TResidual>()) return PopObject<TResidual>();
        int start = _count - WordsOf<TResidual>();
        if (start < 0) ThrowEmpty();
        _count = start;
        return Unsafe.ReadUnaligned<TResidual>(ref Unsafe.As<ulong, byte>(ref _items![start]));
    }

    private static int WordsOf<T>() => (Unsafe.SizeOf<T>() + sizeof(ulong) - 1) / sizeof(ulong);

    /// <summary>Gives the memory back. The stack is empty afterwards and can be used again.</summary>
    public void Dispose()
    {
        if (_items is not null) ArrayPool<ulong>.Shared.Return(_items);
        if (_objects is not null) ArrayPool<object?>.Shared.Return(_objects, clearArray: true);
        this = default;
    }

    private readonly Span<T> View<T>(int start, int length)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            throw new NotSupportedException($"{typeof(T)} is no number: it holds references.");
        return MemoryMarshal.CreateSpan(ref Unsafe.As<ulong, T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_items!), start)), length);
    }

    private static int Words<T>(int length)
        => checked((int)(((long)length * Unsafe.SizeOf<T>() + sizeof(ulong) - 1) / sizeof(ulong)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    [MemberNotNull(nameof(_items))]
    private void Grow(int end)
    {
        ulong[]? full = _items;
        ulong[] larger = ArrayPool<ulong>.Shared.Rent(Math.Max(end, full is null ? FirstCapacity : checked(full.Length * 2)));
        if (full is not null)
        {
            full.AsSpan(0, _count).CopyTo(larger);
            ArrayPool<ulong>.Shared.Return(full);
        }

        _items = larger;
    }

    [DoesNotReturn]
    private static void ThrowEmpty() => throw new InvalidOperationException("More residuals are taken back than were saved.");
}
