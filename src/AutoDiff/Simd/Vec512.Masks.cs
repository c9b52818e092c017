using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Simd;

/// <content>Comparisons, selection and the bits of masks.</content>
public readonly partial struct Vec512<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> LessThan(Vec512<T> left, Vec512<T> right) => new(Vector512.LessThan(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> LessThanOrEqual(Vec512<T> left, Vec512<T> right) => new(Vector512.LessThanOrEqual(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> GreaterThan(Vec512<T> left, Vec512<T> right) => new(Vector512.GreaterThan(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> GreaterThanOrEqual(Vec512<T> left, Vec512<T> right) =>
        new(Vector512.GreaterThanOrEqual(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> EqualTo(Vec512<T> left, Vec512<T> right) => new(Vector512.Equals(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> NotEqualTo(Vec512<T> left, Vec512<T> right) => new(~Vector512.Equals(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> FirstLanes(int count) =>
        typeof(T) == typeof(float)
            ? new(Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).As<int, T>())
            : new(Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Select(Vec512<T> mask, Vec512<T> whenTrue, Vec512<T> whenFalse) =>
        new(Vector512.ConditionalSelect(mask._lanes, whenTrue._lanes, whenFalse._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> And(Vec512<T> left, Vec512<T> right) => new(left._lanes & right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Or(Vec512<T> left, Vec512<T> right) => new(left._lanes | right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> AndNot(Vec512<T> left, Vec512<T> right) => new(Vector512.AndNot(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Not(Vec512<T> value) => new(~value._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vec512<T> mask) =>
        typeof(T) == typeof(float)
            ? mask._lanes.AsInt32().ExtractMostSignificantBits() != 0
            : mask._lanes.AsInt64().ExtractMostSignificantBits() != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Vec512<T> mask) => Vector512.EqualsAll(mask._lanes.AsInt64(), Vector512<long>.AllBitsSet);
}
