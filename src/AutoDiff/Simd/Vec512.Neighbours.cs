using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Simd;

public readonly partial struct Vec512<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Preceding(Vec512<T> before, Vec512<T> current)
    {
        if (Avx512F.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.AlignRight32(current._lanes.AsInt32(), before._lanes.AsInt32(), 15).As<int, T>())
                : new(Avx512F.AlignRight64(current._lanes.AsInt64(), before._lanes.AsInt64(), 7).As<long, T>());
        }

        Vec256<T> lower = new(current._lanes.GetLower()), upper = new(current._lanes.GetUpper());
        return new(Vector512.Create(Vec256<T>.Preceding(new(before._lanes.GetUpper()), lower).Lanes, Vec256<T>.Preceding(lower, upper).Lanes));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Following(Vec512<T> current, Vec512<T> behind)
    {
        if (Avx512F.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.AlignRight32(behind._lanes.AsInt32(), current._lanes.AsInt32(), 1).As<int, T>())
                : new(Avx512F.AlignRight64(behind._lanes.AsInt64(), current._lanes.AsInt64(), 1).As<long, T>());
        }

        Vec256<T> lower = new(current._lanes.GetLower()), upper = new(current._lanes.GetUpper());
        return new(Vector512.Create(Vec256<T>.Following(lower, upper).Lanes, Vec256<T>.Following(upper, new(behind._lanes.GetLower())).Lanes));
    }
}
