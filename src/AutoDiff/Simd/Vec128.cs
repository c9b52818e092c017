using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Simd;

/// <summary>128 bits: 4 lanes of <see cref="float"/> or 2 of <see cref="double"/>.</summary>
/// <remarks>Runs everywhere; the JIT splits it where the hardware is narrower. <typeparamref name="T"/> folds at JIT time.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly partial struct Vec128<T> : IVector<Vec128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector128<T> _lanes;

    /// <summary>Wraps a vector of the framework.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec128(Vector128<T> lanes) => _lanes = lanes;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<T>.Count;
    }

    /// <inheritdoc/>
    public static Vec128<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<T>.Zero);
    }

    /// <inheritdoc/>
    public static Vec128<T> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<T>.One);
    }

    /// <summary>The vector of the framework.</summary>
    public Vector128<T> Lanes
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
    public static Vec128<T> Broadcast(T value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Constant(double value) =>
        typeof(T) == typeof(float) ? new(Vector128.Create((float)value).As<float, T>()) : new(Vector128.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Iota(T start) => new(Vector128.Create(start) + Vector128<T>.Indices);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> operator +(Vec128<T> left, Vec128<T> right) => new(left._lanes + right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> operator -(Vec128<T> left, Vec128<T> right) => new(left._lanes - right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> operator *(Vec128<T> left, Vec128<T> right) => new(left._lanes * right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> operator /(Vec128<T> left, Vec128<T> right) => new(left._lanes / right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> operator -(Vec128<T> value) => new(-value._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> MultiplyAdd(Vec128<T> left, Vec128<T> right, Vec128<T> addend) =>
        typeof(T) == typeof(float)
            ? new(Vector128.FusedMultiplyAdd(left._lanes.AsSingle(), right._lanes.AsSingle(), addend._lanes.AsSingle()).As<float, T>())
            : new(Vector128.FusedMultiplyAdd(left._lanes.AsDouble(), right._lanes.AsDouble(), addend._lanes.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> MultiplyAdd(Vec128<T> left, Vec128<T> right, double addend) =>
        typeof(T) == typeof(float)
            ? new(Vector128.FusedMultiplyAdd(
                left._lanes.AsSingle(), right._lanes.AsSingle(), Vector128.Create((float)addend)).As<float, T>())
            : new(Vector128.FusedMultiplyAdd(left._lanes.AsDouble(), right._lanes.AsDouble(), Vector128.Create(addend)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Abs(Vec128<T> value) => new(Vector128.Abs(value._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Sqrt(Vec128<T> value) => new(Vector128.Sqrt(value._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Reciprocal(Vec128<T> value) => One / value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Min(Vec128<T> left, Vec128<T> right) => new(Vector128.Min(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Max(Vec128<T> left, Vec128<T> right) => new(Vector128.Max(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> AtLeast(Vec128<T> bound, Vec128<T> value) => new(Vector128.MaxNative(bound._lanes, value._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> AtMost(Vec128<T> bound, Vec128<T> value) => new(Vector128.MinNative(bound._lanes, value._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Floor(Vec128<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector128.Floor(value._lanes.AsSingle()).As<float, T>())
            : new(Vector128.Floor(value._lanes.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Ceiling(Vec128<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector128.Ceiling(value._lanes.AsSingle()).As<float, T>())
            : new(Vector128.Ceiling(value._lanes.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Round(Vec128<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector128.Round(value._lanes.AsSingle()).As<float, T>())
            : new(Vector128.Round(value._lanes.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Truncate(Vec128<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector128.Truncate(value._lanes.AsSingle()).As<float, T>())
            : new(Vector128.Truncate(value._lanes.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Sign(Vec128<T> value) =>
        Select(LessThan(value, Zero), -One, Select(GreaterThan(value, Zero), One, value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> CopySign(Vec128<T> magnitude, Vec128<T> sign) => new(Vector128.CopySign(magnitude._lanes, sign._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vec128<T> value) =>
        typeof(T) == typeof(float)
            ? value._lanes.GetElement(0) + value._lanes.GetElement(2) + (value._lanes.GetElement(1) + value._lanes.GetElement(3))
            : value._lanes.GetElement(0) + value._lanes.GetElement(1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Max(Vec128<T> value) =>
        typeof(T) == typeof(float)
            ? T.Max(
                T.Max(value._lanes.GetElement(0), value._lanes.GetElement(2)),
                T.Max(value._lanes.GetElement(1), value._lanes.GetElement(3)))
            : T.Max(value._lanes.GetElement(0), value._lanes.GetElement(1));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Peak(Vec128<T> value)
    {
        Vector128<T> half = Vector128.MaxNative(value._lanes, Vector128.Shuffle(value._lanes.AsInt64(), Vector128.Create(1L, 0)).As<long, T>());
        return typeof(T) == typeof(float)
            ? Vector128.MaxNative(half, Vector128.Shuffle(half.AsInt32(), Vector128.Create(1, 0, 3, 2)).As<int, T>()).ToScalar()
            : half.ToScalar();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Min(Vec128<T> value) =>
        typeof(T) == typeof(float)
            ? T.Min(
                T.Min(value._lanes.GetElement(0), value._lanes.GetElement(2)),
                T.Min(value._lanes.GetElement(1), value._lanes.GetElement(3)))
            : T.Min(value._lanes.GetElement(0), value._lanes.GetElement(1));
}
