using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Simd;

namespace AutoDiff.Kernels.Tiles;

/// <summary>
/// A register block of up to 8 rows by 3 vectors: one named local for each accumulator, as the JIT keeps arrays of vectors in memory.
/// </summary>
internal static unsafe class Tile3
{
    /// <summary>Multiplies for the number of rows in <paramref name="tile"/>, each number compiled by itself.</summary>
    public static void Run<V, T>(in Tile<T> tile, int rows)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (rows)
        {
            case 1:
                Multiply<V, T, R1>(in tile);
                break;
            case 2:
                Multiply<V, T, R2>(in tile);
                break;
            case 3:
                Multiply<V, T, R3>(in tile);
                break;
            case 4:
                Multiply<V, T, R4>(in tile);
                break;
            case 5:
                Multiply<V, T, R5>(in tile);
                break;
            case 6:
                Multiply<V, T, R6>(in tile);
                break;
            case 7:
                Multiply<V, T, R7>(in tile);
                break;
            case 8:
                Multiply<V, T, R8>(in tile);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rows), rows, "No tile has that many rows.");
        }
    }

    // Rows beyond TRows.Count fold away. AggressiveOptimization: a kernel must not begin its life unoptimised.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<V, T, TRows>(in Tile<T> tile)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRows : struct, ITileRows
    {
        V c00 = V.Zero, c01 = V.Zero, c02 = V.Zero;
        V c10 = V.Zero, c11 = V.Zero, c12 = V.Zero;
        V c20 = V.Zero, c21 = V.Zero, c22 = V.Zero;
        V c30 = V.Zero, c31 = V.Zero, c32 = V.Zero;
        V c40 = V.Zero, c41 = V.Zero, c42 = V.Zero;
        V c50 = V.Zero, c51 = V.Zero, c52 = V.Zero;
        V c60 = V.Zero, c61 = V.Zero, c62 = V.Zero;
        V c70 = V.Zero, c71 = V.Zero, c72 = V.Zero;

        // Row i of A is at p0 + i strides; every fourth row has a pointer, so that the others are base + index.
        nint s = tile.ARowStride, s2 = 2 * s, s3 = 3 * s, step = tile.AInnerStride;
        T* p0 = tile.A;
        T* p4 = p0 + 4 * s;
        T* b = tile.B;
        nint next = tile.BInnerStride;
        T* ahead = tile.Ahead;
        nint aheadStep = tile.AheadStep;
        T* aheadEnd = tile.AheadEnd;
        for (nint k = tile.Inner; k > 0; k--)
        {
            V b0 = V.Load(in *b, 0);
            V b1 = V.Load(in *b, V.Count);
            V b2 = V.Load(in *b, 2 * V.Count);
            V x = V.Broadcast(*p0);
            c00 = V.MultiplyAddEstimate(x, b0, c00);
            c01 = V.MultiplyAddEstimate(x, b1, c01);
            c02 = V.MultiplyAddEstimate(x, b2, c02);
            if (TRows.Count > 1)
            {
                x = V.Broadcast(p0[s]);
                c10 = V.MultiplyAddEstimate(x, b0, c10);
                c11 = V.MultiplyAddEstimate(x, b1, c11);
                c12 = V.MultiplyAddEstimate(x, b2, c12);
            }

            if (TRows.Count > 2)
            {
                x = V.Broadcast(p0[s2]);
                c20 = V.MultiplyAddEstimate(x, b0, c20);
                c21 = V.MultiplyAddEstimate(x, b1, c21);
                c22 = V.MultiplyAddEstimate(x, b2, c22);
            }

            if (TRows.Count > 3)
            {
                x = V.Broadcast(p0[s3]);
                c30 = V.MultiplyAddEstimate(x, b0, c30);
                c31 = V.MultiplyAddEstimate(x, b1, c31);
                c32 = V.MultiplyAddEstimate(x, b2, c32);
            }

            if (TRows.Count > 4)
            {
                x = V.Broadcast(*p4);
                c40 = V.MultiplyAddEstimate(x, b0, c40);
                c41 = V.MultiplyAddEstimate(x, b1, c41);
                c42 = V.MultiplyAddEstimate(x, b2, c42);
            }

            if (TRows.Count > 5)
            {
                x = V.Broadcast(p4[s]);
                c50 = V.MultiplyAddEstimate(x, b0, c50);
                c51 = V.MultiplyAddEstimate(x, b1, c51);
                c52 = V.MultiplyAddEstimate(x, b2, c52);
            }

            if (TRows.Count > 6)
            {
                x = V.Broadcast(p4[s2]);
                c60 = V.MultiplyAddEstimate(x, b0, c60);
                c61 = V.MultiplyAddEstimate(x, b1, c61);
                c62 = V.MultiplyAddEstimate(x, b2, c62);
            }

            if (TRows.Count > 7)
            {
                x = V.Broadcast(p4[s3]);
                c70 = V.MultiplyAddEstimate(x, b0, c70);
                c71 = V.MultiplyAddEstimate(x, b1, c71);
                c72 = V.MultiplyAddEstimate(x, b2, c72);
            }

            p0 += step;
            p4 += step;
            b += next;
            Tile<T>.Prefetch(ahead);
            ahead += aheadStep;
            if (ahead >= aheadEnd)
            {
                ahead += tile.AheadGap;
                aheadEnd = ahead + tile.Inner;
            }
        }

        T* c = tile.C;
        V.Store(c00, ref *c, 0);
        V.Store(c01, ref *c, V.Count);
        V.Store(c02, ref *c, 2 * V.Count);
        if (TRows.Count > 1)
        {
            c += tile.CRowStride;
            V.Store(c10, ref *c, 0);
            V.Store(c11, ref *c, V.Count);
            V.Store(c12, ref *c, 2 * V.Count);
        }

        if (TRows.Count > 2)
        {
            c += tile.CRowStride;
            V.Store(c20, ref *c, 0);
            V.Store(c21, ref *c, V.Count);
            V.Store(c22, ref *c, 2 * V.Count);
        }

        if (TRows.Count > 3)
        {
            c += tile.CRowStride;
            V.Store(c30, ref *c, 0);
            V.Store(c31, ref *c, V.Count);
            V.Store(c32, ref *c, 2 * V.Count);
        }

        if (TRows.Count > 4)
        {
            c += tile.CRowStride;
            V.Store(c40, ref *c, 0);
            V.Store(c41, ref *c, V.Count);
            V.Store(c42, ref *c, 2 * V.Count);
        }

        if (TRows.Count > 5)
        {
            c += tile.CRowStride;
            V.Store(c50, ref *c, 0);
            V.Store(c51, ref *c, V.Count);
            V.Store(c52, ref *c, 2 * V.Count);
        }

        if (TRows.Count > 6)
        {
            c += tile.CRowStride;
            V.Store(c60, ref *c, 0);
            V.Store(c61, ref *c, V.Count);
            V.Store(c62, ref *c, 2 * V.Count);
        }

        if (TRows.Count > 7)
        {
            c += tile.CRowStride;
            V.Store(c70, ref *c, 0);
            V.Store(c71, ref *c, V.Count);
            V.Store(c72, ref *c, 2 * V.Count);
        }
    }
}
