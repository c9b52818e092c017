using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Generated;

/// <summary>Rectangular arrays as generated members see them: their elements in row-major order.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Rectangular
{
    /// <summary>The elements of an array of any rank, where they are.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="array"/> is null.</exception>
    /// <exception cref="ArgumentException">Its elements have another type.</exception>
    public static Span<T> Elements<T>(Array array, [CallerArgumentExpression(nameof(array))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(array, name);
        if (array.GetType().GetElementType() != typeof(T))
            throw new ArgumentException($"{name}: elements of type {array.GetType().GetElementType()} do not match {typeof(T)}.", name);
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
    }

    /// <summary>The row that begins at an element.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such row.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> Row<T>(Span<T> elements, int start, int length)
    {
        if ((uint)start > (uint)elements.Length || (uint)length > (uint)(elements.Length - start)) OutOfRange();
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetReference(elements), (nint)(uint)start), length);
    }

    /// <inheritdoc cref="Row{T}(Span{T}, int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<T> Row<T>(ReadOnlySpan<T> elements, int start, int length)
    {
        if ((uint)start > (uint)elements.Length || (uint)length > (uint)(elements.Length - start)) OutOfRange();
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetReference(elements), (nint)(uint)start), length);
    }

    /// <summary>Throws where a destination has other lengths than the array that it belongs to.</summary>
    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void SameShape(
        Array destination, Array source, [CallerArgumentExpression(nameof(destination))] string? destinationName = null,
        [CallerArgumentExpression(nameof(source))] string? sourceName = null)
    {
        ArgumentNullException.ThrowIfNull(destination, destinationName);
        ArgumentNullException.ThrowIfNull(source, sourceName);
        for (int axis = 0; axis < source.Rank; axis++)
            if (destination.GetLength(axis) != source.GetLength(axis))
                throw new ArgumentException($"{destinationName}: lengths {Text(destination)} do not match {sourceName}: lengths {Text(source)}.", destinationName);
    }

    [DoesNotReturn]
    private static void OutOfRange() => throw new IndexOutOfRangeException();

    private static string Text(Array array) => $"[{string.Join(", ", Enumerable.Range(0, array.Rank).Select(array.GetLength))}]";
}
