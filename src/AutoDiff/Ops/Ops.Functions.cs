using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>eˣ of each element.</summary>
    public static Tensor<T> Exp<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Exp);

    /// <summary>The natural logarithm of each element: −∞ at 0, NaN below.</summary>
    public static Tensor<T> Log<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Log);

    /// <summary>√x of each element: NaN below 0. Its derivative at 0 is +∞, and 0 where the adjoint is 0.</summary>
    public static Tensor<T> Sqrt<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Sqrt);

    /// <summary>|x| of each element. Its derivative at 0 is 0.</summary>
    public static Tensor<T> Abs<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Abs);

    /// <summary>sin x of each element, in radians.</summary>
    public static Tensor<T> Sin<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Sin);

    /// <summary>cos x of each element, in radians.</summary>
    public static Tensor<T> Cos<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Cos);

    /// <summary>tanh x of each element, by the scalar function: exact to a few ulp near 0 too.</summary>
    public static Tensor<T> Tanh<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Tanh);

    /// <summary>x² of each element.</summary>
    public static Tensor<T> Square<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, Square);
}
