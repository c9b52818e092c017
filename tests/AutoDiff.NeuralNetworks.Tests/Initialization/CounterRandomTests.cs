namespace AutoDiff.NeuralNetworks.Tests;

public class CounterRandomTests
{
    [Theory]
    // The known answers of Random123 for philox4x32-10.
    [InlineData(0UL, 0UL, 0UL, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3243f6a88, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void IsPhilox(ulong seed, ulong stream, ulong counter, uint x, uint y, uint z, uint w) =>
        Assert.Equal((x, y, z, w), new CounterRandom(seed, stream).Block(counter));

    [Fact]
    public void BoundedNumbersAreEven()
    {
        var random = new CounterRandom(5);
        var counts = new int[7];
        for (ulong i = 0; i < 70_000; i++) counts[random.Below(7, i)]++;
        Assert.All(counts, c => Assert.InRange(c, 10_000 - 500, 10_000 + 500)); // five standard deviations
    }

    [Fact]
    public void NormalsHaveTheMomentsOfTheNormalDistribution()
    {
        var values = new float[100_001];
        Initialize.Normal(values, new CounterRandom(9), standardDeviation: 2, mean: 1);
        double mean = values.Average(x => (double)x), variance = values.Average(x => (x - mean) * (x - mean));
        Assert.Equal(1, mean, 0.03);
        Assert.Equal(4, variance, 0.1);
        Assert.Equal(0.6827, values.Count(x => Math.Abs(x - 1) < 2) / 100_001.0, 0.01);
    }

    [Fact]
    public void UniformsFillTheirInterval()
    {
        var values = new float[10_000];
        Initialize.XavierUniform(values, new CounterRandom(9), fanIn: 2, fanOut: 4);
        Assert.All(values, x => Assert.InRange(x, -1, 1));
        Assert.Equal(1.0 / 3, values.Average(x => (double)x * x), 0.02);
        Initialize.KaimingNormal(values, new CounterRandom(9), fanIn: 8);
        Assert.Equal(2.0 / 8, values.Average(x => (double)x * x), 0.02);
    }

    [Fact]
    public void ArgumentsAreValidated()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CounterRandom(1).Below(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initialize.Normal(new float[1], default, double.NaN));
        Assert.Throws<ArgumentException>(() => Initialize.Uniform(new float[1], default, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initialize.XavierNormal(new float[1], default, 0, 1));
    }
}
