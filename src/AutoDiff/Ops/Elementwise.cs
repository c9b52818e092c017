using System.Numerics.Tensors;

namespace AutoDiff;

/// <summary>The loops of the eager elementwise operations.</summary>
internal static class Elementwise
{
    internal static Tensor<T> Unary<T>(Tensor<T> x, Func<T, T> f)
    {
        ReadOnlySpan<T> source = Dense.Read(x);
        var result = new T[source.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = f(source[i]);
        return Dense.Over(result, x.Lengths);
    }

    internal static Tensor<T> Binary<T>(Tensor<T> x, Tensor<T> y, Func<T, T, T> f)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        nint[] lengths = Shapes.Broadcast(x.Lengths, y.Lengths);
        ReadOnlySpan<T> left = Dense.Read(x, lengths), right = Dense.Read(y, lengths);
        var result = new T[left.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = f(left[i], right[i]);
        return Dense.Over(result, lengths);
    }
}
