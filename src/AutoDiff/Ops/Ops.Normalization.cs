using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>(x − mean) / √(variance + epsilon) · weight + bias over the last axis (Ba, Kiros and Hinton, arXiv:1607.06450).</summary>
    /// <remarks>The variance is the mean of squares about the mean, taken in a second pass.</remarks>
    /// <param name="x"><c>[..., features]</c>.</param>
    /// <param name="weight"><c>[features]</c>.</param>
    /// <param name="bias"><c>[features]</c>.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <exception cref="ArgumentException">A weight or bias does not match the last axis.</exception>
    public static Tensor<T> LayerNorm<T>(Tensor<T> x, Tensor<T> weight, Tensor<T> bias, double epsilon = 1e-5)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> source = Dense.Read(x);
        ReadOnlySpan<T> scale = Features(weight, x), shift = Features(bias, x);
        int width = scale.Length;
        var result = new T[source.Length];
        for (int start = 0; start < result.Length; start += width)
        {
            ReadOnlySpan<T> row = source.Slice(start, width);
            double mean = Total(row) / width, squares = 0;
            foreach (T element in row)
                squares += Square(double.CreateTruncating(element) - mean);
            double inverse = 1 / Math.Sqrt(squares / width + epsilon);
            for (int k = 0; k < width; k++)
            {
                double normalized = (double.CreateTruncating(row[k]) - mean) * inverse;
                result[start + k] = T.CreateTruncating(normalized * double.CreateTruncating(scale[k]) + double.CreateTruncating(shift[k]));
            }
        }

        return Dense.Over(result, x.Lengths);
    }

    /// <summary>
    /// (x − mean) / √(variance + epsilon) · weight over the last axis: <see cref="LayerNorm{T}(Tensor{T}, Tensor{T}, Tensor{T},
    /// double)"/> without a bias.
    /// </summary>
    /// <exception cref="ArgumentException">The weight does not match the last axis.</exception>
    public static Tensor<T> LayerNorm<T>(Tensor<T> x, Tensor<T> weight, double epsilon = 1e-5)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(weight);
        return LayerNorm(x, weight, Dense.Over(new T[weight.FlattenedLength], weight.Lengths), epsilon);
    }

    /// <summary>x / √(mean(x²) + epsilon) · weight over the last axis (Zhang and Sennrich, arXiv:1910.07467).</summary>
    /// <param name="x"><c>[..., features]</c>.</param>
    /// <param name="weight"><c>[features]</c>.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <exception cref="ArgumentException">The weight does not match the last axis.</exception>
    public static Tensor<T> RmsNorm<T>(Tensor<T> x, Tensor<T> weight, double epsilon = 1e-5)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> source = Dense.Read(x);
        ReadOnlySpan<T> scale = Features(weight, x);
        int width = scale.Length;
        var result = new T[source.Length];
        for (int start = 0; start < result.Length; start += width)
        {
            ReadOnlySpan<T> row = source.Slice(start, width);
            double squares = 0;
            foreach (T element in row)
                squares += Square(double.CreateTruncating(element));
            double inverse = 1 / Math.Sqrt(squares / width + epsilon);
            for (int k = 0; k < width; k++)
                result[start + k] = T.CreateTruncating(double.CreateTruncating(row[k]) * inverse * double.CreateTruncating(scale[k]));
        }

        return Dense.Over(result, x.Lengths);
    }

    private static ReadOnlySpan<T> Features<T>(
        Tensor<T> vector, Tensor<T> x, [CallerArgumentExpression(nameof(vector))] string? name = null)
    {
        ReadOnlySpan<T> elements = Dense.Read(vector, name);
        if (vector.Rank != 1 || elements.Length != x.Lengths[^1])
            throw new ArgumentException(
                $"{name}: {Shapes.Text(vector.Lengths)} does not match the last axis of x: {Shapes.Text(x.Lengths)}.", name);
        return elements;
    }
}
