using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Generated;

/// <summary>The rows of a jagged array as generated members see them: a copy of all elements, one row behind the other, and where each row is.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct JaggedRows<T>
{
    private JaggedRows(Span<T> elements, Span<int> starts, Span<int> lengths)
    {
        Elements = elements;
        Starts = starts;
        Lengths = lengths;
    }

    /// <summary>The elements of all rows.</summary>
    public Span<T> Elements { get; }

    /// <summary>Where each row starts.</summary>
    public Span<int> Starts { get; }

    /// <summary>How long each row is.</summary>
    public Span<int> Lengths { get; }

    /// <summary>A copy of the rows.</summary>
    /// <exception cref="ArgumentNullException">The array, or one of its rows, is null.</exception>
    public static JaggedRows<T> Of(T[][] rows, ref ScratchBuffers scratch, [CallerArgumentExpression(nameof(rows))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(rows, name);
        int count = 0;
        Span<int> starts = scratch.Rent<int>(rows.Length), lengths = scratch.Rent<int>(rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] is null) throw new ArgumentNullException(name, $"{name}[{i}] is null.");
            starts[i] = count;
            count = checked(count + (lengths[i] = rows[i].Length));
        }

        Span<T> elements = scratch.Rent<T>(count);
        for (int i = 0; i < rows.Length; i++) rows[i].CopyTo(elements[starts[i]..]);
        return new(elements, starts, lengths);
    }

    /// <summary>A copy of the rows of something that belongs to another array.</summary>
    /// <exception cref="ArgumentException">Its rows are not as long as those of the other.</exception>
    public static JaggedRows<T> Of(
        T[][] rows, T[][] owner, ref ScratchBuffers scratch, [CallerArgumentExpression(nameof(rows))] string? name = null,
        [CallerArgumentExpression(nameof(owner))] string? ownerName = null)
    {
        JaggedRows<T> copy = Of(rows, ref scratch, name);
        if (rows.Length != owner.Length)
            throw new ArgumentException($"{name}: {rows.Length} rows do not match {ownerName}: {owner.Length} rows.", name);
        for (int i = 0; i < rows.Length; i++)
            if (rows[i].Length != owner[i].Length)
                throw new ArgumentException($"{name}[{i}]: length {rows[i].Length} does not match {ownerName}[{i}]: length {owner[i].Length}.", name);
        return copy;
    }

    /// <summary>Throws where a row that is written is a row of another array too, or twice of its own.</summary>
    /// <exception cref="ArgumentException">The row is shared.</exception>
    public static void NoOverlap(T[][] written, T[][] other, string name, string otherName)
    {
        ArgumentNullException.ThrowIfNull(written, name);
        ArgumentNullException.ThrowIfNull(other, otherName);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        if (!ReferenceEquals(written, other) || name != otherName) seen.UnionWith(other.Where(static row => row is { Length: > 0 }));
        foreach (T[] row in written)
            if (row is { Length: > 0 } && !seen.Add(row)) throw new ArgumentException($"{name} overlaps {otherName}: a row that is written is in both, or twice in one.", name);
    }

    /// <inheritdoc cref="NoOverlap(T[][], T[][], string, string)"/>
    public static void NoOverlap<TOther>(T[][] written, ReadOnlySpan<TOther> other, string name, string otherName)
    {
        ArgumentNullException.ThrowIfNull(written, name);
        ReadOnlySpan<byte> bytes = Bytes(other);
        foreach (T[] row in written)
            if (row is not null && Bytes<T>(row).Overlaps(bytes))
                throw new ArgumentException($"{name} overlaps {otherName}: a row that is written shares memory with it.", name);
    }

    /// <inheritdoc cref="NoOverlap(T[][], T[][], string, string)"/>
    public static void NoOverlap<TOther>(T[][] written, Span<TOther> other, string name, string otherName)
        => NoOverlap(written, (ReadOnlySpan<TOther>)other, name, otherName);

    /// <inheritdoc cref="NoOverlap(T[][], T[][], string, string)"/>
    public static void NoOverlap<TOther>(T[][] written, TOther[] other, string name, string otherName)
        => NoOverlap(written, (ReadOnlySpan<TOther>)other, name, otherName);

    // Of whatever type: a generic method of numbers may not say that its numbers are unmanaged.
    private static ReadOnlySpan<byte> Bytes<TAny>(ReadOnlySpan<TAny> memory)
        => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TAny, byte>(ref MemoryMarshal.GetReference(memory)), checked(memory.Length * Unsafe.SizeOf<TAny>()));

    /// <summary>Copies the elements back into rows of the same lengths.</summary>
    public void CopyTo(T[][] rows)
    {
        for (int i = 0; i < rows.Length; i++) Elements.Slice(Starts[i], Lengths[i]).CopyTo(rows[i]);
    }
}
