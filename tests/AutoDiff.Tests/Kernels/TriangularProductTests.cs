using System.Numerics;
using AutoDiff.Generated;
using AutoDiff.Kernels;
using AutoDiff.Simd;

namespace AutoDiff.Tests.Kernels;

/// <summary>Products with a triangle give the bits of the whole product wherever they are asked for, and leave out what is beyond the diagonal.</summary>
public class TriangularProductTests
{
    private static readonly (int M, int N, int K)[] s_sizes = [(1, 5, 3), (7, 33, 20), (20, 16, 64), (64, 64, 64), (70, 130, 90), (33, 90, 700)];

    public static TheoryData<ProductTriangle, int> Triangles()
    {
        var data = new TheoryData<ProductTriangle, int>();
        foreach (ProductTriangle triangle in new[] { ProductTriangle.LowerA, ProductTriangle.UpperA, ProductTriangle.LowerC })
        {
            foreach (int diagonal in new[] { -70, -9, 0, 5, 40, 900 })
                data.Add(triangle, diagonal);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Triangles))]
    public void GivesWhatTheWholeProductGives(ProductTriangle triangle, int diagonal)
    {
        foreach ((int m, int n, int k) in s_sizes)
        {
            foreach (bool accumulate in new[] { false, true })
            {
                Check<Vec512<float>, float>(triangle, diagonal, m, n, k, accumulate);
                Check<Vec256<float>, float>(triangle, diagonal, m, n, k, accumulate);
                Check<Vec128<double>, double>(triangle, diagonal, m, n, k, accumulate);
                Check<Vec512<double>, double>(triangle, diagonal, m, n, k, accumulate);
            }
        }
    }

    [Fact]
    public void ReadsNothingFarBeyondTheDiagonal()
    {
        // One register block: of the terms, those that none of its rows has are not numbers.
        const int M = 4, N = 16, K = 40, Diagonal = 10;
        float[] a = Values<float>(1, M * K), b = Values<float>(2, K * N);
        Array.Fill(b, float.NaN, (M + Diagonal) * N, (K - M - Diagonal) * N);
        Assert.All(Multiply<Vec512<float>, float>(Shape(M, N, K, false, ProductTriangle.LowerA, Diagonal), a, b, new float[M * N]), x => Assert.True(float.IsFinite(x)));

        b = Values<float>(2, K * N);
        Array.Fill(b, float.NaN, 0, 20 * N);
        Assert.All(Multiply<Vec512<float>, float>(Shape(M, N, K, false, ProductTriangle.UpperA, -20), a, b, new float[M * N]), x => Assert.True(float.IsFinite(x)));

        float[] ones = [.. Enumerable.Repeat(1f, M * K)], wide = [.. Enumerable.Repeat(1f, K * 64)];
        float[] c = Multiply<Vec512<float>, float>(Shape(M, 64, K, false, ProductTriangle.LowerC, 0), ones, wide, new float[M * 64]);
        for (int i = 0; i < c.Length; i++)
            Assert.Equal(i % 64 < 16 ? K : 0, c[i]);
    }

    private static void Check<V, T>(ProductTriangle triangle, int diagonal, int m, int n, int k, bool accumulate)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] a = Values<T>(m + k, m * k), b = Values<T>(k + n, k * n), c = Values<T>(m + n, m * n);
        for (int i = 0; i < m; i++)
        {
            for (int t = 0; t < k; t++)
            {
                if ((triangle == ProductTriangle.LowerA && t > i + diagonal) || (triangle == ProductTriangle.UpperA && t < i - diagonal))
                    a[i * k + t] = T.Zero;
            }
        }

        T[] whole = Multiply<V, T>(Shape(m, n, k, accumulate, ProductTriangle.None, 0), a, b, c);
        T[] result = Multiply<V, T>(Shape(m, n, k, accumulate, triangle, diagonal), a, b, c);
        for (int i = 0; i < m * n; i++)
        {
            bool wanted = triangle != ProductTriangle.LowerC || i % n <= i / n + diagonal;
            Assert.True(result[i] == whole[i] || (!wanted && result[i] == (accumulate ? c[i] : T.Zero)), $"{triangle} {diagonal}, {m} x {n} x {k}: {i / n}, {i % n}");
        }
    }

    private static MatrixShape Shape(int m, int n, int k, bool accumulate, ProductTriangle triangle, int diagonal) => new()
    {
        Rows = m, Columns = n, Inner = k, ARowStride = k, BRowStride = n, CRowStride = n, Accumulate = accumulate, Triangle = triangle, Diagonal = diagonal,
    };

    private static T[] Multiply<V, T>(MatrixShape shape, T[] a, T[] b, T[] c)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] result = [.. c];
        Workspace workspace = Workspace.Rent();
        Products.Multiply<V, T>(workspace, in shape, a, b, result);
        workspace.Return();
        return result;
    }

    private static T[] Values<T>(int seed, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextDouble() - 0.5))];
    }
}
