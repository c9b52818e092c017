using System.ComponentModel;
using System.Numerics;

namespace AutoDiff.Simd;

/// <summary>
/// The elementary functions of <see cref="IVector{TSelf, T}"/> for one number, with the bits that a vector lane computes: scalar code,
/// tails and lanes agree at every width.
/// </summary>
/// <remarks>Only <see cref="float"/> and <see cref="double"/>; anything else is a <see cref="NotSupportedException"/>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ScalarMath
{
    /// <summary>eˣ.</summary>
    public static T Exp<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Exp(Vec128<T>.Broadcast(x)).First;

    /// <summary>eˣ − 1.</summary>
    public static T Expm1<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Expm1(Vec128<T>.Broadcast(x)).First;

    /// <summary>ln x; −∞ at 0, NaN below.</summary>
    public static T Log<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Log(Vec128<T>.Broadcast(x)).First;

    /// <summary>ln(1 + x).</summary>
    public static T Log1p<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Log1p(Vec128<T>.Broadcast(x)).First;

    /// <summary>log₂ x.</summary>
    public static T Log2<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Log2(Vec128<T>.Broadcast(x)).First;

    /// <summary>log₁₀ x.</summary>
    public static T Log10<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Log10(Vec128<T>.Broadcast(x)).First;

    /// <summary>xʸ, with the special cases of <see cref="Math.Pow(double, double)"/>.</summary>
    public static T Pow<T>(T x, T y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Pow(Vec128<T>.Broadcast(x), Vec128<T>.Broadcast(y)).First;

    /// <summary>∛x.</summary>
    public static T Cbrt<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Cbrt(Vec128<T>.Broadcast(x)).First;

    /// <summary>sin x.</summary>
    public static T Sin<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Sin(Vec128<T>.Broadcast(x)).First;

    /// <summary>cos x.</summary>
    public static T Cos<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Cos(Vec128<T>.Broadcast(x)).First;

    /// <summary>tan x.</summary>
    public static T Tan<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Tan(Vec128<T>.Broadcast(x)).First;

    /// <summary>arcsin x; NaN outside [−1, 1].</summary>
    public static T Asin<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Asin(Vec128<T>.Broadcast(x)).First;

    /// <summary>arccos x; NaN outside [−1, 1].</summary>
    public static T Acos<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Acos(Vec128<T>.Broadcast(x)).First;

    /// <summary>arctan x.</summary>
    public static T Atan<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Atan(Vec128<T>.Broadcast(x)).First;

    /// <summary>The angle of (x, y), all four quadrants.</summary>
    public static T Atan2<T>(T y, T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Atan2(Vec128<T>.Broadcast(y), Vec128<T>.Broadcast(x)).First;

    /// <summary>sinh x.</summary>
    public static T Sinh<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Sinh(Vec128<T>.Broadcast(x)).First;

    /// <summary>cosh x.</summary>
    public static T Cosh<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Cosh(Vec128<T>.Broadcast(x)).First;

    /// <summary>tanh x.</summary>
    public static T Tanh<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Tanh(Vec128<T>.Broadcast(x)).First;

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static T Sigmoid<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Sigmoid(Vec128<T>.Broadcast(x)).First;

    /// <summary>ln(1 + eˣ), stable for any x.</summary>
    public static T Softplus<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Softplus(Vec128<T>.Broadcast(x)).First;

    /// <summary>x · sigmoid(x).</summary>
    public static T Silu<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Silu(Vec128<T>.Broadcast(x)).First;

    /// <summary>The error function.</summary>
    public static T Erf<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Erf(Vec128<T>.Broadcast(x)).First;

    /// <summary>Φ(x) = ½ · erfc(−x/√2), with full relative accuracy in the lower tail.</summary>
    public static T NormalCdf<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.NormalCdf(Vec128<T>.Broadcast(x)).First;

    /// <summary>x · Φ(x), the exact form.</summary>
    public static T Gelu<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.Gelu(Vec128<T>.Broadcast(x)).First;

    /// <summary>The derivative of x · Φ(x): Φ(x) + x · φ(x).</summary>
    public static T GeluSlope<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.GeluSlope(Vec128<T>.Broadcast(x)).First;

    /// <summary>½ · x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))).</summary>
    public static T GeluTanh<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec128<T>.GeluTanh(Vec128<T>.Broadcast(x)).First;
}
