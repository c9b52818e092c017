using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>x + y, broadcasting both ways.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor<T> Add<T>(Tensor<T> x, Tensor<T> y)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Binary(x, y, static (a, b) => a + b);

    /// <summary>x − y, broadcasting both ways.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor<T> Subtract<T>(Tensor<T> x, Tensor<T> y)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Binary(x, y, static (a, b) => a - b);

    /// <summary>x · y by elements, broadcasting both ways. The matrix product is <see cref="MatMul"/>.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor<T> Multiply<T>(Tensor<T> x, Tensor<T> y)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Binary(x, y, static (a, b) => a * b);

    /// <summary>x / y by elements, broadcasting both ways.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor<T> Divide<T>(Tensor<T> x, Tensor<T> y)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Binary(x, y, static (a, b) => a / b);

    /// <summary>−x of each element, as the operator does.</summary>
    public static Tensor<T> Negate<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, static e => -e);
}
