using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>
    /// f of each element. In a compiled method <paramref name="f"/> is a lambda or a differentiable method, inlined into the kernel.
    /// </summary>
    public static Tensor<T> Map<T>(Tensor<T> x, Func<T, T> f)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return Elementwise.Unary(x, f);
    }

    /// <summary>f of each pair of elements, broadcasting.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor<T> Map<T>(Tensor<T> x, Tensor<T> y, Func<T, T, T> f)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return Elementwise.Binary(x, y, f);
    }
}
