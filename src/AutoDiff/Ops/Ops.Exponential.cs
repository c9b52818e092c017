using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>2 to the power of each element.</summary>
    public static Tensor<T> Exp2<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Exp2);

    /// <summary>The logarithm to base 2 of each element.</summary>
    public static Tensor<T> Log2<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, LogarithmToBase2);

    /// <summary>The logarithm to base 10 of each element.</summary>
    public static Tensor<T> Log10<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Log10);

    /// <summary>∛x of each element. Its derivative at 0 is +∞, and 0 where the adjoint is 0.</summary>
    public static Tensor<T> Cbrt<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, T.Cbrt);

    /// <summary>eˣ − 1 of each element, accurate also near 0.</summary>
    public static Tensor<T> ExpMinusOne<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, static e => T.CreateTruncating(Ad.Special.ExpMinusOne(double.CreateTruncating(e))));

    /// <summary>log(1 + x) of each element, accurate also near 0.</summary>
    public static Tensor<T> LogOnePlus<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, static e => T.CreateTruncating(Ad.Special.LogOnePlus(double.CreateTruncating(e))));

    /// <summary>The error function of each element.</summary>
    public static Tensor<T> Erf<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, static e => T.CreateTruncating(Ad.Special.Erf(double.CreateTruncating(e))));

    /// <summary>The complementary error function of each element, accurate also in the tail.</summary>
    public static Tensor<T> Erfc<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, static e => T.CreateTruncating(Ad.Special.Erfc(double.CreateTruncating(e))));

    /// <summary>The standard normal distribution function of each element.</summary>
    public static Tensor<T> NormalCdf<T>(Tensor<T> x)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, static e => T.CreateTruncating(Ad.Special.NormalCdf(double.CreateTruncating(e))));

    // Two interfaces of the number types declare Log2: named through one of them.
    private static T LogarithmToBase2<T>(T x)
        where T : ILogarithmicFunctions<T>
        => T.Log2(x);
}
