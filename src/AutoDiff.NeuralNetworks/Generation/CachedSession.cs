using AutoDiff.Kernels;
using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>
/// A session that keeps the keys and values of the text, so that a token costs one reading of the parameters. Positions are absolute: when the context is full the
/// newer half of it is read again as the beginning of a text, and the older half forgotten. Allocates nothing after construction.
/// </summary>
internal sealed class CachedSession : IGenerationSession
{
    private readonly IContinuation _model;
    private readonly KeyValueCache[] _caches;
    private readonly int[] _text;
    private readonly float[] _x;
    private int _count;

    public CachedSession(IContinuation model)
    {
        _model = model;
        _caches = [.. Enumerable.Range(0, model.Config.Layers).Select(_ => new KeyValueCache(model.ContextLength, model.Config.Width))];
        _text = new int[model.ContextLength];
        _x = new float[model.ContextLength * model.Config.Width];
    }

    public void Append(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        if (tokens.IsEmpty) throw new ArgumentException("tokens: expected at least one, got none.", nameof(tokens));
        if (logits.Length != _model.VocabularySize)
            throw new ArgumentException(Invariant($"logits: expected {_model.VocabularySize} values, got {logits.Length}."), nameof(logits));
        for (int i = 0; i < tokens.Length; i++)
            if ((uint)tokens[i] >= (uint)_model.VocabularySize)
                throw new ArgumentException(Invariant($"tokens[{i}]: expected an id in [0, {_model.VocabularySize}), got {tokens[i]}."), nameof(tokens));

        Workspace workspace = Workspace.Rent();
        try
        {
            if (tokens.Length >= _text.Length)
            {
                Reset();
                tokens = tokens[^_text.Length..];
            }
            else if (_count + tokens.Length > _text.Length)
            {
                Forget(workspace, Math.Min(_text.Length / 2, _text.Length - tokens.Length));
            }

            int last = Read(workspace, tokens);
            _model.Finish(workspace, _x.AsSpan(last * _model.Config.Width, _model.Config.Width), logits);
        }
        finally
        {
            workspace.Return();
        }
    }

    public void Reset()
    {
        _count = 0;
        foreach (KeyValueCache cache in _caches) cache.Clear();
    }

    /// <summary>Reads the last tokens again as the beginning of a text.</summary>
    private void Forget(Workspace workspace, int kept)
    {
        Span<int> newest = _text.AsSpan(_count - kept, kept);
        newest.CopyTo(_text);
        Reset();
        if (kept > 0) Read(workspace, _text.AsSpan(0, kept));
    }

    /// <summary>Takes tokens through all blocks; returns the row of the last.</summary>
    private int Read(Workspace workspace, ReadOnlySpan<int> tokens)
    {
        Span<float> x = _x.AsSpan(0, tokens.Length * _model.Config.Width);
        _model.Embed(tokens, _count, x);
        for (int layer = 0; layer < _caches.Length; layer++) _model.Continue(workspace, layer, x, tokens.Length, _caches[layer]);
        tokens.CopyTo(_text.AsSpan(_count));
        _count += tokens.Length;
        return tokens.Length - 1;
    }
}
