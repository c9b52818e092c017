using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The scores with −∞ above the diagonal of the last two axes: position i sees positions 0 to i.</summary>
    /// <remarks>What is masked takes no gradient, whatever it holds.</remarks>
    /// <exception cref="ArgumentException">There are fewer than two axes.</exception>
    public static Tensor<T> CausalMask<T>(Tensor<T> scores)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> source = Dense.Read(scores);
        if (scores.Rank < 2)
            throw new ArgumentException($"scores: {Shapes.Text(scores.Lengths)} has fewer than two axes.", nameof(scores));
        int rows = (int)scores.Lengths[^2], columns = (int)scores.Lengths[^1];
        T[] result = source.ToArray();
        for (int i = 0; i < result.Length; i++)
        {
            int row = i / columns % rows, column = i % columns;
            if (column > row)
                result[i] = T.NegativeInfinity;
        }

        return Dense.Over(result, scores.Lengths);
    }
}
