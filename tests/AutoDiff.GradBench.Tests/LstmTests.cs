using GradBench.Evals;

namespace AutoDiff.GradBench.Tests;

public class LstmTests
{
    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(2, 3, 5)]
    [InlineData(3, 14, 4)]
    [InlineData(2, 9, 2)]
    public void BothGradientsAgreeWithDifferences(int layers, int width, int characters)
    {
        double[] main = Differences.Random(8 * layers * width, 1), extra = Differences.Random(3 * width, 2), state = Differences.Random(2 * layers * width, 3);
        double[] sequence = [.. Differences.Random(characters * width, 4).Select(static v => v > 0 ? 1.0 : 0.0)];
        double[] dMain = new double[main.Length], dExtra = new double[extra.Length], before = [.. state];
        double Loss() => Lstm.Loss(main, extra, state, sequence, width);
        double value = Lstm.LossGradient(main, extra, state, sequence, width, dMain, dExtra);
        Assert.Equal(Loss(), value, 12);
        Assert.Equal(before, state);
        Differences.AreNear(Differences.Gradient(Loss, main), dMain, 1e-8);
        Differences.AreNear(Differences.Gradient(Loss, extra), dExtra, 1e-8);
    }
}
