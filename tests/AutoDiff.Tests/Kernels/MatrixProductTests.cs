using System.Numerics;
using AutoDiff.Kernels;
using AutoDiff.Parallel;
using AutoDiff.Simd;
using AutoDiff.Tests.Parallel;

namespace AutoDiff.Tests.Kernels;

/// <summary>
/// Products against a naive sum in double, over sizes, transpositions, batches, accumulation, scaling, epilogues, widths and threads.
/// </summary>
[Collection(ThreadCounts.Name)]
public class MatrixProductTests
{
    private static readonly int[] s_sizes = [1, 2, 3, 5, 7, 8, 13, 15, 16, 17, 31, 33, 64, 65, 80, 97];

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void AgreesWithTheNaiveProductAtEveryWidth(bool transposeA, bool transposeB)
    {
        var random = new Random(1);
        for (int round = 0; round < 60; round++)
        {
            int Size() => s_sizes[random.Next(s_sizes.Length)];
            (int m, int n, int k) = (Size(), Size(), Size());
            bool accumulate = random.Next(2) == 0;
            double scale = random.Next(2) == 0 ? 1 : 0.3;
            Check<Vec512<float>, float>(m, n, k, transposeA, transposeB, accumulate, scale, 1e-6);
            Check<Vec256<float>, float>(m, n, k, transposeA, transposeB, accumulate, scale, 1e-6);
            Check<Vec128<float>, float>(m, n, k, transposeA, transposeB, accumulate, scale, 1e-6);
            Check<Vec512<double>, double>(m, n, k, transposeA, transposeB, accumulate, scale, 1e-15);
            Check<Vec256<double>, double>(m, n, k, transposeA, transposeB, accumulate, scale, 1e-15);
            Check<Vec128<double>, double>(m, n, k, transposeA, transposeB, accumulate, scale, 1e-15);
        }
    }

    [Theory]
    [InlineData(300, 270, 600)]
    [InlineData(1, 500, 300)]
    [InlineData(700, 1, 257)]
    [InlineData(257, 65, 513)]
    [InlineData(64, 64, 0)]
    public void AgreesWhereItIsBlockedAndParallel(int m, int n, int k)
    {
        foreach (bool transposeA in new[] { false, true })
        {
            foreach (bool transposeB in new[] { false, true })
            {
                Check<Vec512<float>, float>(m, n, k, transposeA, transposeB, accumulate: true, 0.5, 2e-6);
                Check<Vec256<double>, double>(m, n, k, transposeA, transposeB, accumulate: false, 1, 4e-15);
            }
        }
    }

    [Fact]
    public void EveryRowCountOfEveryTileIsRight()
    {
        for (int m = 1; m <= 15; m++)
        {
            for (int n = 1; n <= 96; n += 5)
            {
                Check<Vec512<float>, float>(m, n, 9, false, false, false, 1, 1e-6);
                Check<Vec256<float>, float>(m, n, 9, false, false, false, 1, 1e-6);
                Check<Vec512<double>, double>(m, n, 9, false, false, false, 1, 1e-15);
            }
        }
    }

    [Fact]
    public void ThreadsAndWidthsDoNotChangeABit()
    {
        foreach ((int m, int n, int k) in new[] { (300, 270, 600), (1024, 32, 64), (129, 65, 1000), (37, 900, 90), (1, 300, 1000), (1, 1500, 777) })
        {
            foreach ((bool transposeA, bool transposeB) in new[] { (false, false), (false, true), (true, false) })
            {
                Operands<float> operands = new(m, n, k, transposeA, transposeB, accumulate: false, 1);
                float[]? expected = null;
                foreach (int threads in new[] { 1, 2, 3, 8 })
                {
                    ThreadCounts.With(threads, () =>
                    {
                        expected ??= Multiply<Vec128<float>, float>(operands);
                        Assert.Equal(expected, Multiply<Vec512<float>, float>(operands));
                        Assert.Equal(expected, Multiply<Vec256<float>, float>(operands));
                    });
                }
            }
        }
    }

    [Fact]
    public void BatchesStepBySixStrides()
    {
        // Attention scores: (batch, time, heads, width) times itself, keys of one head shared by two, into (batch, heads, time, time).
        const int Batch = 3, Time = 11, Heads = 4, Width = 7;
        float[] q = Values<float>(1, Batch * Time * Heads * Width), keys = Values<float>(2, Batch * Time * Width);
        var scores = new float[Batch * Heads * Time * Time];
        var shape = new ProductShape
        {
            Rows = Time, Columns = Time, Inner = Width, ARowStride = Heads * Width, BRowStride = 1, BColumnStride = Width,
            CRowStride = Time,
            Batch1 = Batch, Batch2 = Heads, ABatch1 = Time * Heads * Width, ABatch2 = Width, BBatch1 = Time * Width,
            CBatch1 = Heads * Time * Time, CBatch2 = Time * Time, Scale = 0.5,
        };
        MatrixProduct.Multiply(in shape, in q[0], in keys[0], ref scores[0]);
        for (int b = 0; b < Batch; b++)
        {
            for (int h = 0; h < Heads; h++)
            {
                for (int i = 0; i < Time; i++)
                {
                    for (int j = 0; j < Time; j++)
                    {
                        double sum = 0;
                        for (int w = 0; w < Width; w++)
                            sum += (double)q[((b * Time + i) * Heads + h) * Width + w] * keys[(b * Time + j) * Width + w];
                        Assert.Equal(sum * 0.5, scores[((b * Heads + h) * Time + i) * Time + j], 1e-5);
                    }
                }
            }
        }
    }

