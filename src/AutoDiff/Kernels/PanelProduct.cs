using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoDiff.Kernels.Tiles;
using AutoDiff.Simd;

namespace AutoDiff.Kernels;

/// <summary>
/// A product whose B is a single panel in one block of the inner dimension, on this thread: nothing to plan, so that products of a few thousand operations cost
/// little more than these. The sums are those of <see cref="ProductBody{V, T, TEpilogue}"/>, to the bit.
/// </summary>
internal static unsafe class PanelProduct<V, T, TEpilogue>
    where V : struct, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TEpilogue : IEpilogue<T>, allows ref struct
{
    /// <summary>Vectors of the widest panel.</summary>
    private static int Widest => Unsafe.SizeOf<V>() == 64 ? 5 : 3;

    public static bool Fits(in MatrixShape shape) => (shape.Rows > 1 || shape.BRowStride != 1) && shape.Inner <= ProductPlan.InnerBlock && shape.Columns <= Widest * V.Count
        && ColumnTail<V, T, TEpilogue>.Count(shape.Columns, shape.Inner) == 0;

    [SkipLocalsInit]
    public static void Multiply(Workspace workspace, in MatrixShape shape, T* a, T* b, T* c, scoped ref TEpilogue epilogue)
    {
        int vectors = (int)((uint)(shape.Columns + V.Count - 1) / (uint)V.Count), width = vectors * V.Count;
        bool whole = shape.Columns == width;
        bool inPlace = shape.BColumnStride == 1 && whole && (shape.Rows <= ProductPlan.FewRows || shape.BRowStride <= 2 * width);
        bool finish = typeof(TEpilogue) != typeof(NoEpilogue<T>);
        bool direct = whole && !shape.Accumulate && !finish;
        byte* room = stackalloc byte[Tile<T>.LargestVectors * 64 + 64];
        T* scratch = (T*)(((nuint)room + 63) & ~(nuint)63);
        WorkspaceMark mark = default;
        var tile = new Tile<T>
        {
            Inner = shape.Inner,
            ARowStride = shape.ARowStride,
            AInnerStride = shape.AColumnStride,
            B = b,
            BInnerStride = shape.BRowStride,
            CRowStride = direct ? shape.CRowStride : width,
        };
        if (!inPlace)
        {
            mark = workspace.Mark();
            tile.B = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(workspace.Allocate<T>(shape.Inner * width)));
            tile.BInnerStride = width;
            Packing.Panel<V, T>(b, shape.BRowStride, shape.BColumnStride, shape.Inner, shape.Columns, tile.B, width);
        }

        var ahead = default(ReadAhead<T>);
        int tallest = ProductPlan.TallestTile<V>(vectors);
        int blocks = (int)((uint)(shape.Rows + tallest - 1) / (uint)tallest), row = 0;
        for (int block = 1; block <= blocks; block++)
        {
            int next = block == blocks ? shape.Rows : (int)((uint)(shape.Rows * block) / (uint)blocks), rows = next - row;
            T* destination = c + (nint)row * shape.CRowStride;
            tile.A = a + (nint)row * shape.ARowStride;
            ahead.Choose(ref tile, row, rows, first: true);
            tile.C = direct ? destination : scratch;
            if (shape.Triangle == ProductTriangle.None)
                Tile<T>.Run<V>(in tile, vectors, rows);
            else
                TriangularTile<V, T>.Run(ref tile, shape.Triangle, shape.Diagonal, row, rows, column: 0, term: 0, vectors);
            if (!direct)
            {
                TileOutput<V, T, TEpilogue>.Finish(
                    scratch, width, destination, shape.CRowStride, V.One, ref epilogue, new(0, row, rows, 0, shape.Columns), shape.Accumulate, finish);
            }

            row = next;
        }

        if (!inPlace)
            workspace.Release(mark);
    }
}
