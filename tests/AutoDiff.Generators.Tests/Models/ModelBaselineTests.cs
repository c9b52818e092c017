namespace AutoDiff.Generators.Tests.Models;

/// <summary>What a reader of the generated files sees.</summary>
public sealed class ModelBaselineTests
{
    [Fact]
    public void A_model_with_parameters()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            namespace Samples;

            [Differentiable]
            public sealed partial class Mlp(int inputs, int hidden, int outputs)
            {
                [Parameter("inputs hidden")] public partial Tensor<float> W1 { get; }
                [Parameter("hidden")] public partial Tensor<float> B1 { get; }
                [Parameter("hidden outputs", Initial = Initial.Normal, Scale = 0.02f)] public partial Tensor<float> W2 { get; }
            }
            """);
        run.Compile();
        Baseline.Verify(run, "Mlp");
    }

    [Fact]
    public void A_model_of_models()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            namespace Samples;

            [Differentiable]
            public abstract partial class Layer { [Parameter("1")] public partial Tensor<double> Scale { get; } }

            [Differentiable]
            public interface IActivation;

            [Differentiable]
            public partial class Net(Layer first, int width) : Layer
            {
                private readonly List<Layer> _layers = [first];

                public IActivation? Activation { get; init; }

                [Parameter("width 3*(width+1)-width/2")] protected internal partial Tensor<double> W { get; }

                public int Count => _layers.Count;
            }
            """);
        run.Compile();
        Baseline.Verify(run, "ModelOfModels");
    }
}
