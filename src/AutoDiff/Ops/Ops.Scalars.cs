using System.Numerics;

namespace AutoDiff;

// Activations of one number. The generic methods hold for every width: they compute in double and round once.
public static partial class Ops
{
    private static readonly double SqrtTwoOverPi = Math.Sqrt(2 / Math.PI);

    /// <summary>x².</summary>
    public static T Square<T>(T x)
        where T : IBinaryFloatingPointIeee754<T>
        => x * x;

    /// <summary>max(x, 0), with derivative 0 at 0. NaN stays NaN.</summary>
    public static T Relu<T>(T x)
        where T : IBinaryFloatingPointIeee754<T>
        => T.Max(x, T.Zero);

    /// <summary>x held within [<paramref name="low"/>, <paramref name="high"/>], with derivative 0 at both ends. NaN stays NaN.</summary>
    /// <exception cref="ArgumentException"><paramref name="low"/> is above <paramref name="high"/>.</exception>
    public static T Clamp<T>(T x, T low, T high)
        where T : IBinaryFloatingPointIeee754<T>
    {
        if (low > high)
            throw new ArgumentException(FormattableString.Invariant($"low: {low} is above high: {high}."), nameof(low));
        return T.Min(T.Max(x, low), high);
    }

    /// <summary>1 / (1 + e⁻ˣ), without overflow for any x.</summary>
    public static T Sigmoid<T>(T x)
        where T : IBinaryFloatingPointIeee754<T>
        => T.CreateTruncating(Sigmoid(double.CreateTruncating(x)));

    /// <summary>x · <see cref="Sigmoid(double)"/>(x), also called swish; 0 at −∞.</summary>
    public static T Silu<T>(T x)
        where T : IBinaryFloatingPointIeee754<T>
        => T.CreateTruncating(Silu(double.CreateTruncating(x)));

    /// <summary>log(1 + eˣ), without overflow and without cancellation for any x.</summary>
    public static T Softplus<T>(T x)
        where T : IBinaryFloatingPointIeee754<T>
        => T.CreateTruncating(Softplus(double.CreateTruncating(x)));

    /// <summary>The exact Gaussian error linear unit, x · Φ(x) (Hendrycks and Gimpel, arXiv:1606.08415); 0 at −∞.</summary>
    public static T Gelu<T>(T x)
        where T : IBinaryFloatingPointIeee754<T>
        => T.CreateTruncating(Gelu(double.CreateTruncating(x)));

    /// <summary>The approximation ½x · (1 + tanh(√(2/π) · (x + 0.044715x³))) of <see cref="Gelu(double)"/>; 0 at −∞.</summary>
    public static T GeluTanh<T>(T x)
        where T : IBinaryFloatingPointIeee754<T>
        => T.CreateTruncating(GeluTanh(double.CreateTruncating(x)));

    /// <inheritdoc cref="Square{T}(T)"/>
    public static double Square(double x) => x * x;

    /// <inheritdoc cref="Square{T}(T)"/>
    public static float Square(float x) => x * x;

    /// <inheritdoc cref="Relu{T}(T)"/>
    public static double Relu(double x) => Math.Max(x, 0);

    /// <inheritdoc cref="Relu{T}(T)"/>
    public static float Relu(float x) => Math.Max(x, 0);

    /// <inheritdoc cref="Sigmoid{T}(T)"/>
    public static double Sigmoid(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    /// <inheritdoc cref="Sigmoid{T}(T)"/>
    public static float Sigmoid(float x) => (float)Sigmoid((double)x);

    /// <inheritdoc cref="Silu{T}(T)"/>
    public static double Silu(double x) => double.IsNegativeInfinity(x) ? 0 : x * Sigmoid(x);

    /// <inheritdoc cref="Silu{T}(T)"/>
    public static float Silu(float x) => (float)Silu((double)x);

    /// <inheritdoc cref="Softplus{T}(T)"/>
    public static double Softplus(double x) => Math.Max(x, 0) + Ad.Special.LogOnePlus(Math.Exp(-Math.Abs(x)));

    /// <inheritdoc cref="Softplus{T}(T)"/>
    public static float Softplus(float x) => (float)Softplus((double)x);

    /// <inheritdoc cref="Gelu{T}(T)"/>
    public static double Gelu(double x) => double.IsNegativeInfinity(x) ? 0 : x * Ad.Special.NormalCdf(x);

    /// <inheritdoc cref="Gelu{T}(T)"/>
    public static float Gelu(float x) => (float)Gelu((double)x);

    /// <inheritdoc cref="GeluTanh{T}(T)"/>
    public static double GeluTanh(double x)
        // ½ (1 + tanh u) = sigmoid(2u), which does not cancel for negative u.
        => double.IsNegativeInfinity(x) ? 0 : x * Sigmoid(2 * SqrtTwoOverPi * (x + 0.044715 * x * x * x));

    /// <inheritdoc cref="GeluTanh{T}(T)"/>
    public static float GeluTanh(float x) => (float)GeluTanh((double)x);
}
