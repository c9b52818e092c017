using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using AutoDiff.Generated;

namespace AutoDiff;

/// <summary>Row-major elements of a tensor, whatever its strides, and tensors over new arrays.</summary>
internal static class Dense
{
    /// <summary>The elements in row-major order: the tensor's own memory where it is dense, a copy where it is not.</summary>
    internal static ReadOnlySpan<T> Read<T>(Tensor<T> x, [CallerArgumentExpression(nameof(x))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(x, name);
        return TensorAccess.Read(x, x.IsDense ? default : new T[TensorAccess.Count(x)]);
    }

    /// <summary>The elements of <paramref name="x"/> repeated to <paramref name="lengths"/>, with which it must broadcast.</summary>
    internal static ReadOnlySpan<T> Read<T>(Tensor<T> x, ReadOnlySpan<nint> lengths)
    {
        ReadOnlySpan<T> source = Read(x);
        if (x.Lengths.SequenceEqual(lengths))
            return source;
        var walk = new Walk(lengths.ToArray(), Shapes.BroadcastSteps(x.Lengths, lengths));
        var result = new T[Shapes.Count(lengths)];
        for (int i = 0; i < result.Length; i++, walk.Next())
            result[i] = source[walk.Offset];
        return result;
    }

    internal static Tensor<T> Over<T>(T[] values, ReadOnlySpan<nint> lengths) => Tensor.Create(values, lengths);
}
