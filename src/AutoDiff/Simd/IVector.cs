using System.ComponentModel;
using System.Numerics;

namespace AutoDiff.Simd;

/// <summary>
/// A hardware vector of <typeparamref name="T"/> lanes. Kernels are written once against this interface; the JIT compiles
/// them for <see cref="Vec512{T}"/>, <see cref="Vec256{T}"/> and <see cref="Vec128{T}"/>.
/// </summary>
/// <remarks>
/// Masks are vectors whose lanes have all bits set (true) or none (false). No operation contracts or reassociates: a lane
/// computes the same bits at every width, so that lanes, tails and <see cref="ScalarMath"/> agree. Only horizontal sums,
/// whose order depends on <see cref="Count"/>, differ between widths.
/// </remarks>
/// <typeparam name="TSelf">The vector itself.</typeparam>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public partial interface IVector<TSelf, T>
    where TSelf : struct, IVector<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>0 in every lane.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>1 in every lane.</summary>
    static abstract TSelf One { get; }

    /// <summary><paramref name="value"/> in every lane.</summary>
    static abstract TSelf Broadcast(T value);

    /// <summary>A constant, rounded to <typeparamref name="T"/>, in every lane; folds to an immediate.</summary>
    static abstract TSelf Constant(double value);

    /// <summary><paramref name="start"/>, <paramref name="start"/> + 1, and so on.</summary>
    static abstract TSelf Iota(T start);

    /// <summary>Lane-wise sum.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Lane-wise difference.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Lane-wise product.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>Lane-wise quotient.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>The sign of each lane flipped, zeros and NaN included.</summary>
    static abstract TSelf operator -(TSelf value);

    /// <summary><paramref name="left"/> · <paramref name="right"/> + <paramref name="addend"/> with one rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary><paramref name="left"/> · <paramref name="right"/> + <paramref name="addend"/>, with one rounding where the hardware can, else with two.</summary>
    static abstract TSelf MultiplyAddEstimate(TSelf left, TSelf right, TSelf addend);

    /// <summary><paramref name="left"/> · <paramref name="right"/> + constant, a step of Horner's scheme: as <see cref="MultiplyAddEstimate"/>.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, double addend);

    /// <summary>|x|.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>√x, correctly rounded.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>1 / x, correctly rounded.</summary>
    static abstract TSelf Reciprocal(TSelf value);

    /// <summary>The smaller lane; NaN where either is, −0 below +0 (IEEE 754 minimum, <see cref="Math.Min(double, double)"/>).</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The larger lane; NaN where either is, +0 above −0 (IEEE 754 maximum, <see cref="Math.Max(double, double)"/>).</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>max(<paramref name="bound"/>, x) in one instruction for a bound that is not NaN; NaN where x is.</summary>
    static abstract TSelf AtLeast(TSelf bound, TSelf value);

    /// <summary>min(<paramref name="bound"/>, x) in one instruction for a bound that is not NaN; NaN where x is.</summary>
    static abstract TSelf AtMost(TSelf bound, TSelf value);

    /// <summary>The largest integer not above x.</summary>
    static abstract TSelf Floor(TSelf value);

    /// <summary>The smallest integer not below x.</summary>
    static abstract TSelf Ceiling(TSelf value);

    /// <summary>The nearest integer, ties to even.</summary>
    static abstract TSelf Round(TSelf value);

    /// <summary>The integer part.</summary>
    static abstract TSelf Truncate(TSelf value);

    /// <summary>−1, 0 or 1; zeros keep their sign and NaN stays.</summary>
    static abstract TSelf Sign(TSelf value);

    /// <summary>The magnitude of <paramref name="magnitude"/> with the sign of <paramref name="sign"/>.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>x · 2ⁿ for |x| in [0.5, 2] (or 0, ∞, NaN) and integral n, with one rounding even where the result is subnormal.</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf value, TSelf exponent);

    /// <summary>Splits positive normal x = m · 2ᵉ with m in [√½, √2). Other inputs give unspecified bits.</summary>
    static abstract TSelf Decompose(TSelf value, out TSelf exponent);

    /// <summary>The sum of the lanes: the upper half is added to the lower half until one lane is left.</summary>
    static abstract T Sum(TSelf value);

    /// <summary>The largest lane; NaN where any is.</summary>
    static abstract T Max(TSelf value);

    /// <summary>The largest lane; lanes that are NaN may be passed over.</summary>
    static abstract T Peak(TSelf value);

    /// <summary>The smallest lane; NaN where any is.</summary>
    static abstract T Min(TSelf value);
}
