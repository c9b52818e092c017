using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>The elementary functions, forwarded to <see cref="VectorMath"/>.</content>
public readonly partial struct Vec128<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Exp(Vec128<T> x) => VectorMath.Exp<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Expm1(Vec128<T> x) => VectorMath.Expm1<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Log(Vec128<T> x) => VectorMath.Log<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Log1p(Vec128<T> x) => VectorMath.Log1p<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Log2(Vec128<T> x) => VectorMath.Log2<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Log10(Vec128<T> x) => VectorMath.Log10<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Pow(Vec128<T> x, Vec128<T> y) => VectorMath.Pow<Vec128<T>, T>(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Cbrt(Vec128<T> x) => VectorMath.Cbrt<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Sin(Vec128<T> x) => VectorMath.Sin<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Cos(Vec128<T> x) => VectorMath.Cos<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Tan(Vec128<T> x) => VectorMath.Tan<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Asin(Vec128<T> x) => VectorMath.Asin<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Acos(Vec128<T> x) => VectorMath.Acos<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Atan(Vec128<T> x) => VectorMath.Atan<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Atan2(Vec128<T> y, Vec128<T> x) => VectorMath.Atan2<Vec128<T>, T>(y, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Sinh(Vec128<T> x) => VectorMath.Sinh<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Cosh(Vec128<T> x) => VectorMath.Cosh<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Tanh(Vec128<T> x) => VectorMath.Tanh<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Sigmoid(Vec128<T> x) => VectorMath.Sigmoid<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Softplus(Vec128<T> x) => VectorMath.Softplus<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Silu(Vec128<T> x) => VectorMath.Silu<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Erf(Vec128<T> x) => VectorMath.Erf<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> NormalCdf(Vec128<T> x) => VectorMath.NormalCdf<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Gelu(Vec128<T> x) => VectorMath.Gelu<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Gelu(Vec128<T> x, out Vec128<T> slope) => VectorMath.Gelu<Vec128<T>, T>(x, out slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> GeluSlope(Vec128<T> x) => VectorMath.GeluSlope<Vec128<T>, T>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> GeluTanh(Vec128<T> x) => VectorMath.GeluTanh<Vec128<T>, T>(x);
}
