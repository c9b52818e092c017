using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Simd;

/// <content>Exponents and mantissas: exact operations, so every branch gives the same bits.</content>
public readonly partial struct Vec512<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> ScaleByPowerOfTwo(Vec512<T> value, Vec512<T> exponent)
    {
        if (Avx512F.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.Scale(value._lanes.AsSingle(), exponent._lanes.AsSingle()).As<float, T>())
                : new(Avx512F.Scale(value._lanes.AsDouble(), exponent._lanes.AsDouble()).As<double, T>());
        }

        // In two steps, as 2ⁿ alone may overflow; the first product is exact, so there is one rounding.
        if (typeof(T) == typeof(float))
        {
            Vector512<int> n = Vector512.ConvertToInt32Native(exponent._lanes.AsSingle());
            Vector512<int> half = n >> 1;
            Vector512<int> bias = Vector512.Create(127);
            Vector512<float> first = ((half + bias) << 23).AsSingle();
            Vector512<float> second = ((n - half + bias) << 23).AsSingle();
            return new((value._lanes.AsSingle() * first * second).As<float, T>());
        }
        else
        {
            // The low bits of n + 1.5·2⁵² are the integer n: this needs no 64-bit conversion, which AVX2 lacks.
            Vector512<double> magic = Vector512.Create(6755399441055744.0);
            Vector512<double> exponents = exponent._lanes.AsDouble();
            Vector512<double> half = Vector512.Floor(exponents * Vector512.Create(0.5));
            Vector512<long> bias = Vector512.Create(1023L);
            Vector512<double> first = (((half + magic).AsInt64() + bias) << 52).AsDouble();
            Vector512<double> second = (((exponents - half + magic).AsInt64() + bias) << 52).AsDouble();
            return new((value._lanes.AsDouble() * first * second).As<double, T>());
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Decompose(Vec512<T> value, out Vec512<T> exponent)
    {
        // The bits of √½ are subtracted, so that the exponent steps where the mantissa passes √2 and not at powers of two.
        if (typeof(T) == typeof(float))
        {
            Vector512<int> bits = value._lanes.AsInt32();
            Vector512<int> steps = (bits - Vector512.Create(0x3F3504F3)) >> 23;
            exponent = new(Vector512.ConvertToSingle(steps).As<float, T>());
            return new((bits - (steps << 23)).As<int, T>());
        }
        else
        {
            Vector512<long> bits = value._lanes.AsInt64();
            Vector512<long> steps = (bits - Vector512.Create(0x3FE6A09E667F3BCDL)) >> 52;
            exponent = new(Vector512.ConvertToDouble(steps).As<double, T>());
            return new((bits - (steps << 52)).As<long, T>());
        }
    }
}
