namespace AutoDiff.NeuralNetworks;

/// <summary>Random windows: batch <c>k</c> is a pure function of (seed, k), so resuming a run needs the step alone.</summary>
public sealed class TextWindows : ITokenBatches
{
    private const ulong Stream = 0x57494E444F5753; // "WINDOWS": apart from the streams of initialisation and generation
    private readonly TokenDataset _data;
    private readonly CounterRandom _random;

    /// <summary>Random windows of a data set.</summary>
    /// <exception cref="ArgumentException">A size is not positive, or the data has fewer than context + 1 tokens.</exception>
    public TextWindows(TokenDataset data, int context, int batch, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        data.RequireWindow(context);
        (_data, Context, Batch, _random) = (data, context, batch, new CounterRandom(seed, Stream));
    }

    /// <inheritdoc/>
    public int Context { get; }

    /// <inheritdoc/>
    public int Batch { get; }

    /// <inheritdoc/>
    public void Fill(long index, Span<int> tokens, Span<int> targets)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        BatchBuffers.Check(this, tokens, targets);
        long windows = _data.WindowCount(Context);
        for (int row = 0; row < Batch; row++)
        {
            ulong draw = (ulong)index * (ulong)Batch + (ulong)row;
            int start = (int)_random.Below(windows, draw);
            _data.CopyWindow(start, tokens.Slice(row * Context, Context), targets.Slice(row * Context, Context));
        }
    }
}
