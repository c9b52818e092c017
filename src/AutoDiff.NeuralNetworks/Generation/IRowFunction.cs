using AutoDiff.Kernels;

namespace AutoDiff.NeuralNetworks;

/// <summary>A function of each row by itself, as both normalisations are.</summary>
internal interface IRowFunction
{
    /// <summary>The generated forward part.</summary>
    /// <param name="workspace">Memory.</param>
    /// <param name="x">(rows, width).</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="result">(rows, width).</param>
    void Apply(Workspace workspace, ReadOnlySpan<float> x, int rows, Span<float> result);
}

public sealed partial class LayerNorm : IRowFunction
{
    void IRowFunction.Apply(Workspace workspace, ReadOnlySpan<float> x, int rows, Span<float> result) => ForwardForward(workspace, x, rows, result);
}

public sealed partial class RmsNorm : IRowFunction
{
    void IRowFunction.Apply(Workspace workspace, ReadOnlySpan<float> x, int rows, Span<float> result) => ForwardForward(workspace, x, rows, result);
}
