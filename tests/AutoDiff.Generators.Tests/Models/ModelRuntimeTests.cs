namespace AutoDiff.Generators.Tests.Models;

public sealed class ModelRuntimeTests
{
    [Fact]
    public void Smoke()
    {
        const string Source = """
            namespace Nets;

            [Differentiable]
            public sealed partial class Mlp(int inputs, int hidden, int outputs)
            {
                [Parameter("inputs hidden")] public partial Tensor<float> W1 { get; }
                [Parameter("hidden")] public partial Tensor<float> B1 { get; }
                [Parameter("hidden outputs", Initial = Initial.Normal, Scale = 0.02f)] public partial Tensor<float> W2 { get; }

                public int Sum() => inputs + hidden;
            }
            """;
        GeneratorRun run = GeneratorHarness.Run(Source);
        dynamic model = run.Load().Create("Nets.Mlp", 4, 3, 2);
        string text = model.Parameters.ToString();
        Assert.Equal("", text + run.Generated("Mlp.Parameters.g.cs"));
    }
}
