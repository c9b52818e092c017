using System.Numerics;
using AutoDiff.Kernels.Tiles;
using AutoDiff.Simd;

namespace AutoDiff.Kernels;

/// <summary>A register block of a product with a <see cref="ProductTriangle"/>: the terms and vectors beyond the diagonal are left out.</summary>
internal static unsafe class TriangularTile<V, T>
    where V : struct, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="tile">The register block. It is changed on the way: a copy would wait for what has just been written.</param>
    /// <param name="triangle">Which matrix is a triangle.</param>
    /// <param name="diagonal">Where its diagonal is, seen from the first row.</param>
    /// <param name="row">The first row of the register block.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="column">Its first column.</param>
    /// <param name="term">The first of its terms.</param>
    /// <param name="vectors">Its vectors.</param>
    public static void Run(ref Tile<T> tile, ProductTriangle triangle, int diagonal, int row, int rows, int column, int term, int vectors)
    {
        int wanted = vectors;
        nint inner = tile.Inner;
        T* b = tile.B;
        switch (triangle)
        {
            case ProductTriangle.LowerA:
                tile.Inner = Math.Clamp(row + rows + diagonal - term, 0, (int)tile.Inner);
                break;
            case ProductTriangle.UpperA:
                int left = Math.Clamp(row - diagonal - term, 0, (int)tile.Inner);
                tile.Inner -= left;
                tile.A += left * tile.AInnerStride;
                tile.B += left * tile.BInnerStride;
                break;
            case ProductTriangle.LowerC:
                wanted = Math.Clamp((row + rows + diagonal - column + V.Count - 1) / V.Count, 0, vectors);
                Clear(tile.C, tile.CRowStride, wanted, vectors, rows);
                break;
        }

        if (wanted > 0)
            Tile<T>.Run<V>(in tile, wanted, rows);
        tile.Inner = inner;
        tile.B = b;
    }

    private static void Clear(T* c, nint stride, int first, int vectors, int rows)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = first; j < vectors; j++)
                V.Store(V.Zero, ref *c, j * V.Count);
            c += stride;
        }
    }
}
