namespace AutoDiff.NeuralNetworks.Tests;

public class MetricsTests
{
    [Fact]
    public void ConfusionMatrixCounts()
    {
        var matrix = new ConfusionMatrix(3);
        foreach (var (actual, predicted) in new[] { (0, 0), (0, 0), (0, 1), (1, 1), (1, 0) }) matrix.Add(actual, predicted);
        Assert.Equal(5, matrix.Total);
        Assert.Equal(0.6, matrix.Accuracy);
        Assert.Equal(2.0 / 3, matrix.Precision(0));
        Assert.Equal(0.5, matrix.Recall(1));
        Assert.Equal(2.0 / 3, matrix.F1(0), 1e-15);
        Assert.True(double.IsNaN(matrix.F1(2)));
        Assert.Equal((2.0 / 3 + 0.5) / 2, matrix.MacroF1, 1e-15);
        Assert.Equal(1, matrix[0, 1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(0, -1));
    }

    [Fact]
    public void RunningMeanIsExactOnOffsets()
    {
        var mean = new RunningMean();
        Assert.True(double.IsNaN(mean.Mean));
        foreach (double x in new[] { 1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16 }) mean.Add(x);
        Assert.Equal(1e9 + 10, mean.Mean);
        Assert.Equal(22.5, mean.Variance);
    }

    [Fact]
    public void PerplexityOfAnEvenGuessIsTheVocabulary()
    {
        Assert.Equal(65, LanguageMetrics.Perplexity(Math.Log(65)), 1e-12);
        Assert.Equal(3, LanguageMetrics.BitsPerToken(Math.Log(8)), 1e-12);
    }
}
