using System.ComponentModel;
using System.Numerics;
using AutoDiff.Parallel;

namespace AutoDiff.Kernels;

/// <summary>Copies of strided views: transposed, sliced or broadcast tensors into contiguous ones, and back.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class StridedCopy
{
    /// <summary>Blocks of this side are transposed at a time: their cache lines stay in L1 on both sides.</summary>
    private const int BlockSide = 64;

    /// <summary>
    /// destination[i · destinationRow + j · destinationColumn] = source[i · sourceRow + j · sourceColumn] for every row i and column j. Any
    /// strides; fast where the column stride is 1 on both sides, and where rows are contiguous on one side and columns on the other.
    /// </summary>
    /// <remarks>Not bounds-checked, as strides may be anything: the caller has checked the views.</remarks>
    public static void Copy<T>(
        int rows, int columns, ref readonly T source, nint sourceRow, nint sourceColumn,
        ref T destination, nint destinationRow, nint destinationColumn)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows <= 0 || columns <= 0)
            return;
        fixed (T* from = &source, to = &destination)
        {
            var loop = new Loop<T>(rows, columns, from, sourceRow, sourceColumn, to, destinationRow, destinationColumn);
            RowLoops.Run<T, Loop<T>>(ref loop, (rows + BlockSide - 1) / BlockSide, (long)columns * BlockSide * 2);
        }
    }

    /// <summary>One row of the loop is a block of rows of the matrix.</summary>
    private readonly struct Loop<T>(
        int rows, int columns, T* source, nint sourceRow, nint sourceColumn, T* destination, nint destinationRow, nint destinationColumn)
        : IRowLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        void IRowLoop<T>.Rows<V>(int start, int end)
        {
            int last = Math.Min(end * BlockSide, rows);
            for (int i = start * BlockSide; i < last; i += BlockSide)
            {
                int height = Math.Min(BlockSide, last - i);
                if (sourceColumn == 1 && destinationColumn == 1)
                {
                    CopyRows(i, height);
                    continue;
                }

                for (int j = 0; j < columns; j += BlockSide)
                    CopyBlock(i, height, j, Math.Min(BlockSide, columns - j));
            }
        }

        private void CopyRows(int i, int height)
        {
            for (int r = 0; r < height; r++)
            {
                new ReadOnlySpan<T>(source + (i + r) * sourceRow, columns)
                    .CopyTo(new Span<T>(destination + (i + r) * destinationRow, columns));
            }
        }

        private void CopyBlock(int i, int height, int j, int width)
        {
            T* from = source + i * sourceRow + j * sourceColumn;
            T* to = destination + i * destinationRow + j * destinationColumn;
            bool columnsToRows = sourceColumn == 1 && destinationRow == 1;
            bool rowsToColumns = sourceRow == 1 && destinationColumn == 1;
            int side = Transposition.Block<T>();
            int wholeHeight = columnsToRows || rowsToColumns ? height - height % side : 0;
            int wholeWidth = width - width % side;
            for (int r = 0; r < wholeHeight; r += side)
            {
                for (int s = 0; s < wholeWidth; s += side)
                {
                    T* block = from + r * sourceRow + s * sourceColumn;
                    T* target = to + r * destinationRow + s * destinationColumn;
                    if (columnsToRows)
                        Transposition.Blocks(block, sourceRow, target, destinationColumn);
                    else
                        Transposition.Blocks(block, sourceColumn, target, destinationRow);
                }
            }

            for (int r = 0; r < height; r++)
            {
                for (int s = r < wholeHeight ? wholeWidth : 0; s < width; s++)
                    to[r * destinationRow + s * destinationColumn] = from[r * sourceRow + s * sourceColumn];
            }
        }
    }
}
