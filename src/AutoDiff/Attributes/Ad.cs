using System.Numerics.Tensors;

namespace AutoDiff;

/// <summary>What a differentiable method may say to the compiler about its own values.</summary>
public static partial class Ad
{
    /// <summary>The value of <paramref name="x"/>, with derivative 0.</summary>
    /// <remarks>At run time the identity. The compiler never folds <c>x − Ad.Detach(x)</c>.</remarks>
    public static T Detach<T>(T x)
        where T : allows ref struct
        => x;

    /// <summary>The tensor <paramref name="x"/> itself, not a copy, with derivative 0.</summary>
    public static Tensor<T> Detach<T>(Tensor<T> x) => x;

    /// <summary>
    /// The tensor <paramref name="x"/> itself. The analyzers report the shape that they infer for it (DIFF2050), in names and numbers.
    /// </summary>
    /// <remarks>At run time, and for derivatives, the identity: it may stay in the code.</remarks>
    public static Tensor<T> ShowShape<T>(Tensor<T> x) => x;
}
