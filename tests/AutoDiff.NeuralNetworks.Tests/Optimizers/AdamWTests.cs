namespace AutoDiff.NeuralNetworks.Tests;

public class AdamWTests
{
    [Fact]
    public void FollowsPyTorchStepByStep()
    {
        // torch.optim.AdamW(lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01), worked out in double precision.
        float[] gradients = [0.5f, -0.25f, 2f, 0f];
        double[] expected = [0.99899000002, 0.9987136730870784, 0.9980330383085606, 0.9974737042383739];
        var parameters = FakeParameters.Matrix(1);
        var optimizer = new AdamW(parameters);
        for (int step = 0; step < gradients.Length; step++)
        {
            optimizer.Step(Gradients(parameters, gradients[step]));
            Assert.Equal(expected[step], parameters.Flat[0], 1.2e-7);
        }
        Assert.Equal(4, optimizer.StepCount);
    }

    [Fact]
    public void DecaysMatricesButNotVectorsByDefault()
    {
        var parameters = new FakeParameters(("w", [1, 1]), ("b", [1])).Parameters;
        parameters.Flat.Fill(-0.5f);
        var optimizer = new AdamW(parameters, learningRate: 1e-2, beta2: 0.99, weightDecay: 0.1);
        foreach (float g in new[] { 1e-3f, 3e-3f, -2e-3f }) optimizer.Step(Gradients(parameters, g, g));
        Assert.Equal(-0.5202100085274028, parameters.Flat[0], 1.2e-7);
        Assert.Equal(-0.5217376600379978, parameters.Flat[1], 1.2e-7);
    }

    [Fact]
    public void DecayGroupsFollowThePredicate()
    {
        var parameters = new FakeParameters(("a", [2, 2]), ("b", [3])).Parameters;
        parameters.Flat.Fill(1);
        var optimizer = new AdamW(parameters, learningRate: 0.1, weightDecay: 0.5, decays: slot => slot.Name == "b");
        optimizer.Step(new GradientSet<float>(parameters)); // no gradient: only the decay moves anything
        Assert.Equal([1, 1, 1, 1, 0.95f, 0.95f, 0.95f], parameters.Flat.ToArray());
    }

    [Theory]
    [InlineData(1), InlineData(15), InlineData(16), InlineData(17), InlineData(100), InlineData(40_000)]
    public void LanesTailsAndChunksHaveTheSameBits(int length)
    {
        var random = new CounterRandom(7);
        float[] values = new float[length], gradient = new float[length];
        Initialize.Normal(values, random, 1);
        Initialize.Normal(gradient, random with { Stream = 1 }, 0.1);
        var together = FakeParameters.Matrix(values);
        var optimizer = new AdamW(together, weightDecay: 0.1);
        for (int step = 0; step < 3; step++) optimizer.Step(Gradients(together, gradient));
        foreach (int i in new[] { 0, length / 2, length - 1 })
        {
            var alone = FakeParameters.Matrix(values[i]);
            var single = new AdamW(alone, weightDecay: 0.1);
            for (int step = 0; step < 3; step++) single.Step(Gradients(alone, gradient[i]));
            Assert.Equal(BitConverter.SingleToInt32Bits(alone.Flat[0]), BitConverter.SingleToInt32Bits(together.Flat[i]));
        }
    }

