using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Simd;

namespace AutoDiff.Generated;

/// <summary>Vector code that generated kernels share: partial loads and stores, masks, positions.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Lanes
{
    /// <summary>The first <paramref name="lanes"/> elements from <paramref name="index"/>; the other lanes are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V, T>(ref readonly T source, nint index, int lanes)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => lanes == V.Count ? V.Load(in source, index) : V.LoadPartial(in source, index, lanes);

    /// <summary>As <see cref="Load{V, T}(ref readonly T, nint, int)"/>, with a stride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V, T>(ref readonly T source, nint index, nint stride, int lanes)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => V.LoadStridedPartial(in source, index, stride, lanes);

    /// <summary>Writes the first <paramref name="lanes"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V, T>(V value, ref T destination, nint index, int lanes)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (lanes == V.Count)
            V.Store(value, ref destination, index);
        else
            V.StorePartial(value, ref destination, index, lanes);
    }

    /// <summary>As <see cref="Store{V, T}(V, ref T, nint, int)"/>, with a stride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V, T>(V value, ref T destination, nint index, nint stride, int lanes)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => V.StoreStridedPartial(value, ref destination, index, stride, lanes);

    /// <summary>All lanes or none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Mask<V, T>(bool condition)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => condition ? V.EqualTo(V.Zero, V.Zero) : V.Zero;

    /// <summary>The mask of truth values in memory.</summary>
    public static V LoadMask<V, T>(ref readonly bool source, nint index, nint stride, int lanes)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> values = stackalloc T[V.Count];
        values.Clear();
        for (int lane = 0; lane < lanes; lane++)
            values[lane] = Unsafe.Add(ref Unsafe.AsRef(in source), index + lane * stride) ? T.One : T.Zero;
        return V.NotEqualTo(V.Load(in values[0], 0), V.Zero);
    }

    /// <summary>Writes a mask as truth values.</summary>
    public static void StoreMask<V, T>(V mask, ref bool destination, nint index, nint stride, int lanes)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> values = stackalloc T[V.Count];
        V.Store(V.And(mask, V.One), ref values[0], 0);
        for (int lane = 0; lane < lanes; lane++)
            Unsafe.Add(ref destination, index + lane * stride) = values[lane] != T.Zero;
    }

    /// <summary>Integers as lanes.</summary>
    public static V LoadConverted<V, T, TSource>(ref readonly TSource source, nint index, nint stride, int lanes)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : unmanaged, INumberBase<TSource>
    {
        Span<T> values = stackalloc T[V.Count];
        values.Clear();
        for (int lane = 0; lane < lanes; lane++)
            values[lane] = T.CreateTruncating(Unsafe.Add(ref Unsafe.AsRef(in source), index + lane * stride));
        return V.Load(in values[0], 0);
    }

    /// <summary>Elements of a vector at the indices in memory.</summary>
    public static V Gather<V, T>(ref readonly T table, nint tableStride, ref readonly int indices, nint index, int lanes)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> values = stackalloc T[V.Count];
        values.Clear();
        for (int lane = 0; lane < lanes; lane++)
            values[lane] = Unsafe.Add(ref Unsafe.AsRef(in table), Unsafe.Add(ref Unsafe.AsRef(in indices), index + lane) * tableStride);
        return V.Load(in values[0], 0);
    }

    /// <summary>x in the columns up to <paramref name="position"/>, and <paramref name="fill"/> behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Causal<V, T>(V x, V fill, int position, nint column)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint visible = position + 1 - column;
        return visible >= V.Count ? x : V.Select(V.FirstLanes((int)Math.Max(visible, 0)), x, fill);
    }

    /// <summary>1 in the column <paramref name="target"/>, 0 in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OneHot<V, T>(int target, nint column)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint lane = target - column;
        return lane < 0 || lane >= V.Count
            ? V.Zero
            : V.And(V.Not(V.FirstLanes((int)lane)), V.And(V.FirstLanes((int)lane + 1), V.One));
    }

    /// <summary>Applies a function of one number to each lane.</summary>
    private static V Map<V, T>(V x, Func<T, T> function)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> values = stackalloc T[V.Count];
        V.Store(x, ref values[0], 0);
        for (int lane = 0; lane < values.Length; lane++)
            values[lane] = function(values[lane]);
        return V.Load(in values[0], 0);
    }

    private static V Map<V, T>(V x, V y, Func<T, T, T> function)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> left = stackalloc T[V.Count], right = stackalloc T[V.Count];
        V.Store(x, ref left[0], 0);
        V.Store(y, ref right[0], 0);
        for (int lane = 0; lane < left.Length; lane++)
            left[lane] = function(left[lane], right[lane]);
        return V.Load(in left[0], 0);
    }
}
