using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>The elementary functions, forwarded to <see cref="VectorMath"/>.</content>
public readonly partial struct Vec512<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Exp(Vec512<T> x) => VectorMath.Exp<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Expm1(Vec512<T> x) => VectorMath.Expm1<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Log(Vec512<T> x) => VectorMath.Log<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Log1p(Vec512<T> x) => VectorMath.Log1p<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Log2(Vec512<T> x) => VectorMath.Log2<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Log10(Vec512<T> x) => VectorMath.Log10<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Pow(Vec512<T> x, Vec512<T> y) => VectorMath.Pow<Vec512<T>, T>(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Cbrt(Vec512<T> x) => VectorMath.Cbrt<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Sin(Vec512<T> x) => VectorMath.Sin<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Cos(Vec512<T> x) => VectorMath.Cos<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Tan(Vec512<T> x) => VectorMath.Tan<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Asin(Vec512<T> x) => VectorMath.Asin<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Acos(Vec512<T> x) => VectorMath.Acos<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Atan(Vec512<T> x) => VectorMath.Atan<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Atan2(Vec512<T> y, Vec512<T> x) => VectorMath.Atan2<Vec512<T>, T>(y, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Sinh(Vec512<T> x) => VectorMath.Sinh<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Cosh(Vec512<T> x) => VectorMath.Cosh<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Tanh(Vec512<T> x) => VectorMath.Tanh<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Sigmoid(Vec512<T> x) => VectorMath.Sigmoid<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Softplus(Vec512<T> x) => VectorMath.Softplus<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Silu(Vec512<T> x) => VectorMath.Silu<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Erf(Vec512<T> x) => VectorMath.Erf<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> NormalCdf(Vec512<T> x) => VectorMath.NormalCdf<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Gelu(Vec512<T> x) => VectorMath.Gelu<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Gelu(Vec512<T> x, out Vec512<T> slope) => VectorMath.Gelu<Vec512<T>, T>(x, out slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> GeluSlope(Vec512<T> x) => VectorMath.GeluSlope<Vec512<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> GeluTanh(Vec512<T> x) => VectorMath.GeluTanh<Vec512<T>, T>(x);
}
