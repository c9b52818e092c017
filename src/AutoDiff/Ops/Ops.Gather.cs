using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>Rows of a table: <c>[n, row…]</c> for n indices into the first axis.</summary>
    /// <remarks>The adjoint adds each row of the cotangent to the row that it came from, repeated indices included.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the first axis.</exception>
    public static Tensor<T> Gather<T>(Tensor<T> table, ReadOnlySpan<int> indices) => Rows(table, indices, [indices.Length]);

    /// <inheritdoc cref="Gather{T}(Tensor{T}, ReadOnlySpan{int})"/>
    public static Tensor<T> Gather<T>(Tensor<T> table, int[] indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return Rows(table, indices, [indices.Length]);
    }

    /// <summary>Rows of a table: <c>[indices…, row…]</c> for indices of any rank into the first axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the first axis.</exception>
    public static Tensor<T> Gather<T>(Tensor<T> table, Tensor<int> indices) => Rows(table, Dense.Read(indices), indices.Lengths);

    private static Tensor<T> Rows<T>(Tensor<T> table, ReadOnlySpan<int> indices, ReadOnlySpan<nint> lengths)
    {
        ReadOnlySpan<T> source = Dense.Read(table);
        var (_, rows, width) = Shapes.Split(table.Lengths, 0);
        var result = new T[checked(indices.Length * width)];
        for (int i = 0; i < indices.Length; i++)
        {
            int row = indices[i];
            if ((uint)row >= (uint)rows)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(indices), row, $"indices: element {i} is {row}; table: {Shapes.Text(table.Lengths)} has rows 0 to {rows - 1}.");
            }

            source.Slice(row * width, width).CopyTo(result.AsSpan(i * width));
        }

        return Dense.Over(result, [.. lengths, .. table.Lengths[1..]]);
    }
}
