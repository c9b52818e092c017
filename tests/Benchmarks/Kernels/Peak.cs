using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Parallel;
using AutoDiff.Simd;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>The rate of fused multiply-adds that need no memory: twelve independent chains, more than latency times units.</summary>
internal static class Peak
{
    private const int Steps = 20000;

    /// <summary>Floating-point operations a second of one thread.</summary>
    public static double Measured<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sink = T.Zero;
        double seconds = RowLoops.Width switch
        {
            512 => Measure.Seconds(() => sink += Chains<Vec512<T>, T>()),
            256 => Measure.Seconds(() => sink += Chains<Vec256<T>, T>()),
            _ => Measure.Seconds(() => sink += Chains<Vec128<T>, T>()),
        };
        GC.KeepAlive(sink);
        return 2.0 * 12 * Steps * (RowLoops.Width / 8 / Unsafe.SizeOf<T>()) / seconds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Chains<V, T>()
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V factor = V.Constant(0.999), term = V.Constant(0.001);
        V a = V.Zero, b = V.One, c = a, d = b, e = a, f = b, g = a, h = b, i = a, j = b, k = a, l = b;
        for (int step = 0; step < Steps; step++)
        {
            a = V.MultiplyAdd(a, factor, term);
            b = V.MultiplyAdd(b, factor, term);
            c = V.MultiplyAdd(c, factor, term);
            d = V.MultiplyAdd(d, factor, term);
            e = V.MultiplyAdd(e, factor, term);
            f = V.MultiplyAdd(f, factor, term);
            g = V.MultiplyAdd(g, factor, term);
            h = V.MultiplyAdd(h, factor, term);
            i = V.MultiplyAdd(i, factor, term);
            j = V.MultiplyAdd(j, factor, term);
            k = V.MultiplyAdd(k, factor, term);
            l = V.MultiplyAdd(l, factor, term);
        }

        return V.Sum(((a + b) + (c + d)) + ((e + f) + (g + h)) + ((i + j) + (k + l)));
    }
}
