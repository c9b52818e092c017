using System.Numerics.Tensors;

namespace AutoDiff.Tests;

public class DetachTests
{
    [Fact]
    public void Detach_is_the_identity_on_values_tensors_and_spans()
    {
        Assert.Equal(1.5, Ad.Detach(1.5));
        Tensor<float> x = Tensors.Of([2], 1f, 2);
        Assert.Same(x, Ad.Detach(x));
        ReadOnlySpan<float> span = [3, 4];
        Assert.True(span == Ad.Detach(span));
    }
}
