using System.Numerics.Tensors;
using AutoDiff.Kernels;

namespace AutoDiff.NeuralNetworks;

public sealed partial class TransformerBlock
{
    /// <summary><see cref="Forward"/> for the next tokens of a text, in place.</summary>
    /// <param name="workspace">Memory.</param>
    /// <param name="x">(rows, width).</param>
    /// <param name="rows">The number of tokens.</param>
    /// <param name="cache">The tokens before, to which these are added.</param>
    internal void Continue(Workspace workspace, Span<float> x, int rows, KeyValueCache cache)
    {
        WorkspaceMark mark = workspace.Mark();
        Span<float> normalised = workspace.Allocate<float>(x.Length), part = workspace.Allocate<float>(x.Length);
        AttentionNorm.ForwardForward(workspace, x, rows, normalised);
        Attention.Continue(workspace, normalised, rows, cache, part);
        TensorPrimitives.Add(x, part, x);
        FeedForwardNorm.ForwardForward(workspace, x, rows, normalised);
        FeedForward.ForwardForward(workspace, normalised, rows, part);
        TensorPrimitives.Add(x, part, x);
        workspace.Release(mark);
    }
}
