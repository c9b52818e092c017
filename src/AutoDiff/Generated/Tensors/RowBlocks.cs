using System.ComponentModel;
using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff.Generated;

/// <summary>
/// Sums over rows: rows are cut into blocks whose size depends on nothing but their number, each block has a partial result, and these are joined in order. So the
/// number of threads does not change a bit.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowBlocks
{
    private const int MostBlocks = 32;
    private const int LeastRows = 16;

    /// <summary>The rows of a block.</summary>
    public static int Size(int rows) => Math.Max(LeastRows, (rows + MostBlocks - 1) / MostBlocks);

    /// <summary>The number of blocks, at least 1.</summary>
    public static int Count(int rows) => Math.Max(1, (rows + Size(rows) - 1) / Size(rows));

    /// <summary>
    /// The rows that a loop over blocks takes at a time: as few as keep what is between two products in cache, as many as the products want.
    /// </summary>
    public const int Height = 64;

    /// <summary>The rows that a kernel goes through together where one loop over a row waits for the sum of another: as many as stay in the first-level cache.</summary>
    /// <remarks>Results do not depend on it.</remarks>
    public static int Group(int columns) => Math.Clamp(2048 / Math.Max(columns, 1), 1, 8);

    /// <summary>Where the last block of so many rows starts; negative where there are none.</summary>
    public static int Last(int rows, int height) => (rows + height - 1) / height * height - height;

    /// <summary>The most elements of what is between two products that the forward part keeps for the backward part: some megabytes stay in cache.</summary>
    /// <remarks>Results do not depend on it.</remarks>
    public static int MostKept { get; set; } = 1 << 20;

    /// <summary>The number of elements to keep: all, or none.</summary>
    public static int Kept(long count) => count <= MostKept ? (int)count : 0;

    /// <summary>Fills rows of <paramref name="columns"/> elements, <paramref name="stride"/> apart, with zeros.</summary>
    public static void Clear<T>(Span<T> destination, int start, int rows, int columns, int stride)
        where T : unmanaged
    {
        for (int row = 0; row < rows; row++)
            destination.Slice(start + row * stride, columns).Clear();
    }

    /// <summary>The number of chunks of a flat run of elements.</summary>
    public static int Chunks(int length, int chunk) => (int)(((long)length + chunk - 1) / chunk);

    /// <summary>Adds the partial sums of blocks.</summary>
    /// <param name="parts">One row for each block.</param>
    /// <param name="destination">One element for each column.</param>
    /// <param name="accumulate">Whether the sum is added to what the destination holds.</param>
    public static void Sum<T>(ReadOnlySpan<T> parts, Span<T> destination, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = destination.Length;
        if (columns == 0)
            return;
        if (!accumulate)
            parts[..columns].CopyTo(destination);
        for (int at = accumulate ? 0 : columns; at < parts.Length; at += columns)
            TensorPrimitives.Add(destination, parts.Slice(at, columns), destination);
    }

    /// <summary>Joins the partial maxima of blocks.</summary>
    public static void Max<T>(ReadOnlySpan<T> parts, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = destination.Length;
        destination.Fill(T.NegativeInfinity);
        for (int at = 0; columns > 0 && at < parts.Length; at += columns)
            TensorPrimitives.Max(destination, parts.Slice(at, columns), destination);
    }

    /// <summary>Joins the partial minima of blocks.</summary>
    public static void Min<T>(ReadOnlySpan<T> parts, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = destination.Length;
        destination.Fill(T.PositiveInfinity);
        for (int at = 0; columns > 0 && at < parts.Length; at += columns)
            TensorPrimitives.Min(destination, parts.Slice(at, columns), destination);
    }
}