    [Fact]
    public void TheEpilogueSeesEachElementOnce()
    {
        foreach ((int m, int n, int k) in new[] { (5, 7, 3), (130, 65, 600), (64, 80, 10), (33, 300, 257) })
        {
            foreach (bool accumulate in new[] { false, true })
            {
                Epilogue<Vec512<float>, float>(m, n, k, accumulate);
                Epilogue<Vec256<float>, float>(m, n, k, accumulate);
                Epilogue<Vec128<double>, double>(m, n, k, accumulate);
                Epilogue<Vec512<double>, double>(m, n, k, accumulate);
            }
        }
    }

    [Fact]
    public void ProductsInBlocksAreTheSameToTheBit()
    {
        var random = new Random(3);
        int[] sizes = [.. s_sizes, 100, 300];
        for (int round = 0; round < 150; round++)
        {
            int Size() => sizes[random.Next(sizes.Length)];
            (int m, int n, int k) = (Size(), Size(), round == 0 ? 0 : Size());
            (bool transposeA, bool transposeB, bool accumulate) = (random.Next(2) == 0, random.Next(2) == 0, random.Next(2) == 0);
            InBlocks<Vec512<float>, float>(new(m, n, k, transposeA, transposeB, accumulate, 1));
            InBlocks<Vec256<float>, float>(new(m, n, k, transposeA, transposeB, accumulate, 1));
            InBlocks<Vec128<double>, double>(new(m, n, k, transposeA, transposeB, accumulate, 1));
        }
    }

