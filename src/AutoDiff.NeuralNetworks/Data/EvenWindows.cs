namespace AutoDiff.NeuralNetworks;

/// <summary>Fixed batches whose windows are spread evenly over the data: what evaluation looks at, every time the same.</summary>
public sealed class EvenWindows : ITokenBatches
{
    private readonly TokenDataset _data;

    /// <summary><paramref name="count"/> batches over a data set.</summary>
    /// <exception cref="ArgumentException">A size is not positive, or the data has fewer than context + 1 tokens.</exception>
    public EvenWindows(TokenDataset data, int context, int batch, int count)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        data.RequireWindow(context);
        (_data, Context, Batch, Count) = (data, context, batch, count);
    }

    /// <inheritdoc/>
    public int Context { get; }

    /// <inheritdoc/>
    public int Batch { get; }

    /// <summary>The number of batches.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public void Fill(long index, Span<int> tokens, Span<int> targets)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        BatchBuffers.Check(this, tokens, targets);
        long total = (long)Batch * Count, lastStart = _data.WindowCount(Context) - 1;
        for (int row = 0; row < Batch; row++)
        {
            // The first window is the first of the data, and the last is the last; a single one is in the middle.
            long position = index * Batch + row;
            int start = (int)(total == 1 ? lastStart / 2 : lastStart * position / (total - 1));
            _data.CopyWindow(start, tokens.Slice(row * Context, Context), targets.Slice(row * Context, Context));
        }
    }
}
