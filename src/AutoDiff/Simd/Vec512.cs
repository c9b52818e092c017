using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Simd;

/// <summary>512 bits: 16 lanes of <see cref="float"/> or 8 of <see cref="double"/>.</summary>
/// <remarks>Runs everywhere; the JIT splits it where the hardware is narrower. <typeparamref name="T"/> folds at JIT time.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly partial struct Vec512<T> : IVector<Vec512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> _lanes;

    /// <summary>Wraps a vector of the framework.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec512(Vector512<T> lanes) => _lanes = lanes;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    /// <inheritdoc/>
    public static Vec512<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<T>.Zero);
    }

    /// <inheritdoc/>
    public static Vec512<T> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<T>.One);
    }

    /// <summary>The vector of the framework.</summary>
    public Vector512<T> Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _lanes;
    }

    /// <summary>Lane 0.</summary>
    public T First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _lanes.ToScalar();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Broadcast(T value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Constant(double value) =>
        typeof(T) == typeof(float) ? new(Vector512.Create((float)value).As<float, T>()) : new(Vector512.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Iota(T start) => new(Vector512.Create(start) + Vector512<T>.Indices);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> operator +(Vec512<T> left, Vec512<T> right) => new(left._lanes + right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> operator -(Vec512<T> left, Vec512<T> right) => new(left._lanes - right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> operator *(Vec512<T> left, Vec512<T> right) => new(left._lanes * right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> operator /(Vec512<T> left, Vec512<T> right) => new(left._lanes / right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> operator -(Vec512<T> value) => new(-value._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> MultiplyAdd(Vec512<T> left, Vec512<T> right, Vec512<T> addend) =>
        typeof(T) == typeof(float)
            ? new(Vector512.FusedMultiplyAdd(left._lanes.AsSingle(), right._lanes.AsSingle(), addend._lanes.AsSingle()).As<float, T>())
            : new(Vector512.FusedMultiplyAdd(left._lanes.AsDouble(), right._lanes.AsDouble(), addend._lanes.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> MultiplyAdd(Vec512<T> left, Vec512<T> right, double addend) =>
        typeof(T) == typeof(float)
            ? new(Vector512.FusedMultiplyAdd(
                left._lanes.AsSingle(), right._lanes.AsSingle(), Vector512.Create((float)addend)).As<float, T>())
            : new(Vector512.FusedMultiplyAdd(left._lanes.AsDouble(), right._lanes.AsDouble(), Vector512.Create(addend)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Abs(Vec512<T> value) => new(Vector512.Abs(value._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Sqrt(Vec512<T> value) => new(Vector512.Sqrt(value._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Reciprocal(Vec512<T> value) => One / value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Min(Vec512<T> left, Vec512<T> right) => new(Vector512.Min(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Max(Vec512<T> left, Vec512<T> right) => new(Vector512.Max(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> AtLeast(Vec512<T> bound, Vec512<T> value) => new(Vector512.MaxNative(bound._lanes, value._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> AtMost(Vec512<T> bound, Vec512<T> value) => new(Vector512.MinNative(bound._lanes, value._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Floor(Vec512<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector512.Floor(value._lanes.AsSingle()).As<float, T>())
            : new(Vector512.Floor(value._lanes.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Ceiling(Vec512<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector512.Ceiling(value._lanes.AsSingle()).As<float, T>())
            : new(Vector512.Ceiling(value._lanes.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Round(Vec512<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector512.Round(value._lanes.AsSingle()).As<float, T>())
            : new(Vector512.Round(value._lanes.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Truncate(Vec512<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector512.Truncate(value._lanes.AsSingle()).As<float, T>())
            : new(Vector512.Truncate(value._lanes.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Sign(Vec512<T> value) =>
        Select(LessThan(value, Zero), -One, Select(GreaterThan(value, Zero), One, value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> CopySign(Vec512<T> magnitude, Vec512<T> sign) => new(Vector512.CopySign(magnitude._lanes, sign._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vec512<T> value) => Vec256<T>.Sum(new Vec256<T>(value._lanes.GetLower() + value._lanes.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Max(Vec512<T> value) => Vec256<T>.Max(new Vec256<T>(Vector256.Max(value._lanes.GetLower(), value._lanes.GetUpper())));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Peak(Vec512<T> value) => Vec256<T>.Peak(new Vec256<T>(Vector256.MaxNative(value._lanes.GetLower(), value._lanes.GetUpper())));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Min(Vec512<T> value) => Vec256<T>.Min(new Vec256<T>(Vector256.Min(value._lanes.GetLower(), value._lanes.GetUpper())));
}