    private static void InBlocks<V, T>(Operands<T> operands)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ProductShape general = operands.Shape;
        MatrixShape shape = new()
        {
            Rows = general.Rows, Columns = general.Columns, Inner = general.Inner, Accumulate = general.Accumulate,
            ARowStride = (int)general.ARowStride, AColumnStride = (int)general.AColumnStride,
            BRowStride = (int)general.BRowStride, BColumnStride = (int)general.BColumnStride, CRowStride = (int)general.CRowStride,
        };
        var (plain, withEpilogue) = ((T[])operands.C.Clone(), (T[])operands.C.Clone());
        T[] expected = Multiply<V, T>(operands), expectedSquares = (T[])operands.C.Clone(), bias = Values<T>(9, general.Columns);
        int[] visits = new int[general.Rows * general.Columns];
        BiasThenSquare<T> squares = new(bias, visits), sameSquares = new(bias, visits);
        Workspace workspace = Workspace.Rent();
        AutoDiff.Generated.Products.Multiply<V, T>(workspace, in shape, operands.A, operands.B, plain);
        AutoDiff.Generated.Products.Multiply<V, T, BiasThenSquare<T>>(workspace, in shape, operands.A, operands.B, withEpilogue, ref squares);
        workspace.Return();
        MatrixProduct.Multiply<V, T, BiasThenSquare<T>>(in general, in operands.A[0], in operands.B[0], ref expectedSquares[0], ref sameSquares);
        Assert.Equal(expected, plain);
        Assert.Equal(expectedSquares, withEpilogue);
        Assert.All(visits, static v => Assert.Equal(2, v));
    }

    [Fact]
    public void NothingIsAllocated()
    {
        Operands<float> operands = new(200, 200, 300, false, true, false, 1);
        var c = (float[])operands.C.Clone();
        MatrixProduct.Multiply(operands.Shape, in operands.A[0], in operands.B[0], ref c[0]);
        MatrixProduct.Multiply(operands.Shape, in operands.A[0], in operands.B[0], ref c[0]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            MatrixProduct.Multiply(operands.Shape, in operands.A[0], in operands.B[0], ref c[0]);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void BadShapesAreNamed()
    {
        float x = 0;
        ProductShape shape = new() { Rows = 1, Columns = 1, Inner = 1, ARowStride = 2, AColumnStride = 3, BRowStride = 1, CRowStride = 1 };
        var exception = Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(in shape, in x, in x, ref x));
        Assert.Contains("row 2, column 3", exception.Message);
        Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(shape with { ARowStride = 1, Rows = -1 }, in x, in x, ref x));
        MatrixProduct.Multiply(shape with { ARowStride = 1, Rows = 0 }, in x, in x, ref x);
    }

    private static T[] Values<T>(int seed, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextDouble() * 2 - 1))];
    }

    private static T[] Multiply<V, T>(Operands<T> operands)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var c = (T[])operands.C.Clone();
        var identity = default(Identity<T>);
        MatrixProduct.Multiply<V, T, Identity<T>>(operands.Shape, in operands.A[0], in operands.B[0], ref c[0], ref identity);
        return c;
    }

    private static void Check<V, T>(int m, int n, int k, bool transposeA, bool transposeB, bool accumulate, double scale, double tolerance)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Operands<T> operands = new(m, n, k, transposeA, transposeB, accumulate, scale);
        T[] actual = Multiply<V, T>(operands);
        operands.AssertEqual(actual, tolerance, (value, _, _) => value);
    }

    private static void Epilogue<V, T>(int m, int n, int k, bool accumulate)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Operands<T> operands = new(m, n, k, false, true, accumulate, 1);
        T[] bias = Values<T>(9, n);
        var visits = new int[m * n];
        var c = (T[])operands.C.Clone();
        var epilogue = new BiasThenSquare<T>(bias, visits);
        MatrixProduct.Multiply<V, T, BiasThenSquare<T>>(operands.Shape, in operands.A[0], in operands.B[0], ref c[0], ref epilogue);
        Assert.All(visits, v => Assert.Equal(1, v));
        double tolerance = typeof(T) == typeof(float) ? 4e-5 : 2e-13;
        operands.AssertEqual(c, tolerance, (value, _, j) => Math.Pow(value + double.CreateTruncating(bias[j]), 2));
    }

    private readonly struct Identity<T> : IEpilogue<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public V Apply<V>(V product, nint batch, nint row, nint column, int lanes)
            where V : struct, IVector<V, T> => product;

        public void Prefetch(nint batch, nint row, nint column, nint columns)
        {
        }
    }

    private readonly ref struct BiasThenSquare<T>(ReadOnlySpan<T> bias, int[] visits) : IEpilogue<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ReadOnlySpan<T> _bias = bias;

        public V Apply<V>(V product, nint batch, nint row, nint column, int lanes)
            where V : struct, IVector<V, T>
        {
            for (int lane = 0; lane < lanes; lane++)
                Interlocked.Increment(ref visits[(int)row * _bias.Length + (int)column + lane]);
            product += V.LoadPartial(in _bias[0], column, lanes);
            return product * product;
        }

        public void Prefetch(nint batch, nint row, nint column, nint columns)
        {
            // Whoever asks does so for elements of C.
            if (column >= _bias.Length || row * _bias.Length >= visits.Length) throw new ArgumentOutOfRangeException(nameof(column), column, "There is no such column.");
        }
    }

    private sealed class Operands<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Operands(int m, int n, int k, bool transposeA, bool transposeB, bool accumulate, double scale)
        {
            // Leading dimensions beyond the sizes: the gaps must be neither read into results nor written.
            int lda = (transposeA ? m : k) + 3, ldb = (transposeB ? k : n) + 2, ldc = n + (m % 3);
            A = Values<T>(m, lda * (transposeA ? k : m) + 1);
            B = Values<T>(n + 100, ldb * (transposeB ? n : k) + 1);
            C = Values<T>(k + 200, ldc * m);
            Shape = new()
            {
                Rows = m, Columns = n, Inner = k, CRowStride = ldc, Accumulate = accumulate, Scale = scale,
                ARowStride = transposeA ? 1 : lda, AColumnStride = transposeA ? lda : 1,
                BRowStride = transposeB ? 1 : ldb, BColumnStride = transposeB ? ldb : 1,
            };
        }

        public T[] A { get; }

        public T[] B { get; }

        public T[] C { get; }

        public ProductShape Shape { get; }

        public void AssertEqual(T[] actual, double tolerance, Func<double, int, int, double> epilogue)
        {
            for (int i = 0; i < Shape.Rows; i++)
            {
                for (int j = 0; j < Shape.CRowStride; j++)
                {
                    int at = i * (int)Shape.CRowStride + j;
                    double before = double.CreateTruncating(C[at]), value = double.CreateTruncating(actual[at]);
                    if (j >= Shape.Columns)
                    {
                        Assert.Equal(before, value);
                        continue;
                    }

                    double sum = 0;
                    for (int k = 0; k < Shape.Inner; k++)
                    {
                        sum += double.CreateTruncating(A[i * Shape.ARowStride + k * Shape.AColumnStride])
                            * double.CreateTruncating(B[k * Shape.BRowStride + j * Shape.BColumnStride]);
                    }

                    double expected = epilogue(sum * Shape.Scale + (Shape.Accumulate ? before : 0), i, j);
                    double bound = tolerance * Math.Max(4, Math.Sqrt(Shape.Inner) * 2);
                    Assert.True(Math.Abs(expected - value) <= bound, $"C[{i}, {j}] of {Shape}: {value}, expected {expected}");
                }
            }
        }
    }
}
