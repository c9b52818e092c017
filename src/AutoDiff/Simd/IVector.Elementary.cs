namespace AutoDiff.Simd;

/// <content>Elementary functions. Each is written once, in <c>VectorMath</c>, where its formula and its error in ulp are stated.</content>
public partial interface IVector<TSelf, T>
{
    /// <summary>eˣ.</summary>
    static abstract TSelf Exp(TSelf x);

    /// <summary>eˣ − 1.</summary>
    static abstract TSelf Expm1(TSelf x);

    /// <summary>ln x; −∞ at 0, NaN below.</summary>
    static abstract TSelf Log(TSelf x);

    /// <summary>ln(1 + x).</summary>
    static abstract TSelf Log1p(TSelf x);

    /// <summary>log₂ x.</summary>
    static abstract TSelf Log2(TSelf x);

    /// <summary>log₁₀ x.</summary>
    static abstract TSelf Log10(TSelf x);

    /// <summary>xʸ, with the special cases of <see cref="Math.Pow(double, double)"/>.</summary>
    static abstract TSelf Pow(TSelf x, TSelf y);

    /// <summary>∛x.</summary>
    static abstract TSelf Cbrt(TSelf x);

    /// <summary>sin x.</summary>
    static abstract TSelf Sin(TSelf x);

    /// <summary>cos x.</summary>
    static abstract TSelf Cos(TSelf x);

    /// <summary>tan x.</summary>
    static abstract TSelf Tan(TSelf x);

    /// <summary>arcsin x; NaN outside [−1, 1].</summary>
    static abstract TSelf Asin(TSelf x);

    /// <summary>arccos x; NaN outside [−1, 1].</summary>
    static abstract TSelf Acos(TSelf x);

    /// <summary>arctan x.</summary>
    static abstract TSelf Atan(TSelf x);

    /// <summary>The angle of (x, y), all four quadrants.</summary>
    static abstract TSelf Atan2(TSelf y, TSelf x);

    /// <summary>sinh x.</summary>
    static abstract TSelf Sinh(TSelf x);

    /// <summary>cosh x.</summary>
    static abstract TSelf Cosh(TSelf x);

    /// <summary>tanh x.</summary>
    static abstract TSelf Tanh(TSelf x);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    static abstract TSelf Sigmoid(TSelf x);

    /// <summary>ln(1 + eˣ), stable for any x.</summary>
    static abstract TSelf Softplus(TSelf x);

    /// <summary>x · sigmoid(x).</summary>
    static abstract TSelf Silu(TSelf x);

    /// <summary>The error function.</summary>
    static abstract TSelf Erf(TSelf x);

    /// <summary>Φ(x) = ½ · erfc(−x/√2), with full relative accuracy in the lower tail.</summary>
    static abstract TSelf NormalCdf(TSelf x);

    /// <summary>x · Φ(x), the exact form.</summary>
    static abstract TSelf Gelu(TSelf x);

    /// <summary>x · Φ(x) and its derivative together, for little more than the first alone.</summary>
    static abstract TSelf Gelu(TSelf x, out TSelf slope);

    /// <summary>The derivative of x · Φ(x): Φ(x) + x · φ(x).</summary>
    static abstract TSelf GeluSlope(TSelf x);

    /// <summary>½ · x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))).</summary>
    static abstract TSelf GeluTanh(TSelf x);
}
