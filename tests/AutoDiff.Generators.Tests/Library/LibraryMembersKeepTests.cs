namespace AutoDiff.Generators.Tests.Library;

/// <summary>As a layer with an optional bias, under <c>[Keep]</c>: a model is no residual, and is read again.</summary>
public sealed class LibraryMembersKeepTests
{
    [Fact]
    public void ABranchOnAnOptionalModelCanBeKept() => GeneratorHarness.Run("""
        namespace Samples;
        [Differentiable] public sealed partial class Bias(int width)
        {
            [Parameter("width")] public partial Tensor<float> Value { get; }
            [Differentiable] [return: Shape("... width")]
            public Tensor<float> Forward([Shape("... width")] Tensor<float> x) => x * Value;
        }
        [Differentiable] public sealed partial class Net(int width, bool bias)
        {
            [Parameter("width")] public partial Tensor<float> W { get; }
            public Bias? Bias { get; } = bias ? new Bias(width) : null;
            public bool HasBias { get; } = bias;
            [Differentiable, Keep] [return: Shape("... width")]
            public Tensor<float> Forward([Shape("... width")] Tensor<float> x)
            {
                var y = x * W;
                if (HasBias) y = Bias!.Forward(y);
                return y;
            }
        }
        """).Load();
}
