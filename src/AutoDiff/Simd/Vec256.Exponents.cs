using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Simd;

/// <content>Exponents and mantissas: exact operations, so every branch gives the same bits.</content>
public readonly partial struct Vec256<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> ScaleByPowerOfTwo(Vec256<T> value, Vec256<T> exponent)
    {
        if (Avx512F.VL.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.VL.Scale(value._lanes.AsSingle(), exponent._lanes.AsSingle()).As<float, T>())
                : new(Avx512F.VL.Scale(value._lanes.AsDouble(), exponent._lanes.AsDouble()).As<double, T>());
        }

        // In two steps, as 2ⁿ alone may overflow; the first product is exact, so there is one rounding.
        if (typeof(T) == typeof(float))
        {
            Vector256<int> n = Vector256.ConvertToInt32Native(exponent._lanes.AsSingle());
            Vector256<int> half = n >> 1;
            Vector256<int> bias = Vector256.Create(127);
            Vector256<float> first = ((half + bias) << 23).AsSingle();
            Vector256<float> second = ((n - half + bias) << 23).AsSingle();
            return new((value._lanes.AsSingle() * first * second).As<float, T>());
        }
        else
        {
            // The low bits of n + 1.5·2⁵² are the integer n: this needs no 64-bit conversion, which AVX2 lacks.
            Vector256<double> magic = Vector256.Create(6755399441055744.0);
            Vector256<double> exponents = exponent._lanes.AsDouble();
            Vector256<double> half = Vector256.Floor(exponents * Vector256.Create(0.5));
            Vector256<long> bias = Vector256.Create(1023L);
            Vector256<double> first = (((half + magic).AsInt64() + bias) << 52).AsDouble();
            Vector256<double> second = (((exponents - half + magic).AsInt64() + bias) << 52).AsDouble();
            return new((value._lanes.AsDouble() * first * second).As<double, T>());
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Decompose(Vec256<T> value, out Vec256<T> exponent)
    {
        // The bits of √½ are subtracted, so that the exponent steps where the mantissa passes √2 and not at powers of two.
        if (typeof(T) == typeof(float))
        {
            Vector256<int> bits = value._lanes.AsInt32();
            Vector256<int> steps = (bits - Vector256.Create(0x3F3504F3)) >> 23;
            exponent = new(Vector256.ConvertToSingle(steps).As<float, T>());
            return new((bits - (steps << 23)).As<int, T>());
        }
        else
        {
            Vector256<long> bits = value._lanes.AsInt64();
            Vector256<long> biased = bits - Vector256.Create(0x3FE6A09E667F3BCDL) + Vector256.Create(1024L << 52);
            Vector256<long> steps = (Vector256.ShiftRightLogical(biased, 52)) - Vector256.Create(1024L);
            exponent = new(((steps + Vector256.Create(0x4338000000000000L)).AsDouble() - Vector256.Create(6755399441055744.0)).As<double, T>());
            return new((bits - (steps << 52)).As<long, T>());
        }
    }
}
