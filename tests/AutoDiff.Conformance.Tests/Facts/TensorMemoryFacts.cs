using System.Numerics.Tensors;
using static AutoDiff.Ops;

namespace AutoDiff.Conformance;

public static partial class Lookup
{
    [Differentiable]
    public static float Score([Shape("n d")] Tensor<float> table, [Shape("d d")] Tensor<float> w, [Shape("k")] ReadOnlySpan<int> rows)
        => Sum(Square(Gather(MatMul(table, w), rows)));
}

/// <summary>An exception half-way through a method of tensors: destinations are as they were, and the workspaces are where they were.</summary>
public class TensorMemoryFacts
{
    [Fact]
    public void A_throw_gives_the_workspaces_back()
    {
        Tensor<float> table = Tensor.Create<float>([.. Enumerable.Range(0, 4000).Select(static i => 0.001f * i)], [100, 40]);
        Tensor<float> w = Tensor.Create<float>([.. Enumerable.Range(0, 1600).Select(static i => 0.01f * (i % 7))], [40, 40]);
        Tensor<float> dTable = Tensor.CreateFromShape<float>([100, 40]), dW = Tensor.CreateFromShape<float>([40, 40]);
        int[] good = [3, 5, 7], bad = [3, 100];
        for (int i = 0; i < 3; i++) Lookup.ScoreGradient(table, w, good, dTable, dW);
        float[] before = [.. dTable];
        for (int i = 0; i < 20; i++) Assert.ThrowsAny<Exception>(() => Lookup.ScoreGradient(table, w, bad, dTable, dW));
        float[] after = [.. dTable];
        Assert.Equal(before, after);

        // A workspace that was lost would be made anew, with memory of its own.
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Lookup.ScoreGradient(table, w, good, dTable, dW);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 1000);
    }
}
