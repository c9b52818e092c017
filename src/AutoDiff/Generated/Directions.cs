using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Generated;

/// <summary>
/// Several directions at once: the lanes of a vector <c>TLanes</c> of numbers <c>T</c> are the tangents (or the adjoints) of one value in neighbouring columns (or
/// rows) of a Jacobian or Hessian. A plain number is a vector of one lane.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Directions
{
    /// <summary>The unit directions <paramref name="first"/>, <paramref name="first"/> + 1, … of a span, one in each lane; zeros where there is no such element.</summary>
    public static void Unit<TLanes, T>(Span<TLanes> tangents, int first)
        where TLanes : unmanaged
        where T : unmanaged, INumberBase<T>
    {
        tangents.Clear();
        Span<T> flat = MemoryMarshal.Cast<TLanes, T>(tangents);
        int lanes = Lanes<TLanes, T>();
        for (int lane = 0; lane < lanes; lane++)
        {
            if ((uint)(first + lane) < (uint)tangents.Length)
                flat[(first + lane) * lanes + lane] = T.One;
        }
    }

    /// <summary>1 in one lane, 0 in the others; zeros where there is no such lane.</summary>
    public static TLanes Unit<TLanes, T>(int lane)
        where TLanes : unmanaged
        where T : unmanaged, INumberBase<T>
    {
        TLanes unit = default;
        Unit<TLanes, T>(new Span<TLanes>(ref unit), -lane);
        return unit;
    }

    /// <summary>Writes the lanes of one value to a row of a matrix, from a column on; lanes behind the last column are left out.</summary>
    public static void StoreRow<TLanes, T>(TLanes values, Span<T> matrix, int row, int columns, int column, bool accumulate)
        where TLanes : unmanaged
        where T : unmanaged, INumberBase<T>
    {
        ReadOnlySpan<T> lanes = MemoryMarshal.Cast<TLanes, T>(new ReadOnlySpan<TLanes>(in values));
        int count = Math.Min(lanes.Length, columns - column);
        if (count <= 0)
            return;
        Span<T> target = matrix.Slice(row * columns + column, count);
        if (!accumulate)
        {
            lanes[..count].CopyTo(target);
            return;
        }

        for (int k = 0; k < target.Length; k++)
            target[k] += lanes[k];
    }

    /// <summary>The same for the elements of a span, in rows from <paramref name="row"/> on.</summary>
    public static void StoreRows<TLanes, T>(ReadOnlySpan<TLanes> values, Span<T> matrix, int row, int columns, int column, bool accumulate)
        where TLanes : unmanaged
        where T : unmanaged, INumberBase<T>
    {
        for (int k = 0; k < values.Length; k++)
            StoreRow(values[k], matrix, row + k, columns, column, accumulate);
    }

    /// <summary>Writes the lanes of one value to a column of a matrix, from a row on; lanes behind the last row are left out.</summary>
    public static void StoreColumn<TLanes, T>(TLanes values, Span<T> matrix, int row, int columns, int column, bool accumulate)
        where TLanes : unmanaged
        where T : unmanaged, INumberBase<T>
    {
        ReadOnlySpan<T> lanes = MemoryMarshal.Cast<TLanes, T>(new ReadOnlySpan<TLanes>(in values));
        int rows = columns == 0 ? 0 : matrix.Length / columns;
        for (int k = 0; k < lanes.Length && row + k < rows; k++)
        {
            ref T target = ref matrix[(row + k) * columns + column];
            target = accumulate ? target + lanes[k] : lanes[k];
        }
    }

    /// <summary>Writes the lanes of one value to a column of a matrix of so few rows that each has its lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreColumn(Vector256<double> values, Span<double> matrix, int rows, int columns, int column, bool accumulate)
        => StoreColumn((values.GetElement(0), values.GetElement(1), values.GetElement(2), values.GetElement(3)), matrix, rows, columns, column, accumulate);

    /// <inheritdoc cref="StoreColumn(Vector256{double}, Span{double}, int, int, int, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreColumn(Vector128<float> values, Span<float> matrix, int rows, int columns, int column, bool accumulate)
        => StoreColumn((values.GetElement(0), values.GetElement(1), values.GetElement(2), values.GetElement(3)), matrix, rows, columns, column, accumulate);

    // The number of rows is a constant where this is called.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreColumn<T>((T First, T Second, T Third, T Fourth) values, Span<T> matrix, int rows, int columns, int column, bool accumulate)
        where T : unmanaged, INumberBase<T>
    {
        // From the end, so that one check of the length does for all.
        if (rows > 3) Put(values.Fourth, ref matrix[3 * columns + column], accumulate);
        if (rows > 2) Put(values.Third, ref matrix[2 * columns + column], accumulate);
        if (rows > 1) Put(values.Second, ref matrix[columns + column], accumulate);
        Put(values.First, ref matrix[column], accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(T value, ref T target, bool accumulate)
        where T : unmanaged, INumberBase<T>
        => target = accumulate ? target + value : value;

    /// <summary>The same for the elements of a span, in columns from <paramref name="column"/> on.</summary>
    public static void StoreColumns<TLanes, T>(ReadOnlySpan<TLanes> values, Span<T> matrix, int row, int columns, int column, bool accumulate)
        where TLanes : unmanaged
        where T : unmanaged, INumberBase<T>
    {
        for (int k = 0; k < values.Length; k++)
            StoreColumn(values[k], matrix, row, columns, column + k, accumulate);
    }

    /// <summary>Hands neighbouring columns of a matrix on to a matrix of their own.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="columns">How many columns it has.</param>
    /// <param name="first">The first column to hand on.</param>
    /// <param name="block">Receives them.</param>
    /// <param name="width">How many columns that has.</param>
    /// <param name="accumulate">Whether they are added to what it holds.</param>
    public static void StoreBlock<T>(ReadOnlySpan<T> matrix, int columns, int first, Span<T> block, int width, bool accumulate)
        where T : unmanaged, INumberBase<T>
    {
        int rows = width == 0 ? 0 : block.Length / width;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<T> source = matrix.Slice(row * columns + first, width);
            Span<T> target = block.Slice(row * width, width);
            for (int k = 0; k < target.Length; k++)
                target[k] = accumulate ? target[k] + source[k] : source[k];
        }
    }

    private static int Lanes<TLanes, T>()
        where TLanes : unmanaged
        where T : unmanaged
        => Unsafe.SizeOf<TLanes>() / Unsafe.SizeOf<T>();
}
