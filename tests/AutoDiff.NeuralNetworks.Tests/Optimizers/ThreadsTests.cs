using AutoDiff.Parallel;

namespace AutoDiff.NeuralNetworks.Tests;

public class ThreadsTests
{
    [Fact]
    public void StepsAndNormsDoNotDependOnTheNumberOfThreads()
    {
        int before = ForkJoin.MaxThreads;
        try
        {
            var (weights, norm) = Train(threads: 1);
            foreach (int threads in new[] { 2, 3, 8 })
            {
                var (others, otherNorm) = Train(threads);
                Assert.Equal(norm, otherNorm);
                Assert.Equal(weights, others);
            }
        }
        finally
        {
            ForkJoin.MaxThreads = before;
        }
    }

    private static (float[] Weights, double Norm) Train(int threads)
    {
        ForkJoin.MaxThreads = threads;
        var parameters = FakeParameters.Matrix(new float[300_007]);
        Initialize.Normal(parameters.Flat, new CounterRandom(1), 1);
        var gradients = new GradientSet<float>(parameters);
        Initialize.Normal(gradients.Flat, new CounterRandom(2), 1);
        double norm = 0;
        foreach (Optimizer optimizer in new Optimizer[] { new AdamW(parameters), new Sgd(parameters, momentum: 0.9), new Sgd(parameters) })
            for (int i = 0; i < 3; i++) norm = optimizer.ClipAndStep(gradients, 1);
        return (parameters.Flat.ToArray(), norm);
    }
}
