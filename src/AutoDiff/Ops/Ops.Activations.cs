using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>max(x, 0) of each element, with derivative 0 at 0.</summary>
    public static Tensor<T> Relu<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, Relu<T>);

    /// <summary>1 / (1 + e⁻ˣ) of each element, without overflow for any x.</summary>
    public static Tensor<T> Sigmoid<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, Sigmoid<T>);

    /// <summary>x · sigmoid(x) of each element, also called swish.</summary>
    public static Tensor<T> Silu<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, Silu<T>);

    /// <summary>log(1 + eˣ) of each element, without overflow and without cancellation for any x.</summary>
    public static Tensor<T> Softplus<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, Softplus<T>);

    /// <summary>The exact Gaussian error linear unit of each element, x · Φ(x).</summary>
    public static Tensor<T> Gelu<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, Gelu<T>);

    /// <summary>The tanh approximation of <see cref="Gelu{T}(Tensor{T})"/> of each element.</summary>
    public static Tensor<T> GeluTanh<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, GeluTanh<T>);
}
