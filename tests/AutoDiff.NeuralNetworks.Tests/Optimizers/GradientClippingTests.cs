namespace AutoDiff.NeuralNetworks.Tests;

public class GradientClippingTests
{
    [Fact]
    public void ScalesDownToTheNorm()
    {
        var gradients = Gradients(3, 4);
        Assert.Equal(5, GradientClipping.ByNorm(gradients, 1));
        Assert.Equal(3 / 5.000001f, gradients.Flat[0], 1e-7f);
        Assert.Equal(4 / 5.000001f, gradients.Flat[1], 1e-7f);
    }

    [Fact]
    public void LeavesSmallGradientsAlone()
    {
        var gradients = Gradients(0.3f, 0.4f);
        GradientClipping.ByNorm(gradients, 1);
        Assert.Equal([0.3f, 0.4f], gradients.Flat.ToArray());
    }

    [Theory]
    [InlineData(1e30f), InlineData(1e-30f)]
    public void TheNormNeitherOverflowsNorVanishes(float value)
    {
        var values = new float[1003];
        Array.Fill(values, value);
        Assert.Equal(Math.Sqrt(1003) * value, GradientClipping.Norm(Gradients(values)), Math.Sqrt(1003) * value * 1e-12);
    }

    [Theory]
    [InlineData(float.NaN), InlineData(float.PositiveInfinity), InlineData(float.NegativeInfinity)]
    public void NamesTheParameterWhoseGradientIsNotFinite(float value)
    {
        var parameters = new FakeParameters(("first", [4]), ("second", [2, 3])).Parameters;
        var gradients = new GradientSet<float>(parameters);
        gradients.Flat.Fill(1);
        gradients.Flat[4 + 5] = value;
        var error = Assert.Throws<NonFiniteGradientException>(() => GradientClipping.ByNorm(gradients, 1));
        Assert.Equal(("second", 5), (error.Parameter, error.Index));
        Assert.Contains("'second'", error.Message);
        Assert.Equal(1, gradients.Flat[0]);

        var optimizer = new AdamW(parameters);
        Assert.Throws<NonFiniteGradientException>(() => optimizer.ClipAndStep(gradients, 1));
        Assert.False(double.IsFinite(optimizer.ClipAndStep(gradients, 1, NonFiniteGradients.Skip)));
        Assert.Equal(0, optimizer.StepCount);
        Assert.All(parameters.Flat.ToArray(), p => Assert.Equal(0, p));
    }

    [Theory]
    [InlineData(0), InlineData(-1), InlineData(double.NaN)]
    public void TheLimitIsPositive(double maxNorm) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByNorm(Gradients(1), maxNorm));

    [Fact]
    public void ClippingWithinTheStepHasTheSameBits()
    {
        var values = new float[1000];
        Initialize.Normal(values, new CounterRandom(1), 1);
        var separate = FakeParameters.Matrix(values);
        var fused = FakeParameters.Matrix(values);
        var (separateOptimizer, fusedOptimizer) = (new AdamW(separate), new AdamW(fused));
        for (int step = 0; step < 3; step++)
        {
            var gradients = new GradientSet<float>(separate);
            Initialize.Normal(gradients.Flat, new CounterRandom(2, (ulong)step), 1);
            var same = new GradientSet<float>(fused);
            gradients.Flat.CopyTo(same.Flat);
            double norm = GradientClipping.ByNorm(gradients, 1);
            separateOptimizer.Step(gradients);
            Assert.Equal(norm, fusedOptimizer.ClipAndStep(same, 1));
        }
        Assert.Equal(separate.Flat.ToArray(), fused.Flat.ToArray());
    }

    private static GradientSet<float> Gradients(params float[] values)
    {
        var gradients = new GradientSet<float>(FakeParameters.Vector(new float[values.Length]));
        values.CopyTo(gradients.Flat);
        return gradients;
    }
}
