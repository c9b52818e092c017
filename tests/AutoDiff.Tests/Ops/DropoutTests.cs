using System.Numerics.Tensors;
using static AutoDiff.Ops;
using static AutoDiff.Tests.Tensors;

namespace AutoDiff.Tests;

public class DropoutTests
{
    [Fact]
    public void The_generator_is_SplitMix64_at_a_position()
    {
        // The published sequence of seed 1234567: the first outputs of a state that grows by the increment.
        ulong state = 1234567;
        ulong[] published = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        foreach (ulong output in published)
            Assert.Equal(output, CounterRandom.Mix(state = unchecked(state + CounterRandom.Increment)));
        for (ulong i = 0; i < 100; i++)
        {
            ulong bits = CounterRandom.Mix(unchecked(CounterRandom.Key(42) + (i + 1) * CounterRandom.Increment));
            Assert.Equal(bits, CounterRandom.Bits(42, i));
            Assert.Equal((bits >> 40) / 16777216f, CounterRandom.UniformSingle(42, i));
            Assert.Equal((bits >> 11) / 9007199254740992.0, CounterRandom.UniformDouble(42, i));
        }
    }

    [Fact]
    public void Uniform_numbers_have_the_moments_of_the_distribution_for_neighbouring_seeds()
    {
        const int n = 20000;
        for (ulong seed = 0; seed < 8; seed++)
        {
            double sum = 0, squares = 0, next = 0, other = 0;
            for (ulong i = 0; i < n; i++)
            {
                double u = CounterRandom.UniformDouble(seed, i) - 0.5;
                sum += u;
                squares += u * u;
                next += u * (CounterRandom.UniformDouble(seed, i + 1) - 0.5);
                other += u * (CounterRandom.UniformDouble(seed + 1, i) - 0.5);
            }

            // Five standard deviations of each mean.
            Assert.InRange(sum / n, -5 * 0.2887 / Math.Sqrt(n), 5 * 0.2887 / Math.Sqrt(n));
            Assert.InRange(squares / n, 1.0 / 12 - 5 * 0.0745 / Math.Sqrt(n), 1.0 / 12 + 5 * 0.0745 / Math.Sqrt(n));
            Assert.InRange(next / n, -5.0 / 12 / Math.Sqrt(n), 5.0 / 12 / Math.Sqrt(n));
            Assert.InRange(other / n, -5.0 / 12 / Math.Sqrt(n), 5.0 / 12 / Math.Sqrt(n));
        }
    }

    [Fact]
    public void An_element_is_kept_where_its_uniform_number_reaches_the_rate()
    {
        foreach (double rate in (double[])[0, 0.1, 0.3, 0.5, 0.9, 0.1f, 1.0 / (1 << 24), 3.5 / (1 << 24)])
        {
            Tensor<double> x = Sample(10, 100);
            double[] expected = [.. Flat(x).Select((e, i) => CounterRandom.UniformSingle(7, (ulong)i) >= rate ? e * (1 / (1 - rate)) : 0)];
            Equal([10, 100], expected, Dropout(x, rate, 7));
            Equal([10, 100], expected, Dropout(Strided(x), rate, 7L));
            Equal([10, 100], expected, Dropout(x, rate, 7UL));
            Tensor<float> narrow = Of([1000], [.. Flat(x).Select(e => (float)e)]);
            Assert.Equal(expected.Select(e => e != 0), Flat(Dropout(narrow, rate, 7)).Select(e => e != 0));
        }
    }

    [Fact]
    public void Rate_zero_changes_nothing_and_negative_seeds_are_seeds()
    {
        Tensor<double> x = Sample(50);
        Equal(x, Dropout(x, 0, 1));
        Equal(Dropout(x, 0.5, -1), Dropout(x, 0.5, -1L));
        Equal(Dropout(x, 0.5, -1), Dropout(x, 0.5, ulong.MaxValue));
        Assert.NotEqual(Flat(Dropout(x, 0.5, 1)), Flat(Dropout(x, 0.5, 2)));
    }

    [Fact]
    public void What_is_dropped_is_zero_whatever_it_was()
    {
        double[] nan = new double[200];
        Array.Fill(nan, double.NaN);
        double[] result = Flat(Dropout(Of([200], nan), 0.5, 3));
        Assert.Contains(0.0, result);
        Assert.All(result, e => Assert.True(e == 0 || double.IsNaN(e)));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Rates_outside_their_range_are_named(double rate)
        => Assert.StartsWith(
            FormattableString.Invariant($"rate: {rate} is outside [0, 1)."),
            Assert.Throws<ArgumentOutOfRangeException>("rate", () => Dropout(Sample(3), rate, 1)).Message);
}
