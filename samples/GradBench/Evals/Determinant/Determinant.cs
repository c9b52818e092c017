using AutoDiff;

namespace GradBench.Evals;

/// <summary>A determinant by expansion along the first row that is left, recursively.</summary>
public static partial class Determinant
{
    /// <param name="matrix">The elements, row by row.</param>
    /// <param name="size">The number of rows.</param>
    /// <param name="row">The first row that is left.</param>
    /// <param name="taken">The columns that rows above have taken, one bit each.</param>
    [Differentiable]
    public static double Expand(ReadOnlySpan<double> matrix, int size, int row, int taken)
    {
        if (row == size)
            return 1;
        double sum = 0;
        double sign = 1;
        for (int column = 0; column < size; column++)
        {
            if ((taken >> column & 1) != 0)
                continue;
            sum += sign * matrix[row * size + column] * Expand(matrix, size, row + 1, taken | 1 << column);
            sign = -sign;
        }

        return sum;
    }
}
