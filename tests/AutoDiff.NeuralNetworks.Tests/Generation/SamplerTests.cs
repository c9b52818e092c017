namespace AutoDiff.NeuralNetworks.Tests;

public class SamplerTests
{
    private const int Draws = 40_000;

    [Fact]
    public void GreedyTakesTheFirstOfTheBest()
    {
        var sampler = new Sampler(4, SamplerOptions.Greedy);
        Assert.Equal(1, sampler.Next([0, 3, 3, 1], 0));
        Assert.Equal(2, sampler.Next([-5, float.NegativeInfinity, float.PositiveInfinity, 1e38f], 0));
    }

    [Theory]
    [InlineData(1), InlineData(0.5), InlineData(2)]
    public void FrequenciesAreThoseOfTheSoftmax(double temperature)
    {
        float[] logits = [1, -1, 0.5f, 0, 2];
        double[] weights = [.. logits.Select(x => Math.Exp(x / temperature))];
        Matches(logits, new SamplerOptions { Temperature = temperature }, [.. weights.Select(w => w / weights.Sum())]);
    }

    [Fact]
    public void TopKKeepsTheKMostLikelyAndTheLowerIdsOfTies() =>
        Matches([0, 1, 1, 1, -1], new SamplerOptions { TopK = 2 }, [0, 0.5, 0.5, 0, 0]);

    [Fact]
    public void TopPKeepsTheSmallestSetThatReachesP()
    {
        float[] logits = Logs(0.1, 0.4, 0.2, 0.3);
        Matches(logits, new SamplerOptions { TopP = 0.69 }, [0, 4 / 7.0, 0, 3 / 7.0]);
        Matches(logits, new SamplerOptions { TopP = 0.71 }, [0, 4 / 9.0, 2 / 9.0, 3 / 9.0]);
        Matches(logits, new SamplerOptions { TopP = 1e-9 }, [0, 1, 0, 0]);
    }

    [Fact]
    public void TopPWorksOnWhatTopKLeaves() =>
        Matches(Logs(0.1, 0.4, 0.2, 0.3), new SamplerOptions { TopK = 2, TopP = 0.5 }, [0, 1, 0, 0]);

    [Fact]
    public void MinPIsRelativeToTheMostLikely()
    {
        Matches(Logs(0.1, 0.4, 0.2, 0.3), new SamplerOptions { MinP = 0.6 }, [0, 4 / 7.0, 0, 3 / 7.0]);
        Matches(Logs(0.1, 0.4, 0.2, 0.3), new SamplerOptions { MinP = 1 }, [0, 1, 0, 0]);
    }

    [Fact]
    public void RepetitionPenaltyCountsEachTokenOnceAndItsWindow()
    {
        float[] logits = [2, -2, 0, 2];
        double[] Softmax(params double[] x) => [.. x.Select(v => Math.Exp(v) / x.Sum(Math.Exp))];
        var options = new SamplerOptions { RepetitionPenalty = 2 };
        Matches(logits, options, Softmax(1, -4, 0, 2), history: [0, 1, 0, 0, 1]);
        Matches(logits, options with { RepetitionWindow = 1 }, Softmax(2, -4, 0, 2), history: [0, 1]);
        Assert.Throws<ArgumentException>(() => new Sampler(4, options).Next(logits, 0, [4]));
    }

    [Fact]
    public void ExtremeLogitsAreStable()
    {
        float max = float.MaxValue, infinity = float.PositiveInfinity;
        Matches([max, -max, max], new(), [0.5, 0, 0.5]);
        Matches([infinity, 5, infinity, -infinity], new(), [0.5, 0, 0.5, 0]);
        Matches([-infinity, -max, -infinity], new() { TopP = 0.9, TopK = 2 }, [0, 1, 0]);
        Matches([1, 1 + 1e-6f], new() { Temperature = 1e-300 }, [0, 1]);
        Matches([1000, 999], new() { Temperature = 1e300 }, [0.5, 0.5]);
    }

    [Fact]
    public void LogitsWithoutAChoiceAreErrors()
    {
        var sampler = new Sampler(2);
        Assert.Contains("logits[1]: is NaN", Assert.Throws<ArgumentException>(() => sampler.Next([0, float.NaN], 0)).Message);
        Assert.Contains("all are -∞", Assert.Throws<ArgumentException>(
            () => sampler.Next([float.NegativeInfinity, float.NegativeInfinity], 0)).Message);
        Assert.Contains("expected 2 values, got 3", Assert.Throws<ArgumentException>(() => sampler.Next([1, 2, 3], 0)).Message);
    }

    [Fact]
    public void DrawsAreAFunctionOfSeedAndPosition()
    {
        float[] logits = new float[50];
        int[] Run(ulong seed) => [.. Enumerable.Range(0, 100).Select(i => new Sampler(50, new() { Seed = seed }).Next(logits, i))];
        Assert.Equal(Run(1), Run(1));
        Assert.NotEqual(Run(1), Run(2));
    }

    [Fact]
    public void DrawsDoNotAllocate()
    {
        var sampler = new Sampler(300, new() { TopK = 100, TopP = 0.9, MinP = 0.01, RepetitionPenalty = 1.1, Temperature = 0.8 });
        float[] logits = new float[300];
        Initialize.Normal(logits, new CounterRandom(4), 3);
        int[] history = [1, 2, 3];
        sampler.Next(logits, 0, history);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) sampler.Next(logits, i, history);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void OptionsAreValidated()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplerOptions { Temperature = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplerOptions { Temperature = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplerOptions { TopK = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplerOptions { TopP = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplerOptions { MinP = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplerOptions { RepetitionPenalty = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplerOptions { RepetitionWindow = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sampler(0));
    }

    private static float[] Logs(params double[] probabilities) => [.. probabilities.Select(p => (float)Math.Log(p))];

    private static void Matches(float[] logits, SamplerOptions options, double[] expected, int[]? history = null)
    {
        var sampler = new Sampler(logits.Length, options);
        var counts = new int[logits.Length];
        for (int i = 0; i < Draws; i++) counts[sampler.Next(logits, i, history)]++;
        for (int i = 0; i < logits.Length; i++)
        {
            if (expected[i] == 0) Assert.Equal(0, counts[i]);
            double deviation = Math.Sqrt(expected[i] * (1 - expected[i]) / Draws);
            Assert.InRange((double)counts[i] / Draws, expected[i] - 5 * deviation, expected[i] + 5 * deviation + 1e-12);
        }
    }
}
