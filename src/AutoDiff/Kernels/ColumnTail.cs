using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Simd;

namespace AutoDiff.Kernels;

/// <summary>
/// One or two columns of C beyond whole lines of 64 bytes, as the head of a model of 65 characters has: scalar products of the rows of A with a column of B, instead of
/// a register block most of which is padding.
/// </summary>
/// <remarks>Which columns these are depends on nothing but the shape, and their sums on neither the width of vectors nor the number of threads.</remarks>
internal static unsafe class ColumnTail<V, T, TEpilogue>
    where V : struct, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TEpilogue : IEpilogue<T>, allows ref struct
{
    private const int LineSize = 64;

    // At a time, for as many chains of multiply-adds.
    private const int Rows = 4;

    /// <summary>The number of such columns; 0 where padding costs no more.</summary>
    public static int Count(int columns, int inner, nint aColumnStride)
    {
        int lanes = LineSize / Unsafe.SizeOf<T>(), rest = columns % lanes;
        return columns > lanes && 8 * rest <= lanes && aColumnStride == 1 && inner >= 4 * lanes ? rest : 0;
    }

    /// <summary>Computes the last columns of some rows.</summary>
    /// <param name="shape">The product.</param>
    /// <param name="a">A of the batch.</param>
    /// <param name="b">B of the batch.</param>
    /// <param name="c">C of the batch.</param>
    /// <param name="batch">The number of the batch.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="lastRow">Behind the last row.</param>
    /// <param name="line">Room for a column of B.</param>
    /// <param name="epilogue">What is applied to each element.</param>
    [SkipLocalsInit]
    public static void Multiply(in ProductShape shape, T* a, T* b, T* c, int batch, int firstRow, int lastRow, T* line, scoped ref TEpilogue epilogue)
    {
        bool finish = typeof(TEpilogue) != typeof(NoEpilogue<T>);
        V scale = V.Broadcast(T.CreateTruncating(shape.Scale));
        byte* room = stackalloc byte[(Rows + 1) * LineSize];
        T* lines = (T*)(((nuint)room + (LineSize - 1)) & ~(nuint)(LineSize - 1));
        T* sums = stackalloc T[Rows];
        for (int column = shape.Columns - Count(shape.Columns, shape.Inner, shape.AColumnStride); column < shape.Columns; column++)
        {
            T* source = b + column * shape.BColumnStride;
            if (shape.BRowStride == 1)
                line = source;
            else
                for (int k = 0; k < shape.Inner; k++) line[k] = source[k * shape.BRowStride];
            T* destination = c + firstRow * shape.CRowStride + column;
            for (int row = firstRow; row < lastRow;)
            {
                int count = lastRow - row >= Rows ? Rows : 1;
                T* rows = a + row * shape.ARowStride;
                if (count == Rows)
                    RowProductBody<V, T, TEpilogue>.Four(line, rows, shape.ARowStride, shape.Inner, sums);
                else
                    *sums = RowProductBody<V, T, TEpilogue>.One(line, rows, shape.Inner);
                if (finish || shape.Accumulate || shape.Scale != 1)
                {
                    for (int i = 0; i < count; i++) lines[i * V.Count] = sums[i];
                    TileOutput<V, T, TEpilogue>.Finish(
                        lines, V.Count, destination, shape.CRowStride, scale, ref epilogue, new(batch, row, count, column, 1), shape.Accumulate, finish);
                }
                else
                {
                    for (int i = 0; i < count; i++) destination[i * shape.CRowStride] = sums[i];
                }

                destination += count * shape.CRowStride;
                row += count;
            }
        }
    }
}
