using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>The elementary functions, forwarded to <see cref="VectorMath"/>.</content>
public readonly partial struct Vec256<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Exp(Vec256<T> x) => VectorMath.Exp<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Expm1(Vec256<T> x) => VectorMath.Expm1<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Log(Vec256<T> x) => VectorMath.Log<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Log1p(Vec256<T> x) => VectorMath.Log1p<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Log2(Vec256<T> x) => VectorMath.Log2<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Log10(Vec256<T> x) => VectorMath.Log10<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Pow(Vec256<T> x, Vec256<T> y) => VectorMath.Pow<Vec256<T>, T>(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Cbrt(Vec256<T> x) => VectorMath.Cbrt<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Sin(Vec256<T> x) => VectorMath.Sin<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Cos(Vec256<T> x) => VectorMath.Cos<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Tan(Vec256<T> x) => VectorMath.Tan<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Asin(Vec256<T> x) => VectorMath.Asin<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Acos(Vec256<T> x) => VectorMath.Acos<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Atan(Vec256<T> x) => VectorMath.Atan<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Atan2(Vec256<T> y, Vec256<T> x) => VectorMath.Atan2<Vec256<T>, T>(y, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Sinh(Vec256<T> x) => VectorMath.Sinh<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Cosh(Vec256<T> x) => VectorMath.Cosh<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Tanh(Vec256<T> x) => VectorMath.Tanh<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Sigmoid(Vec256<T> x) => VectorMath.Sigmoid<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Softplus(Vec256<T> x) => VectorMath.Softplus<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Silu(Vec256<T> x) => VectorMath.Silu<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Erf(Vec256<T> x) => VectorMath.Erf<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> NormalCdf(Vec256<T> x) => VectorMath.NormalCdf<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Gelu(Vec256<T> x) => VectorMath.Gelu<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Gelu(Vec256<T> x, out Vec256<T> slope) => VectorMath.Gelu<Vec256<T>, T>(x, out slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> GeluSlope(Vec256<T> x) => VectorMath.GeluSlope<Vec256<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> GeluTanh(Vec256<T> x) => VectorMath.GeluTanh<Vec256<T>, T>(x);
}
