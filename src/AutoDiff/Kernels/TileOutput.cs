using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Simd;

namespace AutoDiff.Kernels;

/// <summary>Where a register block lies in C.</summary>
internal readonly record struct TilePosition(int Batch, int Row, int Rows, int Column, int Columns);

/// <summary>Takes a register block from the first-level cache to C.</summary>
internal static unsafe class TileOutput<V, T, TEpilogue>
    where V : struct, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TEpilogue : IEpilogue<T>, allows ref struct
{
    /// <summary>Asks for C and for what the epilogue reads and writes, to be here when the block has been computed.</summary>
    public static void Prefetch(T* destination, nint stride, scoped ref TEpilogue epilogue, in TilePosition at, bool finish)
    {
        (int batch, int row, int rows, int column, int columns) = at;
        for (int i = 0; i < rows; i++)
        {
            Generated.Lanes.Prefetch(ref *destination, 0, columns);
            if (finish)
                epilogue.Prefetch(batch, row + i, column, columns);
            destination += stride;
        }
    }

    /// <summary>Scales, adds to C, applies the epilogue and writes C.</summary>
    public static void Finish(
        T* source,
        nint sourceStride,
        T* destination,
        nint stride,
        V scale,
        scoped ref TEpilogue epilogue,
        in TilePosition at,
        bool accumulate,
        bool finish)
    {
        (int batch, int row, int rows, int column, int columns) = at;
        for (int i = 0; i < rows; i++)
        {
            int j = 0;
            for (; j <= columns - V.Count; j += V.Count)
            {
                V sum = V.Load(in *source, j);
                sum = accumulate ? V.MultiplyAddEstimate(sum, scale, V.Load(in *destination, j)) : sum * scale;
                if (finish)
                    sum = epilogue.Apply(sum, batch, row + i, column + j, V.Count);
                V.Store(sum, ref *destination, j);
            }

            if (j < columns)
            {
                int lanes = columns - j;
                V sum = V.Load(in *source, j);
                sum = accumulate ? V.MultiplyAddEstimate(sum, scale, V.LoadPartial(in *destination, j, lanes)) : sum * scale;
                if (finish)
                    sum = epilogue.Apply(sum, batch, row + i, column + j, lanes);
                V.StorePartial(sum, ref *destination, j, lanes);
            }

            source += sourceStride;
            destination += stride;
        }
    }
}
