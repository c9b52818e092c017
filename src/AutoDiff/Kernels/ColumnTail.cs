using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Simd;

namespace AutoDiff.Kernels;

/// <summary>
/// One or two columns of C beyond whole lines of 64 bytes, as the head of a model of 65 characters has: scalar products of the rows of A with
/// a column of B, instead of a register block most of which is padding. Where the rows of A lie side by side, a vector of them at a time.
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
    private const int Vectors = 4;

    /// <summary>The number of such columns; 0 where padding costs no more.</summary>
    public static int Count(int columns, int inner)
    {
        int lanes = LineSize / Unsafe.SizeOf<T>(), rest = columns % lanes;
        return columns > lanes && 8 * rest <= lanes && inner >= 4 * lanes ? rest : 0;
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
        int tail = Count(shape.Columns, shape.Inner), most = shape.AColumnStride == 1 ? Rows : Vectors * V.Count;
        byte* room = stackalloc byte[(Rows + 1) * LineSize];
        T* lines = (T*)(((nuint)room + (LineSize - 1)) & ~(nuint)(LineSize - 1));
        T* sums = stackalloc T[Vectors * V.Count];
        for (int column = shape.Columns - tail; column < shape.Columns; column++)
        {
            T* source = b + column * shape.BColumnStride;
            if (shape.BRowStride == 1)
                line = source;
            else
                for (int k = 0; k < shape.Inner; k++) line[k] = source[k * shape.BRowStride];
            for (int row = firstRow, count; row < lastRow; row += count)
            {
                count = Math.Min(most, lastRow - row);
                T* rows = a + row * shape.ARowStride;
                if (shape.AColumnStride != 1)
                    Adjacent(line, rows, shape.AColumnStride, shape.Inner, count, sums);
                else if (count == Rows)
                    RowProductBody<V, T, TEpilogue>.Four(line, rows, shape.ARowStride, shape.Inner, sums);
                else
                {
                    count = 1;
                    *sums = RowProductBody<V, T, TEpilogue>.One(line, rows, shape.Inner);
                }

                for (int i = 0; i < count; i += Rows)
                    Write(in shape, sums + i, c + column, new(batch, row + i, Math.Min(Rows, count - i), column, 1), lines, ref epilogue);
            }
        }
    }

    /// <summary>
    /// The scalar products of a column of B with rows of A that lie side by side: a lane for each, in the order of the inner dimension.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Adjacent(T* line, T* rows, nint stride, int inner, int count, T* sums)
    {
        if (count == Vectors * V.Count)
        {
            V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero;
            for (int k = 0; k < inner; k++)
            {
                V x = V.Broadcast(line[k]);
                s0 = V.MultiplyAddEstimate(x, V.Load(in *rows, 0), s0);
                s1 = V.MultiplyAddEstimate(x, V.Load(in *rows, V.Count), s1);
                s2 = V.MultiplyAddEstimate(x, V.Load(in *rows, 2 * V.Count), s2);
                s3 = V.MultiplyAddEstimate(x, V.Load(in *rows, 3 * V.Count), s3);
                rows += stride;
            }

            V.Store(s0, ref *sums, 0);
            V.Store(s1, ref *sums, V.Count);
            V.Store(s2, ref *sums, 2 * V.Count);
            V.Store(s3, ref *sums, 3 * V.Count);
            return;
        }

        for (int i = 0; i < count; i += V.Count)
        {
            V sum = V.Zero;
            for (int k = 0; k < inner; k++)
                sum = V.MultiplyAddEstimate(V.Broadcast(line[k]), V.LoadPartial(in rows[k * stride], i, Math.Min(V.Count, count - i)), sum);
            V.Store(sum, ref *sums, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(in ProductShape shape, T* sums, T* column, TilePosition at, T* lines, scoped ref TEpilogue epilogue)
    {
        bool finish = typeof(TEpilogue) != typeof(NoEpilogue<T>);
        T* destination = column + at.Row * shape.CRowStride;
        if (finish || shape.Accumulate || shape.Scale != 1)
        {
            V scale = V.Broadcast(T.CreateTruncating(shape.Scale));
            for (int i = 0; i < at.Rows; i++) lines[i * V.Count] = sums[i];
            TileOutput<V, T, TEpilogue>.Finish(
                lines, V.Count, destination, shape.CRowStride, scale, ref epilogue, in at, shape.Accumulate, finish);
        }
        else
        {
            for (int i = 0; i < at.Rows; i++) destination[i * shape.CRowStride] = sums[i];
        }
    }
}
