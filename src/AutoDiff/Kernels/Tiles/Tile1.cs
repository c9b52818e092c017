using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Simd;

namespace AutoDiff.Kernels.Tiles;

/// <summary>
/// A register block of up to 14 rows by 1 vector: one named local for each accumulator, as the JIT keeps arrays of vectors in memory.
/// </summary>
internal static unsafe class Tile1
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
            case 9:
                Multiply<V, T, R9>(in tile);
                break;
            case 10:
                Multiply<V, T, R10>(in tile);
                break;
            case 11:
                Multiply<V, T, R11>(in tile);
                break;
            case 12:
                Multiply<V, T, R12>(in tile);
                break;
            case 13:
                Multiply<V, T, R13>(in tile);
                break;
            case 14:
                Multiply<V, T, R14>(in tile);
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
        V c00 = V.Zero;
        V c10 = V.Zero;
        V c20 = V.Zero;
        V c30 = V.Zero;
        V c40 = V.Zero;
        V c50 = V.Zero;
        V c60 = V.Zero;
        V c70 = V.Zero;
        V c80 = V.Zero;
        V c90 = V.Zero;
        V cA0 = V.Zero;
        V cB0 = V.Zero;
        V cC0 = V.Zero;
        V cD0 = V.Zero;

        // Row i of A is at p0 + i strides; every fourth row has a pointer, so that the others are base + index.
        nint s = tile.ARowStride, s2 = 2 * s, s3 = 3 * s, step = tile.AInnerStride;
        T* p0 = tile.A;
        T* p4 = p0 + 4 * s;
        T* p8 = p0 + 8 * s;
        T* pC = p0 + 12 * s;
        T* b = tile.B;
        nint next = tile.BInnerStride;
        T* ahead = tile.Ahead;
        nint aheadStep = tile.AheadStep;
        T* aheadEnd = tile.AheadEnd;
        for (nint k = tile.Inner; k > 0; k--)
        {
            V b0 = V.Load(in *b, 0);
            V x = V.Broadcast(*p0);
            c00 = V.MultiplyAddEstimate(x, b0, c00);
            if (TRows.Count > 1)
            {
                x = V.Broadcast(p0[s]);
                c10 = V.MultiplyAddEstimate(x, b0, c10);
            }

            if (TRows.Count > 2)
            {
                x = V.Broadcast(p0[s2]);
                c20 = V.MultiplyAddEstimate(x, b0, c20);
            }

            if (TRows.Count > 3)
            {
                x = V.Broadcast(p0[s3]);
                c30 = V.MultiplyAddEstimate(x, b0, c30);
            }

            if (TRows.Count > 4)
            {
                x = V.Broadcast(*p4);
                c40 = V.MultiplyAddEstimate(x, b0, c40);
            }

            if (TRows.Count > 5)
            {
                x = V.Broadcast(p4[s]);
                c50 = V.MultiplyAddEstimate(x, b0, c50);
            }

            if (TRows.Count > 6)
            {
                x = V.Broadcast(p4[s2]);
                c60 = V.MultiplyAddEstimate(x, b0, c60);
            }

            if (TRows.Count > 7)
            {
                x = V.Broadcast(p4[s3]);
                c70 = V.MultiplyAddEstimate(x, b0, c70);
            }

            if (TRows.Count > 8)
            {
                x = V.Broadcast(*p8);
                c80 = V.MultiplyAddEstimate(x, b0, c80);
            }

            if (TRows.Count > 9)
            {
                x = V.Broadcast(p8[s]);
                c90 = V.MultiplyAddEstimate(x, b0, c90);
            }

            if (TRows.Count > 10)
            {
                x = V.Broadcast(p8[s2]);
                cA0 = V.MultiplyAddEstimate(x, b0, cA0);
            }

            if (TRows.Count > 11)
            {
                x = V.Broadcast(p8[s3]);
                cB0 = V.MultiplyAddEstimate(x, b0, cB0);
            }

            if (TRows.Count > 12)
            {
                x = V.Broadcast(*pC);
                cC0 = V.MultiplyAddEstimate(x, b0, cC0);
            }

            if (TRows.Count > 13)
            {
                x = V.Broadcast(pC[s]);
                cD0 = V.MultiplyAddEstimate(x, b0, cD0);
            }

            p0 += step;
            p4 += step;
            p8 += step;
            pC += step;
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
        if (TRows.Count > 1)
        {
            c += tile.CRowStride;
            V.Store(c10, ref *c, 0);
        }

        if (TRows.Count > 2)
        {
            c += tile.CRowStride;
            V.Store(c20, ref *c, 0);
        }

        if (TRows.Count > 3)
        {
            c += tile.CRowStride;
            V.Store(c30, ref *c, 0);
        }

        if (TRows.Count > 4)
        {
            c += tile.CRowStride;
            V.Store(c40, ref *c, 0);
        }

        if (TRows.Count > 5)
        {
            c += tile.CRowStride;
            V.Store(c50, ref *c, 0);
        }

        if (TRows.Count > 6)
        {
            c += tile.CRowStride;
            V.Store(c60, ref *c, 0);
        }

        if (TRows.Count > 7)
        {
            c += tile.CRowStride;
            V.Store(c70, ref *c, 0);
        }

        if (TRows.Count > 8)
        {
            c += tile.CRowStride;
            V.Store(c80, ref *c, 0);
        }

        if (TRows.Count > 9)
        {
            c += tile.CRowStride;
            V.Store(c90, ref *c, 0);
        }

        if (TRows.Count > 10)
        {
            c += tile.CRowStride;
            V.Store(cA0, ref *c, 0);
        }

        if (TRows.Count > 11)
        {
            c += tile.CRowStride;
            V.Store(cB0, ref *c, 0);
        }

        if (TRows.Count > 12)
        {
            c += tile.CRowStride;
            V.Store(cC0, ref *c, 0);
        }

        if (TRows.Count > 13)
        {
            c += tile.CRowStride;
            V.Store(cD0, ref *c, 0);
        }
    }
}
