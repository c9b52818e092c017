using System.ComponentModel;
using System.Numerics;
using AutoDiff.Parallel;
using AutoDiff.Simd;

namespace AutoDiff.Kernels;

/// <summary>Rows of tables: gathering, and its transpose, scattered addition; and copies between layouts.</summary>
/// <remarks>All are parallel where it pays, and none depends on the number of threads.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Rows
{
    /// <summary>destination[i, :] = table[indices[i], :], rows of <paramref name="width"/> elements.</summary>
    /// <exception cref="ArgumentException">An index is outside the table, or a length is not that of its rows.</exception>
    public static void Gather<T>(ReadOnlySpan<T> table, ReadOnlySpan<int> indices, int width, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckRows(table.Length, indices, width, nameof(table));
        if (destination.Length != (long)indices.Length * width)
            throw new ArgumentException(
                $"{indices.Length} rows of {width} do not fill {destination.Length} elements.", nameof(destination));
        var loop = new GatherLoop<T>(table, indices, width, destination);
        RowLoops.Run<T, GatherLoop<T>>(ref loop, indices.Length, width);
    }

    /// <summary>table[indices[i], :] += values[i, :], rows of <paramref name="width"/> elements, in ascending order of i.</summary>
    /// <remarks>
    /// Threads own ranges of the table's rows and each walks all indices: rows that repeat are added in order, by one thread, without
    /// locks.
    /// </remarks>
    /// <exception cref="ArgumentException">An index is outside the table, or a length is not that of its rows.</exception>
    public static void ScatterAdd<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> indices, int width, Span<T> table)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckRows(table.Length, indices, width, nameof(table));
        if (values.Length != (long)indices.Length * width)
            throw new ArgumentException($"{indices.Length} rows of {width} do not make {values.Length} elements.", nameof(values));
        if (width == 0 || indices.Length == 0)
            return;
        int rows = table.Length / width;
        long cost = (long)indices.Length * (width + 1);
        var loop = new ScatterAddLoop<T>(values, indices, width, table);
        RowLoops.Run<T, ScatterAddLoop<T>>(ref loop, rows, cost / rows + 1);
    }

    /// <summary>Writes <paramref name="value"/> to every element.</summary>
    public static void Fill<T>(Span<T> destination, T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => destination.Fill(value);

    private static void CheckRows(int tableLength, ReadOnlySpan<int> indices, int width, string table)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        if (width == 0 ? tableLength != 0 : tableLength % width != 0)
            throw new ArgumentException($"{tableLength} elements are no whole number of rows of {width}.", table);
        int rows = width == 0 ? 0 : tableLength / width;
        for (int i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)rows && width != 0)
                throw new ArgumentException($"Index {indices[i]} at {i} is outside the table's {rows} rows.", nameof(indices));
        }
    }

    private readonly ref struct GatherLoop<T>(ReadOnlySpan<T> table, ReadOnlySpan<int> indices, int width, Span<T> destination)
        : IRowLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ReadOnlySpan<T> _table = table;
        private readonly ReadOnlySpan<int> _indices = indices;
        private readonly Span<T> _destination = destination;

        void IRowLoop<T>.Rows<V>(int start, int end)
        {
            for (int i = start; i < end; i++)
                _table.Slice(_indices[i] * width, width).CopyTo(_destination.Slice(i * width, width));
        }
    }

    private readonly ref struct ScatterAddLoop<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> indices, int width, Span<T> table) : IRowLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ReadOnlySpan<T> _values = values;
        private readonly ReadOnlySpan<int> _indices = indices;
        private readonly Span<T> _table = table;

        void IRowLoop<T>.Rows<V>(int start, int end)
        {
            for (int i = 0; i < _indices.Length; i++)
            {
                int row = _indices[i];
                if (row >= start && row < end)
                    Add<V>(_values.Slice(i * width, width), _table.Slice(row * width, width));
            }
        }

        private static void Add<V>(ReadOnlySpan<T> values, Span<T> sums)
            where V : struct, IVector<V, T>
        {
            ref readonly T x = ref values[0];
            ref T y = ref sums[0];
            int j = 0;
            for (; j <= sums.Length - V.Count; j += V.Count)
                V.Store(V.Load(in y, j) + V.Load(in x, j), ref y, j);
            if (j < sums.Length)
            {
                int lanes = sums.Length - j;
                V.StorePartial(V.LoadPartial(in y, j, lanes) + V.LoadPartial(in x, j, lanes), ref y, j, lanes);
            }
        }
    }
}
