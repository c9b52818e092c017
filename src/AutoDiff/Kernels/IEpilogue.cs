using System.ComponentModel;
using System.Numerics;
using AutoDiff.Simd;

namespace AutoDiff.Kernels;

/// <summary>What is done to each element of a matrix product before it is written: bias, activation, residual sum and so on.</summary>
/// <typeparam name="T">The element type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Maps adjacent elements of a row. Called once for each element of C, by several threads at a time.</summary>
    /// <param name="product">The final sum, scaled and, where asked for, added to what C held.</param>
    /// <param name="batch">The product's number: outer batch index · inner batch count + inner batch index.</param>
    /// <param name="row">The row of C.</param>
    /// <param name="column">The column of the first lane.</param>
    /// <param name="lanes">How many lanes are elements of C; nothing may be read or written for the others.</param>
    V Apply<V>(V product, nint batch, nint row, nint column, int lanes)
        where V : struct, IVector<V, T>;

    /// <summary>Asks the caches for what <see cref="Apply{V}"/> will read and write beside the product, which may be far away: called before the product is computed.</summary>
    /// <param name="batch">The product's number.</param>
    /// <param name="row">The row of C.</param>
    /// <param name="column">The first column.</param>
    /// <param name="columns">The number of columns.</param>
    void Prefetch(nint batch, nint row, nint column, nint columns);
}
