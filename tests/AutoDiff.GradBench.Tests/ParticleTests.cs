using GradBench.Evals;

namespace AutoDiff.GradBench.Tests;

public class ParticleTests
{
    [Theory]
    [InlineData("rr")]
    [InlineData("ff")]
    [InlineData("fr")]
    [InlineData("rf")]
    public void EveryModeFindsTheMinimum(string mode)
        => Assert.Equal(0.20719187464861, Conversation.Evaluate("particle", mode, new { w = 0.0 }).GetDouble(), 1e-9);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.15)]
    [InlineData(0.5)]
    public void DerivativesOfTheFlightAgreeWithDifferences(double w)
    {
        const double Step = 1e-6;
        double expected = (Particle.LandingReverse(w + Step) - Particle.LandingReverse(w - Step)) / (2 * Step);
        Assert.Equal(Particle.LandingReverse(w), Particle.LandingForward(w), 1e-12);
        foreach ((double value, double slope) in ((double, double)[])
            [Particle.LandingReverseGradient(w), Particle.LandingForwardGradient(w), Particle.LandingReverseJvp(w, 1), Particle.LandingForwardJvp(w, 1)])
        {
            Assert.Equal(Particle.LandingReverse(w), value, 1e-12);
            Assert.Equal(expected, slope, 1e-6 * Math.Max(1, Math.Abs(expected)));
        }
    }
}
