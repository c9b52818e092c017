using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The mean over rows of −log softmax(logits)[target], in nats.</summary>
    /// <remarks>
    /// <paramref name="logits"/> is <c>[..., classes]</c>, with one target for each row. Rows whose target is <paramref
    /// name="ignoreIndex"/>
    /// count neither in the sum nor in the mean, and take no gradient; where no row counts the mean is NaN. Infinite logits as for
    /// <see cref="Softmax"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">The number of targets is not the number of rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is not a class.</exception>
    public static T CrossEntropy<T>(Tensor<T> logits, ReadOnlySpan<int> targets, int ignoreIndex = -100)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> source = Dense.Read(logits);
        int classes = (int)logits.Lengths[^1], rows = Shapes.Count(logits.Lengths[..^1]);
        if (targets.Length != rows)
            throw Mismatch([targets.Length], logits.Lengths);
        double sum = 0;
        int count = 0;
        for (int row = 0; row < rows; row++)
        {
            int target = targets[row];
            if (target == ignoreIndex)
                continue;
            if ((uint)target >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(targets), target,
                    $"targets: element {row} is {target}; logits: {Shapes.Text(logits.Lengths)} has classes 0 to {classes - 1}.");
            }

            Logits measure = Logits.Measure(source, row * classes, classes, 1);
            sum += Math.Log(measure.Sum) - measure.Shift(source[row * classes + target]);
            count++;
        }

        return T.CreateTruncating(sum / count);
    }

    /// <inheritdoc cref="CrossEntropy{T}(Tensor{T}, ReadOnlySpan{int}, int)"/>
    public static T CrossEntropy<T>(Tensor<T> logits, int[] targets, int ignoreIndex = -100)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(targets);
        return CrossEntropy(logits, targets.AsSpan(), ignoreIndex);
    }

    /// <inheritdoc cref="CrossEntropy{T}(Tensor{T}, ReadOnlySpan{int}, int)"/>
    public static T CrossEntropy<T>(Tensor<T> logits, Tensor<int> targets, int ignoreIndex = -100)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(logits);
        ReadOnlySpan<int> flat = Dense.Read(targets);
        ReadOnlySpan<nint> rows = logits.Rank == 1 ? [1] : logits.Lengths[..^1];
        if (!targets.Lengths.SequenceEqual(rows))
            throw Mismatch(targets.Lengths, logits.Lengths);
        return CrossEntropy(logits, flat, ignoreIndex);
    }

    /// <summary>The mean of (x − y)² over all elements. The shapes are the same: broadcasting here is nearly always a mistake.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static T MeanSquaredError<T>(Tensor<T> x, Tensor<T> y)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> left = Dense.Read(x), right = Dense.Read(y);
        Shapes.Same(x, y);
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
            sum += Square(double.CreateTruncating(left[i]) - double.CreateTruncating(right[i]));
        return T.CreateTruncating(sum / left.Length);
    }

    private static ArgumentException Mismatch(ReadOnlySpan<nint> targets, ReadOnlySpan<nint> logits)
        => new($"targets: {Shapes.Text(targets)} does not match logits: {Shapes.Text(logits)}: one target for each row.", nameof(targets));
}
