namespace AutoDiff.NeuralNetworks;

/// <summary>Batches of windows of tokens; a batch is a pure function of its index.</summary>
public interface ITokenBatches
{
    /// <summary>The number of tokens of a window.</summary>
    int Context { get; }

    /// <summary>The number of windows of a batch.</summary>
    int Batch { get; }

    /// <summary>Fills both buffers, row-major (<see cref="Batch"/>, <see cref="Context"/>); allocates nothing.</summary>
    /// <param name="index">The index of the batch: the step, when training.</param>
    /// <param name="tokens">The inputs.</param>
    /// <param name="targets">The token after each input.</param>
    /// <exception cref="ArgumentException">A buffer does not have Batch · Context elements.</exception>
    void Fill(long index, Span<int> tokens, Span<int> targets);
}
