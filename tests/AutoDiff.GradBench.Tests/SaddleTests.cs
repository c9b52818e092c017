using GradBench.Evals;

namespace AutoDiff.GradBench.Tests;

public class SaddleTests
{
    [Theory]
    [InlineData("rr")]
    [InlineData("ff")]
    [InlineData("fr")]
    [InlineData("rf")]
    public void EveryModeFindsTheSaddle(string mode)
    {
        double[] found = Conversation.Evaluate("saddle", mode, new { start = new[] { 1, 1 } }).Numbers();
        Differences.AreNear([1, 1, 1, 1], [.. found.Select(static v => v / 8.246324826140356e-06)], 1e-9);
    }

    // Away from the saddle, derivatives through the climb are not zero: those with respect to the start are products over all its steps.
    [Theory]
    [InlineData(0.7, -0.4, 1.0, 1.0)]
    [InlineData(-1.5, 0.2, 0.3, -0.8)]
    public void DerivativesGoThroughTheClimb(double a0, double a1, double b0, double b1)
    {
        double[] x = [a0, a1, b0, b1], expected = Differences.Gradient(() => Saddle.SummitReverse(x[0], x[1], x[2], x[3]), x, 1e-7);
        Assert.Equal(2 * a0, expected[0], 1e-6);
        (double value, double g0, double g1, double g2, double g3) = Saddle.SummitReverseGradient(a0, a1, b0, b1);
        (double other, double h0, double h1, double h2, double h3) = Saddle.SummitForwardGradient(a0, a1, b0, b1);
        Assert.Equal(Saddle.SummitReverse(a0, a1, b0, b1), value);
        Assert.Equal(value, other);
        Differences.AreNear(expected, [g0, g1, g2, g3], 1e-6);
        Differences.AreNear([g0, g1, g2, g3], [h0, h1, h2, h3], 1e-14);
        for (int k = 0; k < 4; k++)
        {
            double[] d = [0, 0, 0, 0];
            d[k] = 1;
            double along = Saddle.SummitReverseJvp(a0, a1, b0, b1, d[0], d[1], d[2], d[3]).Item2;
            double forward = Saddle.SummitForwardJvp(a0, a1, b0, b1, d[0], d[1], d[2], d[3]).Item2;
            Assert.Equal(new[] { g0, g1, g2, g3 }[k], along, 1e-14);
            Assert.Equal(along, forward, 1e-14);
        }
    }
}
