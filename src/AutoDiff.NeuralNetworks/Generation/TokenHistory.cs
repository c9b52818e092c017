namespace AutoDiff.NeuralNetworks;

/// <summary>The tokens that the repetition penalty looks at; none where there is no penalty.</summary>
internal sealed class TokenHistory
{
    private const int Unbounded = 0;
    private readonly bool _keeps;
    private readonly int _window;
    private int[] _tokens = [];
    private int _count;

    public TokenHistory(SamplerOptions options, ReadOnlySpan<int> prompt)
    {
        (_keeps, _window) = (options.RepetitionPenalty != 1, options.RepetitionWindow);
        foreach (int token in prompt) Add(token);
    }

    public ReadOnlySpan<int> Tokens => _tokens.AsSpan(0, _count);

    public void Add(int token)
    {
        if (!_keeps) return;
        if (_count == _tokens.Length)
        {
            if (_window != Unbounded && _count >= 2 * _window)
            {
                // The older half is outside of the window: it makes room.
                _tokens.AsSpan(_count - _window, _window).CopyTo(_tokens);
                _count = _window;
            }
            else
            {
                Array.Resize(ref _tokens, Math.Max(16, 2 * _count));
            }
        }
        _tokens[_count++] = token;
    }
}
