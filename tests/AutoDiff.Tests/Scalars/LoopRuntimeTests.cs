using AutoDiff.Generated;

namespace AutoDiff.Tests.Scalars;

/// <summary>What generated loops call.</summary>
public class LoopRuntimeTests
{
    [Theory]
    [InlineData(0, 20, 8, 16)]
    [InlineData(3, 20, 8, 19)]
    [InlineData(0, 16, 8, 16)]
    [InlineData(0, 7, 8, 0)]
    [InlineData(5, 5, 8, 5)]
    [InlineData(5, 4, 8, 5)]
    [InlineData(1, int.MinValue, 8, 1)]
    [InlineData(int.MaxValue, int.MinValue, 16, int.MaxValue)]
    [InlineData(int.MinValue, int.MaxValue, 4, int.MaxValue - 3)]
    public void Whole_vectors_end_before_the_rest(int start, int end, int lanes, int expected)
        => Assert.Equal(expected, Loops.Whole(start, end, lanes));

    [Theory]
    [InlineData(10, 0, 10, 1)]
    [InlineData(10, 3, 7, 1)]
    [InlineData(10, 9, 10, -1)]
    [InlineData(10, 1, 5, 2)]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, 99, -1, 1)]
    public void Indices_inside_pass(int length, int first, int count, int stride) => Loops.Check(length, first, 0, count, stride);

    [Theory]
    [InlineData(10, 0, 11, 1)]
    [InlineData(10, -1, 3, 1)]
    [InlineData(10, 10, 1, 1)]
    [InlineData(10, 8, 10, -1)]
    [InlineData(10, 2, 5, 2)]
    [InlineData(10, 1, int.MaxValue, int.MaxValue)]
    public void Indices_outside_throw(int length, int first, int count, int stride)
        => Assert.Throws<IndexOutOfRangeException>(() => Loops.Check(length, first, 0, count, stride));

    [Fact]
    public void Runs_come_back_last_in_first_out()
    {
        ResidualStack<double> stack = default;
        for (int n = 0; n < 300; n += 7)
        {
            Span<double> run = stack.Reserve(5, 5 + n);
            Assert.Equal(n, run.Length);
            for (int i = 0; i < n; i++) run[i] = 1000 * n + i;
            stack.Push(-n);
        }

        Assert.Equal(0, stack.Reserve(1, int.MinValue).Length);
        Assert.Equal(0, stack.Release(1, int.MinValue).Length);
        for (int n = 294; n >= 0; n -= 7)
        {
            Assert.Equal(-n, stack.Pop());
            Span<double> run = stack.Release(0, n);
            for (int i = 0; i < n; i++) Assert.Equal(1000 * n + i, run[i]);
        }

        Assert.Equal(0, stack.Count);
        stack.Dispose();
    }

    [Fact]
    public void More_than_was_reserved_does_not_come_back()
        => Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            ResidualStack<double> stack = default;
            stack.Reserve(0, 3);
            try
            {
                stack.Release(0, 4);
            }
            finally
            {
                stack.Dispose();
            }
        });

    [Fact]
    public void Memory_for_a_loop_that_may_not_run_can_be_none()
    {
        ScratchBuffers scratch = default;
        Assert.Equal(0, scratch.RentEarly<double>(-5).Length);
        Assert.Equal(5, scratch.RentEarly<double>(5).Length);
        scratch.Dispose();
    }
}
