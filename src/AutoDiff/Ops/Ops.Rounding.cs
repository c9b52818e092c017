using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

// Functions in steps: their derivative is 0 everywhere.
public static partial class Ops
{
    /// <summary>−1, 0 or 1 with the sign of each element; NaN stays NaN. Derivative 0.</summary>
    public static Tensor<T> Sign<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, static e => T.IsNaN(e) ? e : T.CreateTruncating(T.Sign(e)));

    /// <summary>Each element rounded down. Derivative 0.</summary>
    public static Tensor<T> Floor<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Floor);

    /// <summary>Each element rounded up. Derivative 0.</summary>
    public static Tensor<T> Ceiling<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Ceiling);

    /// <summary>Each element rounded to the nearest integer, halves to the even one. Derivative 0.</summary>
    public static Tensor<T> Round<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Round);

    /// <summary>Each element rounded towards 0. Derivative 0.</summary>
    public static Tensor<T> Truncate<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Truncate);
}
