using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>tan x of each element, in radians.</summary>
    public static Tensor<T> Tan<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Tan);

    /// <summary>The angle in [−π/2, π/2] whose sine is x; NaN outside [−1, 1].</summary>
    public static Tensor<T> Asin<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Asin);

    /// <summary>The angle in [0, π] whose cosine is x; NaN outside [−1, 1].</summary>
    public static Tensor<T> Acos<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Acos);

    /// <summary>The angle in (−π/2, π/2) whose tangent is x.</summary>
    public static Tensor<T> Atan<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Atan);

    /// <summary>sinh x of each element.</summary>
    public static Tensor<T> Sinh<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Sinh);

    /// <summary>cosh x of each element.</summary>
    public static Tensor<T> Cosh<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Cosh);

    /// <summary>The number whose sinh is x.</summary>
    public static Tensor<T> Asinh<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Asinh);

    /// <summary>The number, at least 0, whose cosh is x; NaN below 1.</summary>
    public static Tensor<T> Acosh<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Acosh);

    /// <summary>The number whose tanh is x; ±∞ at ±1, NaN beyond.</summary>
    public static Tensor<T> Atanh<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Atanh);

    /// <summary>The angle in [−π, π] of the point (x, y) of each pair, broadcasting; the derivative at the origin is 0.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor<T> Atan2<T>(Tensor<T> y, Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Binary(y, x, T.Atan2);

    /// <summary>√(x² + y²) of each pair, broadcasting.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor<T> Hypot<T>(Tensor<T> x, Tensor<T> y)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Binary(x, y, T.Hypot);
}
