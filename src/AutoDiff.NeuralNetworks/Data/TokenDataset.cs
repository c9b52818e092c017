using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>A sequence of tokens, and views of parts of it.</summary>
/// <param name="Tokens">The ids; not copied.</param>
/// <param name="Name">What error messages call it.</param>
public sealed record TokenDataset(ReadOnlyMemory<int> Tokens, string Name = "data")
{
    /// <summary>The number of tokens.</summary>
    public int Length => Tokens.Length;

    /// <summary>The number of windows of <paramref name="context"/> tokens that have a next token at every position.</summary>
    public int WindowCount(int context) => Math.Max(0, Length - context);

    /// <summary>The first part for training and the last part for validation.</summary>
    /// <param name="validationShare">In [0, 1); the number of validation tokens is rounded down.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="validationShare"/> is outside of [0, 1).</exception>
    public (TokenDataset Training, TokenDataset Validation) Split(double validationShare = 0.1)
    {
        if (!(validationShare is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(validationShare), validationShare, "Expected a share in [0, 1).");
        int training = Length - (int)(Length * validationShare);
        return (new TokenDataset(Tokens[..training], Name + " (training)"), new TokenDataset(Tokens[training..], Name + " (validation)"));
    }

    /// <summary>Throws unless there is at least one window.</summary>
    /// <exception cref="ArgumentException">The data has fewer than <paramref name="context"/> + 1 tokens.</exception>
    public void RequireWindow(int context)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(context);
        if (WindowCount(context) == 0)
            throw new ArgumentException(Invariant(
                $"{Name}: a context of {context} needs at least {context + 1} tokens, got {Length}."), nameof(context));
    }

    /// <summary>Copies the window that starts at <paramref name="start"/>, and the same window one token later.</summary>
    internal void CopyWindow(int start, Span<int> tokens, Span<int> targets)
    {
        var source = Tokens.Span;
        source.Slice(start, tokens.Length).CopyTo(tokens);
        source.Slice(start + 1, targets.Length).CopyTo(targets);
    }
}
