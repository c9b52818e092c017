namespace AutoDiff.NeuralNetworks;

/// <summary>The queries, keys and values of a text in one attention layer, a row (3·width) for each token.</summary>
internal sealed class KeyValueCache(int context, int width)
{
    private readonly float[] _rows = new float[context * 3 * width];

    /// <summary>The number of tokens.</summary>
    public int Count { get; private set; }

    /// <summary>The rows of all tokens so far.</summary>
    public ReadOnlySpan<float> Rows => _rows.AsSpan(0, Count * 3 * width);

    /// <summary>Room for the rows of further tokens, which count from now on.</summary>
    public Span<float> Add(int tokens)
    {
        int first = Count;
        Count += tokens;
        return _rows.AsSpan(first * 3 * width, tokens * 3 * width);
    }

    public void Clear() => Count = 0;
}
