using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AutoDiff.Parallel;
using AutoDiff.Simd;

namespace AutoDiff.Tests.Parallel;

[Collection(ThreadCounts.Name)]
public class RowLoopsTests
{
    [Fact]
    public void TheWidthIsTheHardwares()
    {
        Assert.Equal(Avx512F.IsSupported ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128, RowLoops.Width);
        var widths = new int[4];
        var loop = new Widths(widths);
        RowLoops.Run<float, Widths>(ref loop, 4, 1);
        Assert.All(widths, w => Assert.Equal(RowLoops.Width, w * 32));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void RowsRunOnceWhateverTheirCost(int threads) => ThreadCounts.With(threads, () =>
    {
        foreach (long cost in new[] { 0L, 1, 1000, 1_000_000, long.MaxValue / 4 })
        {
            var rows = new int[333];
            var loop = new Increment(rows);
            RowLoops.Run<double, Increment>(ref loop, rows.Length, cost);
            Assert.All(rows, r => Assert.Equal(1, r));
        }
    });

    private readonly ref struct Widths(Span<int> widths) : IRowLoop<float>
    {
        private readonly Span<int> _widths = widths;

        public void Rows<V>(int start, int end)
            where V : struct, IVector<V, float> => _widths[start..end].Fill(V.Count);
    }

    private readonly ref struct Increment(Span<int> rows) : IRowLoop<double>
    {
        private readonly Span<int> _rows = rows;

        public void Rows<V>(int start, int end)
            where V : struct, IVector<V, double>
        {
            for (int i = start; i < end; i++)
                _rows[i]++;
        }
    }
}
