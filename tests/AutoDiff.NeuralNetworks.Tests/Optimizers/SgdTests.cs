namespace AutoDiff.NeuralNetworks.Tests;

public class SgdTests
{
    // torch.optim.SGD over gradients 0.5, −0.25, 2 from 1, worked out in double precision.
    [Theory]
    [InlineData(0, 0, 0, false, 0.95, 0.975, 0.775)]
    [InlineData(0.9, 0, 0, false, 0.95, 0.93, 0.712)]
    [InlineData(0.9, 0.01, 0, true, 0.9031, 0.90757411, 0.5081892081909999)]
    [InlineData(0.9, 0.01, 0.5, false, 0.949, 0.9151254999999999, 0.7841808872499999)]
    public void FollowsPyTorchStepByStep(
        double momentum, double decay, double dampening, bool nesterov, double first, double second, double third)
    {
        var parameters = FakeParameters.Vector(Enumerable.Repeat(1f, 19).ToArray()); // one vector and a tail
        var options = new SgdOptions
        {
            LearningRate = 0.1, Momentum = momentum, WeightDecay = decay, Dampening = dampening, Nesterov = nesterov,
        };
        var optimizer = new Sgd(parameters, options);
        var gradients = new GradientSet<float>(parameters);
        foreach (var (gradient, expected) in new[] { (0.5f, first), (-0.25f, second), (2f, third) })
        {
            gradients.Flat.Fill(gradient);
            optimizer.Step(gradients);
            Assert.Equal(expected, parameters.Flat[0], 2e-7);
            Assert.Equal(parameters.Flat[0], parameters.Flat[18]);
        }
    }

    [Fact]
    public void NesterovNeedsAMomentumAndNoDampening()
    {
        var parameters = FakeParameters.Vector(1);
        Assert.Throws<ArgumentException>(() => new Sgd(parameters, nesterov: true));
        Assert.Throws<ArgumentException>(() => new Sgd(parameters, new SgdOptions { Nesterov = true, Momentum = 0.9, Dampening = 0.1 }));
    }
}
