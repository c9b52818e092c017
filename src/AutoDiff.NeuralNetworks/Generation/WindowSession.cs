namespace AutoDiff.NeuralNetworks;

/// <summary>A session for any model: the last <see cref="ILanguageModel.ContextLength"/> tokens are run anew for each token.</summary>
internal sealed class WindowSession(ILanguageModel model) : IGenerationSession
{
    private readonly int[] _window = new int[model.ContextLength];
    private int _count;

    public void Append(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        if (tokens.IsEmpty) throw new ArgumentException("tokens: expected at least one, got none.", nameof(tokens));
        if (tokens.Length > _window.Length) tokens = tokens[^_window.Length..];
        int overflow = Math.Max(0, _count + tokens.Length - _window.Length);
        _window.AsSpan(overflow, _count - overflow).CopyTo(_window);
        _count -= overflow;
        tokens.CopyTo(_window.AsSpan(_count));
        _count += tokens.Length;
        model.Logits(_window.AsSpan(0, _count), logits);
    }

    public void Reset() => _count = 0;
}
