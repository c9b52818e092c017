using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The matrix product over the last two axes; leading axes broadcast.</summary>
    /// <param name="a"><c>[..., m, k]</c>, or <c>[..., k, m]</c> where <paramref name="transposeA"/>.</param>
    /// <param name="b"><c>[..., k, n]</c>, or <c>[..., n, k]</c> where <paramref name="transposeB"/>.</param>
    /// <param name="transposeA">Reads <paramref name="a"/> with its last two axes exchanged.</param>
    /// <param name="transposeB">Reads <paramref name="b"/> with its last two axes exchanged.</param>
    /// <returns><c>[..., m, n]</c>, each element accumulated in <c>double</c> and rounded once.</returns>
    /// <exception cref="ArgumentException">An operand has fewer than two axes, or the shapes do not match.</exception>
    public static Tensor<T> MatMul<T>(Tensor<T> a, Tensor<T> b, bool transposeA = false, bool transposeB = false)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ReadOnlySpan<double> left = Matrices(a, nameof(a), transposeA, out ReadOnlySpan<nint> la);
        ReadOnlySpan<double> right = Matrices(b, nameof(b), transposeB, out ReadOnlySpan<nint> lb);
        int m = (int)la[^2], k = (int)la[^1], n = (int)lb[^1];
        if (lb[^2] != k)
        {
            throw new ArgumentException(
                $"b: {Shapes.Text(b.Lengths)}{Turned(transposeB)} does not match a: {Shapes.Text(a.Lengths)}{Turned(transposeA)}: "
                + $"the inner lengths are {k} and {lb[^2]}.", nameof(b));
        }

        nint[] leading = Shapes.Broadcast(la[..^2], lb[..^2], nameof(a), nameof(b));
        var leftWalk = new Walk(leading, Shapes.BroadcastSteps(la[..^2], leading));
        var rightWalk = new Walk(leading, Shapes.BroadcastSteps(lb[..^2], leading));
        nint[] lengths = [.. leading, m, n];
        var result = new T[Shapes.Count(lengths)];
        var row = new double[n];
        int products = Shapes.Count(leading);
        for (int p = 0; p < products; p++, leftWalk.Next(), rightWalk.Next())
        {
            ReadOnlySpan<double> x = left.Slice(leftWalk.Offset * m * k, m * k), y = right.Slice(rightWalk.Offset * k * n, k * n);
            for (int i = 0; i < m; i++)
            {
                row.AsSpan().Clear();
                for (int j = 0; j < k; j++)
                    TensorPrimitives.MultiplyAdd(y.Slice(j * n, n), x[i * k + j], row, row);
                TensorPrimitives.ConvertTruncating<double, T>(row, result.AsSpan((p * m + i) * n, n));
            }
        }

        return Dense.Over(result, lengths);
    }

    /// <summary>The elements as <c>double</c> with the last two axes in the order of the product.</summary>
    private static ReadOnlySpan<double> Matrices<T>(Tensor<T> x, string name, bool transpose, out ReadOnlySpan<nint> lengths)
        where T : IBinaryFloatingPointIeee754<T>
    {
        if (x.Rank < 2)
            throw new ArgumentException($"{name}: {Shapes.Text(x.Lengths)} has fewer than the two axes of a matrix.", name);
        Tensor<T> ordered = transpose ? Transpose(x) : x;
        lengths = ordered.Lengths;
        ReadOnlySpan<T> source = Dense.Read(ordered);
        var result = new double[source.Length];
        TensorPrimitives.ConvertTruncating(source, result.AsSpan());
        return result;
    }

    private static string Turned(bool transpose) => transpose ? " transposed" : "";
}
