using System.Numerics.Tensors;
using AutoDiff.Kernels;

namespace AutoDiff.NeuralNetworks;

public sealed partial class Gpt : IContinuation
{
    /// <inheritdoc/>
    public IGenerationSession StartGeneration() => new CachedSession(this);

    void IContinuation.Embed(ReadOnlySpan<int> tokens, int position, Span<float> x)
    {
        int width = Config.Width;
        for (int i = 0; i < tokens.Length; i++)
        {
            TensorPrimitives.Add(Tokens.Weight.GetSpan([tokens[i], 0], width), Positions.Weight.GetSpan([position + i, 0], width), x.Slice(i * width, width));
        }
    }

    void IContinuation.Continue(Workspace workspace, int layer, Span<float> x, int rows, KeyValueCache cache)
        => Blocks[layer].Continue(workspace, x, rows, cache);

    void IContinuation.Finish(Workspace workspace, ReadOnlySpan<float> x, Span<float> logits)
    {
        WorkspaceMark mark = workspace.Mark();
        Span<float> normalised = workspace.Allocate<float>(x.Length);
        Norm.ForwardForward(workspace, x, 1, normalised);
        Tokens.LogitsForward(workspace, normalised, 1, logits);
        workspace.Release(mark);
    }
}
