namespace GradBench.Evals;

/// <summary>Messages come row by row; a primal may want numbers side by side that are in one column.</summary>
internal static class Layout
{
    /// <summary>The transpose of a matrix in rows of <paramref name="columns"/> numbers.</summary>
    public static double[] Transpose(double[] rows, int columns)
    {
        double[] result = new double[rows.Length];
        int count = rows.Length / columns;
        for (int i = 0; i < count; i++)
            for (int j = 0; j < columns; j++)
                result[j * count + i] = rows[i * columns + j];
        return result;
    }
}
