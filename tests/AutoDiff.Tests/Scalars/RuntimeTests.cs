using AutoDiff.Generated;

namespace AutoDiff.Tests.Scalars;

/// <summary>What generated code calls.</summary>
public class RuntimeTests
{
    [Theory]
    [InlineData(0, 5, 1)]
    [InlineData(0, 5, 2)]
    [InlineData(0, 6, 2)]
    [InlineData(3, 3, 2)]
    [InlineData(4, 3, 2)]
    [InlineData(10, 0, -3)]
    [InlineData(9, 0, -3)]
    [InlineData(0, 0, -3)]
    [InlineData(-1, 0, -3)]
    [InlineData(int.MaxValue - 5, int.MaxValue, 3)]
    public void The_last_number_of_a_loop_is_where_the_reversed_loop_starts(int start, int end, int stride)
    {
        var forward = new List<long>();
        for (long i = start; stride > 0 ? i < end : i > end; i += stride) forward.Add(i);
        var backward = new List<long>();
        for (long i = Loops.Last(start, end, stride); stride > 0 ? i >= start : i <= start; i -= stride) backward.Add(i);
        backward.Reverse();
        Assert.Equal(forward, backward);

        var wide = new List<long>();
        for (long i = Loops.Last((long)start, end, stride); stride > 0 ? i >= start : i <= start; i -= stride) wide.Add(i);
        wide.Reverse();
        Assert.Equal(forward, wide);
    }

    [Fact]
    public void A_stack_gives_back_what_it_was_given_last()
    {
        ResidualStack<double> stack = default;
        for (int i = 0; i < 10_000; i++) stack.Push(i);
        Assert.Equal(10_000, stack.Count);
        for (int i = 9_999; i >= 0; i--) Assert.Equal(i, stack.Pop());
        stack.Dispose();
        stack.Push(3);
        Assert.Equal(3, stack.Pop());
        stack.Dispose();
        stack.Dispose();
    }

    [Fact]
    public void A_stack_of_all_types_gives_back_what_it_was_given_last()
    {
        ResidualStack stack = default;
        var random = new Random(5);
        var expected = new Stack<object>();
        for (int i = 0; i < 2_000; i++)
        {
            switch (random.Next(6))
            {
                case 0: stack.Push(i % 3 == 0); expected.Push(i % 3 == 0); break;
                case 1: stack.Push((Half)i); expected.Push((Half)i); break;
                case 2: stack.Push(i * 0.5); expected.Push(i * 0.5); break;
                case 3: stack.Push((i, (double)i)); expected.Push((i, (double)i)); break;
                case 4: stack.PushObject(i.ToString()); expected.Push(i.ToString()); break;
                default:
                    float[] contents = [.. Enumerable.Range(0, random.Next(9)).Select(k => k + 0.5f * i)];
                    stack.PushCopy<float>(contents);
                    expected.Push(contents);
                    break;
            }
        }

        while (expected.TryPop(out object? item))
        {
            object actual = item switch
            {
                bool => stack.Pop<bool>(),
                Half => stack.Pop<Half>(),
                double => stack.Pop<double>(),
                string => stack.PopObject<string>(),
                float[] => stack.PopCopy<float>().ToArray(),
                _ => stack.Pop<(int, double)>(),
            };
            Assert.Equal(item, actual);
        }

        Assert.Equal(0, stack.Bytes);
        stack.Dispose();
        Assert.Throws<InvalidOperationException>(() => { ResidualStack empty = default; empty.Pop<int>(); });
        Assert.Throws<InvalidOperationException>(() => { ResidualStack empty = default; empty.PopObject<string>(); });
    }

    [Fact]
    public void Scratch_buffers_are_zero_and_their_own()
    {
        for (int round = 0; round < 3; round++)
        {
            ScratchBuffers scratch = default;
            for (int i = 0; i < 40; i++)
            {
                Span<double> a = scratch.Rent<double>(i);
                Span<float> b = scratch.Rent<float>(i);
                Assert.Equal(i, a.Length);
                Assert.Equal(-1, a.IndexOfAnyExcept(0.0));
                Assert.Equal(-1, b.IndexOfAnyExcept(0f));
                a.Fill(7);
                Assert.Equal(-1, b.IndexOfAnyExcept(0f));
                b.Fill(8);
            }

            scratch.Dispose();
        }
    }

    [Fact]
    public void A_scratch_buffer_of_negative_length_is_refused()
        => Assert.Throws<OverflowException>(static () =>
        {
            ScratchBuffers scratch = default;
            scratch.Rent<double>(-1);
        });

    [Fact]
    public void A_zero_adjoint_stops_infinities_and_NaN()
    {
        Assert.Equal(0.0, Scalars_StrongProduct(0, double.PositiveInfinity));
        Assert.Equal(0.0, Scalars_StrongProduct(-0.0, double.NaN));
        Assert.Equal(6.0, Scalars_StrongProduct(2, 3));
        Assert.True(double.IsNaN(Scalars_StrongProduct(double.NaN, 3)));

        static double Scalars_StrongProduct(double a, double b) => Generated.Scalars.StrongProduct(a, b);
    }

    [Fact]
    public void Signs_are_numbers_and_NaN_stays_NaN()
    {
        Assert.Equal([-1.0, 0, 1], new[] { -3.0, 0, 5 }.Select(Generated.Scalars.Sign));
        Assert.True(double.IsNaN(Generated.Scalars.Sign(double.NaN)));
    }
}
