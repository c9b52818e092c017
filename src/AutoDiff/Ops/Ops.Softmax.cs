using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>exp(x) / Σ exp(x) along an axis, without overflow.</summary>
    /// <remarks>+∞ logits share the mass equally; a row that is −∞ throughout is uniform; a row with a NaN is NaN.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The axis does not exist.</exception>
    public static Tensor<T> Softmax<T>(Tensor<T> x, int axis = -1)
        where T : IBinaryFloatingPointIeee754<T>
        => Normalized(x, axis, static (logits, logit) => T.CreateTruncating(Math.Exp(logits.Shift(logit)) / logits.Sum));

    /// <summary>
    /// x − log Σ exp(x) along an axis, without overflow; conventions as for <see cref="Softmax"/>, of which it is the logarithm.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The axis does not exist.</exception>
    public static Tensor<T> LogSoftmax<T>(Tensor<T> x, int axis = -1)
        where T : IBinaryFloatingPointIeee754<T>
        => Normalized(x, axis, static (logits, logit) => T.CreateTruncating(logits.Shift(logit) - Math.Log(logits.Sum)));

    /// <summary>log Σ exp(x) along an axis, which goes, without overflow: +∞ with a +∞ logit, −∞ where all are −∞.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The axis does not exist.</exception>
    public static Tensor<T> LogSumExp<T>(Tensor<T> x, int axis = -1, bool keepDims = false)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> source = Dense.Read(x);
        axis = Shapes.Axis(axis, x.Lengths);
        var (outer, length, inner) = Shapes.Split(x.Lengths, axis);
        var result = new T[outer * inner];
        for (int i = 0; i < result.Length; i++)
        {
            int start = i / inner * length * inner + i % inner;
            result[i] = T.CreateTruncating(Logits.Measure(source, start, length, inner).LogSumExp);
        }

        return Dense.Over(result, Shapes.Reduced(x.Lengths, axis, keepDims));
    }

    private static Tensor<T> Normalized<T>(Tensor<T> x, int axis, Func<Logits, T, T> f)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> source = Dense.Read(x);
        axis = Shapes.Axis(axis, x.Lengths);
        var (outer, length, inner) = Shapes.Split(x.Lengths, axis);
        var result = new T[source.Length];
        for (int i = 0; i < outer * inner && length > 0; i++)
        {
            int start = i / inner * length * inner + i % inner;
            Logits logits = Logits.Measure(source, start, length, inner);
            for (int k = 0; k < length; k++)
                result[start + k * inner] = f(logits, source[start + k * inner]);
        }

        return Dense.Over(result, x.Lengths);
    }
}