    [Fact]
    public void LearningRateCanChangeAtEachStep()
    {
        var parameters = FakeParameters.Vector(1);
        var optimizer = new AdamW(parameters) { LearningRate = 0 };
        optimizer.Step(Gradients(parameters, 1));
        Assert.Equal(1, parameters.Flat[0]);
        optimizer.LearningRate = 0.5;
        optimizer.Step(Gradients(parameters, 1));
        Assert.Equal(0.5f, parameters.Flat[0], 1e-5f);
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.LearningRate = double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.LearningRate = -1);
    }

    [Fact]
    public void ImportedStateGoesOnWithTheSameBits()
    {
        var random = new CounterRandom(3);
        var straight = FakeParameters.Matrix(new float[100]);
        var straightOptimizer = new AdamW(straight);
        for (int step = 0; step < 10; step++) straightOptimizer.Step(Random(straight, random, step));

        var first = FakeParameters.Matrix(new float[100]);
        var firstOptimizer = new AdamW(first);
        for (int step = 0; step < 4; step++) firstOptimizer.Step(Random(first, random, step));
        var second = FakeParameters.Matrix(first.Flat.ToArray());
        var secondOptimizer = new AdamW(second);
        secondOptimizer.ImportState(firstOptimizer.ExportState());
        for (int step = 4; step < 10; step++) secondOptimizer.Step(Random(second, random, step));

        Assert.Equal(straight.Flat.ToArray(), second.Flat.ToArray());
        Assert.Equal(10, secondOptimizer.StepCount);
    }

    [Fact]
    public void RefusesTheStateOfOthers()
    {
        var optimizer = new AdamW(FakeParameters.Vector(1, 2));
        var kind = Assert.Throws<ArgumentException>(() => optimizer.ImportState(new Sgd(FakeParameters.Vector(1, 2)).ExportState()));
        Assert.Contains("expected that of AdamW", kind.Message);
        var length = Assert.Throws<ArgumentException>(() => optimizer.ImportState(new AdamW(FakeParameters.Vector(1)).ExportState()));
        Assert.Contains("has 1 values, the parameters 2", length.Message);
    }

    [Fact]
    public void RefusesTheGradientsOfOthers()
    {
        var optimizer = new AdamW(FakeParameters.Vector(1, 2));
        var error = Assert.Throws<ArgumentException>(() => optimizer.Step(new GradientSet<float>(FakeParameters.Vector(1))));
        Assert.Contains("expected those of parameters of 2 numbers in all, got 1", error.Message);
    }

    [Fact]
    public void RefusesGradientsOfOtherShapesAndTakesThoseOfAReplica()
    {
        var model = new Linear(6, 3, bias: false);
        var optimizer = new AdamW(model.Parameters);
        var error = Assert.Throws<ArgumentException>(() => optimizer.Step(new Linear(3, 6, bias: false).CreateGradients()));
        Assert.Contains("expected those of Weight [3, 6], got those of Weight [6, 3]", error.Message);
        optimizer.Step(new Linear(6, 3, bias: false).CreateGradients());
        Assert.Equal(1, optimizer.StepCount);
    }

    [Theory]
    [InlineData(double.NaN, 0.9, 1e-8, 0), InlineData(-1, 0.9, 1e-8, 0), InlineData(1, 1, 1e-8, 0), InlineData(1, -0.1, 1e-8, 0)]
    [InlineData(1, 0.9, -1, 0), InlineData(1, 0.9, 1e-8, double.PositiveInfinity)]
    public void OptionsAreValidated(double rate, double beta, double epsilon, double decay) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new AdamWOptions { LearningRate = rate, Beta1 = beta, Epsilon = epsilon, WeightDecay = decay });

    [Fact]
    public void StepsDoNotAllocate()
    {
        var parameters = FakeParameters.Matrix(new float[50_000]);
        var optimizer = new AdamW(parameters);
        var gradients = new GradientSet<float>(parameters);
        for (int i = 0; i < 3; i++) optimizer.ClipAndStep(gradients, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) optimizer.ClipAndStep(gradients, 1);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static GradientSet<float> Gradients(ParameterSet<float> parameters, params ReadOnlySpan<float> values)
    {
        var gradients = new GradientSet<float>(parameters);
        values.CopyTo(gradients.Flat);
        return gradients;
    }

    private static GradientSet<float> Random(ParameterSet<float> parameters, CounterRandom random, int step)
    {
        var gradients = new GradientSet<float>(parameters);
        Initialize.Normal(gradients.Flat, random with { Stream = (ulong)step }, 1);
        return gradients;
    }
}
