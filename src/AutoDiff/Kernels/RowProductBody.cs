using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Parallel;
using AutoDiff.Simd;

namespace AutoDiff.Kernels;

/// <summary>
/// One row times the transpose of a row-major matrix, as token by token generation has it: scalar products that read each weight once, in the order of memory.
/// </summary>
/// <remarks>
/// A scalar product is summed in 64 bytes of lanes at every vector width, whose halves are then added until one number is left, so that neither the width nor the
/// number of threads changes a bit.
/// </remarks>
internal readonly unsafe struct RowProductBody<V, T, TEpilogue> : IParallelBody
    where V : struct, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TEpilogue : IEpilogue<T>, allows ref struct
{
    private readonly ProductShape _shape;
    private readonly T* _a;
    private readonly T* _b;
    private readonly T* _c;
    private readonly void* _epilogue;

    public RowProductBody(in ProductShape shape, T* a, T* b, T* c, void* epilogue)
    {
        _shape = shape;
        _a = a;
        _b = b;
        _c = c;
        _epilogue = epilogue;
    }

    private static int Lanes => 64 / Unsafe.SizeOf<T>();

    private int BlocksOfColumns => (_shape.Columns + V.Count - 1) / V.Count;

    public int Tasks => checked(_shape.Batch1 * _shape.Batch2 * BlocksOfColumns);

    public static bool Fits(in ProductShape shape)
        => shape.Rows == 1 && shape.BRowStride == 1 && shape.BColumnStride != 1 && (shape.AColumnStride == 1 || shape.Inner <= 1);

    [SkipLocalsInit]
    public void Run(int start, int end)
    {
        byte* room = stackalloc byte[128];
        T* scratch = (T*)(((nuint)room + 63) & ~(nuint)63);
        V scale = V.Broadcast(T.CreateTruncating(_shape.Scale));
        for (int task = start; task < end; task++)
        {
            (int batch, int block) = Math.DivRem(task, BlocksOfColumns);
            (int outer, int inner) = Math.DivRem(batch, _shape.Batch2);
            int column = block * V.Count, columns = Math.Min(V.Count, _shape.Columns - column);
            T* a = _a + outer * _shape.ABatch1 + inner * _shape.ABatch2;
            T* b = _b + outer * _shape.BBatch1 + inner * _shape.BBatch2 + column * _shape.BColumnStride;
            T* c = _c + outer * _shape.CBatch1 + inner * _shape.CBatch2 + column;
            int j = 0;
            for (; j + 4 <= columns; j += 4)
                Four(a, b + j * _shape.BColumnStride, _shape.BColumnStride, _shape.Inner, scratch + j);
            for (; j < columns; j++)
                scratch[j] = One(a, b + j * _shape.BColumnStride, _shape.Inner);
            TileOutput<V, T, TEpilogue>.Finish(
                scratch,
                V.Count,
                c,
                _shape.CRowStride,
                scale,
                ref Unsafe.AsRef<TEpilogue>(_epilogue),
                new(batch, 0, 1, column, columns),
                _shape.Accumulate,
                typeof(TEpilogue) != typeof(NoEpilogue<T>));
        }
    }

    /// <summary>The scalar products of <paramref name="a"/> with four runs of memory: as many chains as hide the latency of a multiply-add.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Four(T* a, T* b, nint stride, int inner, T* result)
    {
        int groups = Lanes / V.Count;
        T* s = stackalloc T[16 * V.Count];
        for (int group = 0; group < groups; group++)
        {
            V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero;
            int k = group * V.Count;
            T* p = b;
            T* q = b + 2 * stride;
            for (; k <= inner - V.Count; k += Lanes)
            {
                V x = V.Load(in *a, k);
                s0 = V.MultiplyAddEstimate(x, V.Load(in *p, k), s0);
                s1 = V.MultiplyAddEstimate(x, V.Load(in p[stride], k), s1);
                s2 = V.MultiplyAddEstimate(x, V.Load(in *q, k), s2);
                s3 = V.MultiplyAddEstimate(x, V.Load(in q[stride], k), s3);
            }

            if (k < inner)
            {
                int rest = inner - k;
                V x = V.LoadPartial(in *a, k, rest);
                s0 = V.MultiplyAddEstimate(x, V.LoadPartial(in *p, k, rest), s0);
                s1 = V.MultiplyAddEstimate(x, V.LoadPartial(in p[stride], k, rest), s1);
                s2 = V.MultiplyAddEstimate(x, V.LoadPartial(in *q, k, rest), s2);
                s3 = V.MultiplyAddEstimate(x, V.LoadPartial(in q[stride], k, rest), s3);
            }

            if (groups == 1)
            {
                result[0] = V.Sum(s0);
                result[1] = V.Sum(s1);
                result[2] = V.Sum(s2);
                result[3] = V.Sum(s3);
                return;
            }

            V.Store(s0, ref *s, group * V.Count);
            V.Store(s1, ref *s, (4 + group) * V.Count);
            V.Store(s2, ref *s, (8 + group) * V.Count);
            V.Store(s3, ref *s, (12 + group) * V.Count);
        }

        for (int column = 0; column < 4; column++)
            result[column] = Folded(s + 4 * column * V.Count, groups);
    }

    /// <summary>The scalar product of <paramref name="a"/> with <paramref name="b"/>.</summary>
    [SkipLocalsInit]
    public static T One(T* a, T* b, int inner)
    {
        int groups = Lanes / V.Count;
        T* s = stackalloc T[4 * V.Count];
        for (int group = 0; group < groups; group++)
        {
            V sum = V.Zero;
            int k = group * V.Count;
            for (; k <= inner - V.Count; k += Lanes)
                sum = V.MultiplyAddEstimate(V.Load(in *a, k), V.Load(in *b, k), sum);
            if (k < inner)
                sum = V.MultiplyAddEstimate(V.LoadPartial(in *a, k, inner - k), V.LoadPartial(in *b, k, inner - k), sum);
            V.Store(sum, ref *s, group * V.Count);
        }

        return Folded(s, groups);
    }

    private static T Folded(T* s, int groups)
    {
        V first = V.Load(in *s, 0);
        if (groups == 1)
            return V.Sum(first);
        V second = V.Load(in *s, V.Count);
        return groups == 2 ? V.Sum(first + second) : V.Sum((first + V.Load(in *s, 2 * V.Count)) + (second + V.Load(in *s, 3 * V.Count)));
    }
}
