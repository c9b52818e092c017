using AutoDiff.Kernels;

namespace AutoDiff.NeuralNetworks;

/// <summary>A model that can go on where its caches end.</summary>
internal interface IContinuation : ILanguageModel
{
    /// <summary>The vectors of tokens from a position on.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="position">The position of the first.</param>
    /// <param name="x">(tokens, width).</param>
    void Embed(ReadOnlySpan<int> tokens, int position, Span<float> x);

    /// <summary>A block, in place.</summary>
    /// <param name="workspace">Memory.</param>
    /// <param name="layer">Which block.</param>
    /// <param name="x">(rows, width).</param>
    /// <param name="rows">The number of tokens.</param>
    /// <param name="cache">The tokens before, to which these are added.</param>
    void Continue(Workspace workspace, int layer, Span<float> x, int rows, KeyValueCache cache);

    /// <summary>The logits after a token.</summary>
    /// <param name="workspace">Memory.</param>
    /// <param name="x">The token behind the last block: (width).</param>
    /// <param name="logits">(vocabulary).</param>
    void Finish(Workspace workspace, ReadOnlySpan<float> x, Span<float> logits);
}
