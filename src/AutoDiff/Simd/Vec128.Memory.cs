using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Simd;

/// <content>
/// Memory. Partial accesses are masked instructions, which neither read, write nor fault outside the mask; the reference is pinned
/// meanwhile because those instructions take an address.
/// </content>
public readonly unsafe partial struct Vec128<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Load(ref readonly T source, nint index) =>
        new(Vector128.LoadUnsafe(in source, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> LoadPartial(ref readonly T source, nint index, int count)
    {
        if (!Avx.IsSupported)
            return LoadStridedPartial(in source, index, 1, count);
        fixed (T* first = &Unsafe.Add(ref Unsafe.AsRef(in source), index))
        {
            return typeof(T) == typeof(float)
                ? new(Avx.MaskLoad((float*)first, FirstLanes(count)._lanes.AsSingle()).As<float, T>())
                : new(Avx.MaskLoad((double*)first, FirstLanes(count)._lanes.AsDouble()).As<double, T>());
        }
    }

    /// <inheritdoc/>
    public static Vec128<T> LoadStrided(ref readonly T source, nint index, nint stride) =>
        LoadStridedPartial(in source, index, stride, Count);

    /// <inheritdoc/>
    public static Vec128<T> LoadStridedPartial(ref readonly T source, nint index, nint stride, int count)
    {
        Vector128<T> lanes = default;
        ref T lane = ref Unsafe.As<Vector128<T>, T>(ref lanes);
        ref T first = ref Unsafe.Add(ref Unsafe.AsRef(in source), index);
        count = Math.Min(count, Count);
        for (int k = 0; k < count; k++)
            Unsafe.Add(ref lane, k) = Unsafe.Add(ref first, k * stride);
        return new(lanes);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vec128<T> value, ref T destination, nint index) =>
        value._lanes.StoreUnsafe(ref destination, (nuint)index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial(Vec128<T> value, ref T destination, nint index, int count)
    {
        if (!Avx.IsSupported)
        {
            StoreStridedPartial(value, ref destination, index, 1, count);
            return;
        }
        fixed (T* first = &Unsafe.Add(ref destination, index))
        {
            if (typeof(T) == typeof(float))
                Avx.MaskStore((float*)first, FirstLanes(count)._lanes.AsSingle(), value._lanes.AsSingle());
            else
                Avx.MaskStore((double*)first, FirstLanes(count)._lanes.AsDouble(), value._lanes.AsDouble());
        }
    }

    /// <inheritdoc/>
    public static void StoreStrided(Vec128<T> value, ref T destination, nint index, nint stride) =>
        StoreStridedPartial(value, ref destination, index, stride, Count);

    /// <inheritdoc/>
    public static void StoreStridedPartial(Vec128<T> value, ref T destination, nint index, nint stride, int count)
    {
        Vector128<T> lanes = value._lanes;
        ref T lane = ref Unsafe.As<Vector128<T>, T>(ref lanes);
        ref T first = ref Unsafe.Add(ref destination, index);
        count = Math.Min(count, Count);
        for (int k = 0; k < count; k++)
            Unsafe.Add(ref first, k * stride) = Unsafe.Add(ref lane, k);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Load(ReadOnlySpan<T> source, int index) => Load(in MemoryMarshal.GetReference(source), index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> LoadPartial(ReadOnlySpan<T> source, int index, int count) => LoadPartial(in MemoryMarshal.GetReference(source), index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vec128<T> value, Span<T> destination, int index) => Store(value, ref MemoryMarshal.GetReference(destination), index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial(Vec128<T> value, Span<T> destination, int index, int count)
        => StorePartial(value, ref MemoryMarshal.GetReference(destination), index, count);
}
