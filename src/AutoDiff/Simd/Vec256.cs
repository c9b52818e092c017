using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Simd;

/// <summary>256 bits: 8 lanes of <see cref="float"/> or 4 of <see cref="double"/>.</summary>
/// <remarks>Runs everywhere; the JIT splits it where the hardware is narrower. <typeparamref name="T"/> folds at JIT time.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly partial struct Vec256<T> : IVector<Vec256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector256<T> _lanes;

    /// <summary>Wraps a vector of the framework.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec256(Vector256<T> lanes) => _lanes = lanes;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Count;
    }

    /// <inheritdoc/>
    public static Vec256<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<T>.Zero);
    }

    /// <inheritdoc/>
    public static Vec256<T> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<T>.One);
    }

    /// <summary>The vector of the framework.</summary>
    public Vector256<T> Lanes
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
    public static Vec256<T> Broadcast(T value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Constant(double value) =>
        typeof(T) == typeof(float) ? new(Vector256.Create((float)value).As<float, T>()) : new(Vector256.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Iota(T start) => new(Vector256.Create(start) + Vector256<T>.Indices);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> operator +(Vec256<T> left, Vec256<T> right) => new(left._lanes + right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> operator -(Vec256<T> left, Vec256<T> right) => new(left._lanes - right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> operator *(Vec256<T> left, Vec256<T> right) => new(left._lanes * right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> operator /(Vec256<T> left, Vec256<T> right) => new(left._lanes / right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> operator -(Vec256<T> value) => new(-value._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> MultiplyAdd(Vec256<T> left, Vec256<T> right, Vec256<T> addend) =>
        typeof(T) == typeof(float)
            ? new(Vector256.FusedMultiplyAdd(left._lanes.AsSingle(), right._lanes.AsSingle(), addend._lanes.AsSingle()).As<float, T>())
            : new(Vector256.FusedMultiplyAdd(left._lanes.AsDouble(), right._lanes.AsDouble(), addend._lanes.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> MultiplyAdd(Vec256<T> left, Vec256<T> right, double addend) =>
        typeof(T) == typeof(float)
            ? new(Vector256.FusedMultiplyAdd(
                left._lanes.AsSingle(), right._lanes.AsSingle(), Vector256.Create((float)addend)).As<float, T>())
            : new(Vector256.FusedMultiplyAdd(left._lanes.AsDouble(), right._lanes.AsDouble(), Vector256.Create(addend)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Abs(Vec256<T> value) => new(Vector256.Abs(value._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Sqrt(Vec256<T> value) => new(Vector256.Sqrt(value._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Reciprocal(Vec256<T> value) => One / value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Min(Vec256<T> left, Vec256<T> right) => new(Vector256.Min(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Max(Vec256<T> left, Vec256<T> right) => new(Vector256.Max(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> AtLeast(Vec256<T> bound, Vec256<T> value) => new(Vector256.MaxNative(bound._lanes, value._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> AtMost(Vec256<T> bound, Vec256<T> value) => new(Vector256.MinNative(bound._lanes, value._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Floor(Vec256<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector256.Floor(value._lanes.AsSingle()).As<float, T>())
            : new(Vector256.Floor(value._lanes.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Ceiling(Vec256<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector256.Ceiling(value._lanes.AsSingle()).As<float, T>())
            : new(Vector256.Ceiling(value._lanes.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Round(Vec256<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector256.Round(value._lanes.AsSingle()).As<float, T>())
            : new(Vector256.Round(value._lanes.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Truncate(Vec256<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector256.Truncate(value._lanes.AsSingle()).As<float, T>())
            : new(Vector256.Truncate(value._lanes.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Sign(Vec256<T> value) =>
        Select(LessThan(value, Zero), -One, Select(GreaterThan(value, Zero), One, value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> CopySign(Vec256<T> magnitude, Vec256<T> sign) => new(Vector256.CopySign(magnitude._lanes, sign._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vec256<T> value) => Vec128<T>.Sum(new Vec128<T>(value._lanes.GetLower() + value._lanes.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Max(Vec256<T> value) => Vec128<T>.Max(new Vec128<T>(Vector128.Max(value._lanes.GetLower(), value._lanes.GetUpper())));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Peak(Vec256<T> value) => Vec128<T>.Peak(new Vec128<T>(Vector128.MaxNative(value._lanes.GetLower(), value._lanes.GetUpper())));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Min(Vec256<T> value) => Vec128<T>.Min(new Vec128<T>(Vector128.Min(value._lanes.GetLower(), value._lanes.GetUpper())));
}
