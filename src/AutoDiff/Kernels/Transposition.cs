using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Kernels;

/// <summary>Transposes square blocks in registers.</summary>
internal static unsafe class Transposition
{
    /// <summary>The side of a block: 16 floats with AVX-512, else 4 floats; 2 doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Block<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Avx512F.IsSupported ? 16 : 4 : Avx512F.IsSupported ? 8 : 2;

    /// <summary>Transposes one block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Blocks<T>(T* source, nint sourceStride, T* destination, nint destinationStride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float) && Avx512F.IsSupported)
            Floats16((float*)source, sourceStride, (float*)destination, destinationStride);
        else if (typeof(T) == typeof(float))
            Floats4((float*)source, sourceStride, (float*)destination, destinationStride);
        else if (Avx512F.IsSupported)
            Doubles8((double*)source, sourceStride, (double*)destination, destinationStride);
        else
            Doubles2((double*)source, sourceStride, (double*)destination, destinationStride);
    }

    /// <summary>
    /// Four rows of pairs of unpacks give 4 × 4 blocks in each 128-bit lane; two rounds of lane shuffles put the lanes in order.
    /// </summary>
    private static void Floats16(float* source, nint s, float* destination, nint d)
    {
        for (int half = 0; half < 16; half += 8)
        {
            // Columns 4·lane + (0 … 3) of rows half + (0 … 7): a 4 × 4 transposition in each lane.
            Lanes4(source + half * s, s,
                out Vector512<float> a0, out Vector512<float> a1, out Vector512<float> a2, out Vector512<float> a3);
            Lanes4(source + (half + 4) * s, s,
                out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
            StoreHalves(a0, b0, destination + half, d, 0);
            StoreHalves(a1, b1, destination + half, d, 1);
            StoreHalves(a2, b2, destination + half, d, 2);
            StoreHalves(a3, b3, destination + half, d, 3);
        }
    }

    /// <summary>Lane q of out r: column 4q + r of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lanes4(
        float* source, nint s, out Vector512<float> r0, out Vector512<float> r1, out Vector512<float> r2, out Vector512<float> r3)
    {
        Vector512<float> x0 = Vector512.Load(source), x1 = Vector512.Load(source + s);
        Vector512<float> x2 = Vector512.Load(source + 2 * s), x3 = Vector512.Load(source + 3 * s);
        Vector512<double> low01 = Avx512F.UnpackLow(x0, x1).AsDouble(), high01 = Avx512F.UnpackHigh(x0, x1).AsDouble();
        Vector512<double> low23 = Avx512F.UnpackLow(x2, x3).AsDouble(), high23 = Avx512F.UnpackHigh(x2, x3).AsDouble();
        r0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        r1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        r2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        r3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    /// <summary>Writes eight elements of the columns r, r + 4, r + 8 and r + 12: lane q of both vectors, one behind the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalves(Vector512<float> a, Vector512<float> b, float* destination, nint d, int r)
    {
        Vector512<float> even = Avx512F.PermuteVar16x32x2(a, Vector512.Create(0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23), b);
        Vector512<float> odd = Avx512F.PermuteVar16x32x2(
            a, Vector512.Create(8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31), b);
        even.GetLower().Store(destination + r * d);
        even.GetUpper().Store(destination + (r + 4) * d);
        odd.GetLower().Store(destination + (r + 8) * d);
        odd.GetUpper().Store(destination + (r + 12) * d);
    }

    private static void Floats4(float* source, nint s, float* destination, nint d)
    {
        Vector128<float> x0 = Vector128.Load(source), x1 = Vector128.Load(source + s);
        Vector128<float> x2 = Vector128.Load(source + 2 * s), x3 = Vector128.Load(source + 3 * s);
        for (int r = 0; r < 4; r++)
            Vector128.Create(x0[r], x1[r], x2[r], x3[r]).Store(destination + r * d);
    }

    private static void Doubles8(double* source, nint s, double* destination, nint d)
    {
        for (int half = 0; half < 8; half += 4)
        {
            double* from = source + half * s;
            Vector512<double> x0 = Vector512.Load(from), x1 = Vector512.Load(from + s);
            Vector512<double> x2 = Vector512.Load(from + 2 * s), x3 = Vector512.Load(from + 3 * s);
            StoreQuarters(Avx512F.UnpackLow(x0, x1), Avx512F.UnpackLow(x2, x3), destination + half, d);
            StoreQuarters(Avx512F.UnpackHigh(x0, x1), Avx512F.UnpackHigh(x2, x3), destination + half + d, d);
        }
    }

    /// <summary>Writes four elements of the columns r, r + 2, r + 4 and r + 6: lane q of both vectors, one behind the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreQuarters(Vector512<double> a, Vector512<double> b, double* destination, nint d)
    {
        Vector512<double> low = Avx512F.PermuteVar8x64x2(a, Vector512.Create(0L, 1, 8, 9, 2, 3, 10, 11), b);
        Vector512<double> high = Avx512F.PermuteVar8x64x2(a, Vector512.Create(4L, 5, 12, 13, 6, 7, 14, 15), b);
        low.GetLower().Store(destination);
        low.GetUpper().Store(destination + 2 * d);
        high.GetLower().Store(destination + 4 * d);
        high.GetUpper().Store(destination + 6 * d);
    }

    private static void Doubles2(double* source, nint s, double* destination, nint d)
    {
        Vector128<double> x0 = Vector128.Load(source), x1 = Vector128.Load(source + s);
        Vector128.Create(x0[0], x1[0]).Store(destination);
        Vector128.Create(x0[1], x1[1]).Store(destination + d);
    }
}
