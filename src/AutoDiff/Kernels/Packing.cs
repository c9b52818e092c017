using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Kernels.Tiles;
using AutoDiff.Simd;

namespace AutoDiff.Kernels;

/// <summary>Copies of a panel of B into rows of whole vectors, padded with zeros.</summary>
internal static unsafe class Packing
{
    // So many blocks take as long to transpose as memory does to answer.
    private const int BlocksAhead = 4;

    /// <summary>Packs a panel of B, whichever of its strides is 1.</summary>
    public static void Panel<V, T>(T* source, nint rowStride, nint columnStride, int rows, int columns, T* destination, int width)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (columnStride == 1)
            CopyRows<V, T>(source, rowStride, rows, columns, destination, width);
        else
            Transpose(source, columnStride, columns, rows, destination, width);
    }

    /// <summary>Copies rows of <paramref name="columns"/> elements into rows of <paramref name="width"/>.</summary>
    public static void CopyRows<V, T>(T* source, nint sourceStride, int rows, int columns, T* destination, int width)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < width; j += V.Count)
            {
                V value = columns - j >= V.Count ? V.Load(in *source, j) : V.LoadPartial(in *source, j, Math.Max(columns - j, 0));
                V.Store(value, ref *destination, j);
            }

            source += sourceStride;
            destination += width;
        }
    }

    /// <summary>
    /// Writes the transpose of a matrix of <paramref name="sourceRows"/> × <paramref name="sourceColumns"/> into rows of
    /// <paramref name="width"/> elements, the last of them 0.
    /// </summary>
    public static void Transpose<T>(T* source, nint sourceStride, int sourceRows, int sourceColumns, T* destination, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int block = Transposition.Block<T>();
        int wholeColumns = sourceColumns - sourceColumns % block;
        int i = 0;
        for (; i + block <= sourceRows; i += block)
        {
            T* from = source + i * sourceStride;
            T* to = destination + i;
            for (int k = 0; k < wholeColumns; k += block)
            {
                int ahead = k + BlocksAhead * block;
                Prefetch(ahead < wholeColumns ? from + ahead : from + block * sourceStride + (ahead - wholeColumns), sourceStride, block);
                Transposition.Blocks(from + k, sourceStride, to + (nint)k * width, width);
            }

            for (int k = wholeColumns; k < sourceColumns; k++)
            {
                for (int r = 0; r < block; r++)
                    to[(nint)k * width + r] = from[r * sourceStride + k];
            }
        }

        for (; i < width; i++)
        {
            for (int k = 0; k < sourceColumns; k++)
                destination[(nint)k * width + i] = i < sourceRows ? source[i * sourceStride + k] : T.Zero;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch<T>(T* line, nint stride, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (; rows > 0; rows--)
        {
            Tile<T>.Prefetch(line);
            line += stride;
        }
    }
}
