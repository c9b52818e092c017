using AutoDiff.Kernels;
using AutoDiff.Tests.Parallel;

namespace AutoDiff.Tests.Kernels;

[Collection(ThreadCounts.Name)]
public class RowsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void GatherAndScatterAddAreTransposes(int threads) => ThreadCounts.With(threads, () =>
    {
        var random = new Random(1);
        foreach ((int rows, int width, int count) in new[]
            { (5, 3, 20), (65, 128, 1000), (300, 33, 5000), (2, 17, 0), (1, 1, 7), (4000, 64, 64) })
        {
            float[] table = [.. Enumerable.Range(0, rows * width).Select(_ => random.NextSingle())];
            int[] indices = [.. Enumerable.Range(0, count).Select(_ => random.Next(rows))];
            var gathered = new float[count * width];
            Rows.Gather<float>(table, indices, width, gathered);
            float[] sums = (float[])table.Clone(), expected = (float[])table.Clone();
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(table.AsSpan(indices[i] * width, width), gathered.AsSpan(i * width, width));
                for (int j = 0; j < width; j++)
                    expected[indices[i] * width + j] += gathered[i * width + j];
            }

            Rows.ScatterAdd<float>(gathered, indices, width, sums);
            Assert.Equal(expected, sums);
        }
    });

    [Fact]
    public void BadIndicesAndLengthsAreNamed()
    {
        var exception = Assert.Throws<ArgumentException>(() => Rows.Gather<double>(new double[4], [0, 2], 2, new double[4]));
        Assert.Contains("Index 2 at 1", exception.Message);
        Assert.Throws<ArgumentException>(() => Rows.ScatterAdd<double>(new double[2], [-1], 2, new double[4]));
        Assert.Throws<ArgumentException>(() => Rows.Gather<double>(new double[5], [0], 2, new double[2]));
        Assert.Throws<ArgumentException>(() => Rows.Gather<double>(new double[4], [0], 2, new double[3]));
        Assert.Throws<ArgumentException>(() => Rows.ScatterAdd<double>(new double[3], [0], 2, new double[4]));
    }

    [Fact]
    public void FillFills()
    {
        var values = new double[19];
        Rows.Fill(values.AsSpan(1, 17), 3.5);
        Assert.Equal(0, values[0] + values[18]);
        Assert.Equal(17, values.Count(v => v == 3.5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void CopiesOfAnyStrides(int threads) => ThreadCounts.With(threads, () =>
    {
        foreach ((int rows, int columns) in new[] { (1, 1), (3, 50), (16, 16), (33, 70), (64, 64), (130, 65), (500, 300) })
        {
            // Source and destination: row-major, column-major and with gaps in both directions.
            foreach ((int sourceRow, int sourceColumn) in new[] { (columns + 1, 1), (1, rows + 2), (2 * columns + 1, 2), (0, 1) })
            {
                foreach ((int row, int column) in new[] { (columns, 1), (1, rows), (3 * columns, 3) })
                {
                    Check<float>(rows, columns, sourceRow, sourceColumn, row, column);
                    Check<double>(rows, columns, sourceRow, sourceColumn, row, column);
                }
            }
        }
    });

    private static void Check<T>(int rows, int columns, int sourceRow, int sourceColumn, int row, int column)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        T[] source = [.. Enumerable.Range(1, (rows - 1) * sourceRow + (columns - 1) * sourceColumn + 1).Select(i => T.CreateTruncating(i))];
        var actual = new T[(rows - 1) * row + (columns - 1) * column + 1];
        var expected = new T[actual.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                expected[i * row + j * column] = source[i * sourceRow + j * sourceColumn];
        }

        StridedCopy.Copy(rows, columns, in source[0], sourceRow, sourceColumn, ref actual[0], row, column);
        Assert.Equal(expected, actual);
    }
}
