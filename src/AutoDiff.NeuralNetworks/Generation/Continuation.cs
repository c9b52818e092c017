using System.Numerics.Tensors;
using AutoDiff.Kernels;

namespace AutoDiff.NeuralNetworks;

/// <summary>The next tokens of a text, the beginning of which is in caches: what models with either normalisation have in common.</summary>
internal static class Continuation
{
    /// <summary>The vectors of tokens, with those of their positions.</summary>
    /// <param name="vectors">The vectors of all tokens.</param>
    /// <param name="positions">The vectors of all positions.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="position">The position of the first.</param>
    /// <param name="x">(tokens, width).</param>
    public static void Embed(Embedding vectors, LearnedPositions positions, ReadOnlySpan<int> tokens, int position, Span<float> x)
    {
        int width = x.Length / tokens.Length;
        for (int i = 0; i < tokens.Length; i++)
            TensorPrimitives.Add(vectors.Weight.GetSpan([tokens[i], 0], width), positions.Weight.GetSpan([position + i, 0], width), x.Slice(i * width, width));
    }

    /// <summary>A pre-norm block, in place.</summary>
    /// <param name="workspace">Memory.</param>
    /// <param name="attentionNorm">What comes before the attention.</param>
    /// <param name="attention">The attention.</param>
    /// <param name="feedForwardNorm">What comes before the network.</param>
    /// <param name="feedForward">The network.</param>
    /// <param name="x">(rows, width).</param>
    /// <param name="rows">The number of tokens.</param>
    /// <param name="cache">The tokens before, to which these are added.</param>
    public static void Block(
        Workspace workspace, IRowFunction attentionNorm, CausalSelfAttention attention, IRowFunction feedForwardNorm, FeedForward feedForward,
        Span<float> x, int rows, KeyValueCache cache)
    {
        WorkspaceMark mark = workspace.Mark();
        Span<float> normalised = workspace.Allocate<float>(x.Length), part = workspace.Allocate<float>(x.Length);
        attentionNorm.Apply(workspace, x, rows, normalised);
        attention.Continue(workspace, normalised, rows, cache, part);
        TensorPrimitives.Add(x, part, x);
        feedForwardNorm.Apply(workspace, x, rows, normalised);
        feedForward.ForwardForward(workspace, normalised, rows, part);
        TensorPrimitives.Add(x, part, x);
        workspace.Release(mark);
    }

    /// <summary>The logits after a token, from the vectors of all tokens.</summary>
    /// <param name="workspace">Memory.</param>
    /// <param name="norm">The last normalisation.</param>
    /// <param name="vectors">The vectors of all tokens.</param>
    /// <param name="x">The token behind the last block: (width).</param>
    /// <param name="logits">(vocabulary).</param>
    public static void Logits(Workspace workspace, IRowFunction norm, Embedding vectors, ReadOnlySpan<float> x, Span<float> logits)
    {
        WorkspaceMark mark = workspace.Mark();
        Span<float> normalised = workspace.Allocate<float>(x.Length);
        norm.Apply(workspace, x, 1, normalised);
        vectors.LogitsForward(workspace, normalised, 1, logits);
        workspace.Release(mark);
    }
}
