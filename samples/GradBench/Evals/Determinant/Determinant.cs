using System.Numerics;
using AutoDiff;

namespace GradBench.Evals;

/// <summary>A determinant by expansion along the first row that is left, recursively.</summary>
public static partial class Determinant
{
    /// <param name="matrix">The elements, row by row.</param>
    /// <param name="size">The number of rows.</param>
    /// <param name="row">The first row that is left.</param>
    /// <param name="free">The columns that no row above has taken, one bit each: as many as rows are left.</param>
    [Differentiable]
    public static double Expand(ReadOnlySpan<double> matrix, int size, int row, int free)
    {
        if (row == size - 1)
            return matrix[row * size + BitOperations.TrailingZeroCount(free)];
        double sum = 0;
        int rest = free;
        for (int k = 0; k < size - row; k++)
        {
            int column = BitOperations.TrailingZeroCount(rest), bit = rest & -rest;
            double minor = Expand(matrix, size, row + 1, free & ~bit);
            sum += (k & 1) == 0 ? matrix[row * size + column] * minor : -matrix[row * size + column] * minor;
            rest &= ~bit;
        }

        return sum;
    }
}
