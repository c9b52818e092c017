namespace AutoDiff.NeuralNetworks.Tests;

public class WindowsTests
{
    private static readonly TokenDataset Counting = new(Enumerable.Range(0, 1000).ToArray());

    [Fact]
    public void TargetsAreTheNextTokens()
    {
        var windows = new TextWindows(Counting, context: 8, batch: 4, seed: 1);
        var (tokens, targets) = Fill(windows, 3);
        Assert.Equal(tokens.Select(t => t + 1), targets);
        for (int row = 0; row < 4; row++) Assert.Equal(Enumerable.Range(tokens[8 * row], 8), tokens.Skip(8 * row).Take(8));
    }

    [Fact]
    public void BatchesAreAFunctionOfSeedAndIndex()
    {
        var windows = new TextWindows(Counting, 8, 4, seed: 1);
        var forward = Enumerable.Range(0, 5).Select(i => Fill(windows, i).Tokens).ToArray();
        var again = new TextWindows(Counting, 8, 4, seed: 1);
        for (int i = 4; i >= 0; i--) Assert.Equal(forward[i], Fill(again, i).Tokens);
        Assert.NotEqual(forward[0], forward[1]);
        Assert.NotEqual(forward[0], Fill(new TextWindows(Counting, 8, 4, seed: 2), 0).Tokens);
    }

    [Fact]
    public void EveryWindowIsDrawnAlike()
    {
        var windows = new TextWindows(new TokenDataset(Enumerable.Range(0, 15).ToArray()), context: 5, batch: 1, seed: 3);
        var counts = new int[10];
        for (int i = 0; i < 10_000; i++) counts[Fill(windows, i).Tokens[0]]++;
        Assert.All(counts, c => Assert.InRange(c, 850, 1150)); // five standard deviations
    }

    [Fact]
    public void EvenWindowsReachFromTheFirstToTheLast()
    {
        var windows = new EvenWindows(Counting, context: 10, batch: 3, count: 2);
        Assert.Equal(0, Fill(windows, 0).Tokens[0]);
        Assert.Equal(999, Fill(windows, 1).Targets[^1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Fill(windows, 2));
        Assert.Equal(494, Fill(new EvenWindows(Counting, 10, 1, 1), 0).Tokens[0]);
    }

    [Fact]
    public void SplitKeepsTheOrderAndEveryToken()
    {
        var (training, validation) = Counting.Split(0.1);
        Assert.Equal((900, 100), (training.Length, validation.Length));
        Assert.Equal(900, validation.Tokens.Span[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Counting.Split(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Counting.Split(double.NaN));
    }

    [Fact]
    public void TooLittleDataIsNamed()
    {
        var data = new TokenDataset(new int[8], "story.txt");
        Assert.Single(Enumerable.Range(0, data.WindowCount(7)));
        var error = Assert.Throws<ArgumentException>(() => new TextWindows(data, 8, 1, 0));
        Assert.Contains("story.txt: a context of 8 needs at least 9 tokens, got 8", error.Message);
    }

    [Fact]
    public void BuffersOfAnotherLengthAreNamed()
    {
        var windows = new TextWindows(Counting, 8, 4, 1);
        Assert.Contains("tokens: expected 4 windows of 8 tokens = 32, got 31",
            Assert.Throws<ArgumentException>(() => windows.Fill(0, new int[31], new int[32])).Message);
        Assert.Equal("targets", Assert.Throws<ArgumentException>(() => windows.Fill(0, new int[32], new int[33])).ParamName);
    }

    private static (int[] Tokens, int[] Targets) Fill(ITokenBatches batches, long index)
    {
        int[] tokens = new int[batches.Batch * batches.Context], targets = new int[tokens.Length];
        batches.Fill(index, tokens, targets);
        return (tokens, targets);
    }
}
