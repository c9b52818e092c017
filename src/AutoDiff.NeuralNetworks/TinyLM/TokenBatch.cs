using System.Numerics.Tensors;

namespace AutoDiff.NeuralNetworks;

/// <summary>Token tensors that are filled anew for each call; another size makes new ones, the same size allocates nothing.</summary>
internal sealed class TokenBatch
{
    private int[] _tokens = [], _targets = [];

    /// <summary>(batch, time).</summary>
    public Tensor<int> Tokens { get; private set; } = Tensor.Create<int>([], [0, 0]);

    /// <summary>(batch, time).</summary>
    public Tensor<int> Targets { get; private set; } = Tensor.Create<int>([], [0, 0]);

    /// <exception cref="ArgumentException">The tokens do not divide into the windows, or the targets are not as many.</exception>
    public void Fill(ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets, int batch)
    {
        if (targets.Length != tokens.Length)
            throw new ArgumentException(FormattableString.Invariant($"targets: expected {tokens.Length}, one for each token, got {targets.Length}."), nameof(targets));
        Resize(tokens, batch);
        tokens.CopyTo(_tokens);
        targets.CopyTo(_targets);
    }

    /// <exception cref="ArgumentException">The tokens do not divide into the windows.</exception>
    public void Fill(ReadOnlySpan<int> tokens, int batch)
    {
        Resize(tokens, batch);
        tokens.CopyTo(_tokens);
    }

    private void Resize(ReadOnlySpan<int> tokens, int batch)
    {
        if (batch <= 0 || tokens.Length % batch != 0 || tokens.IsEmpty)
            throw new ArgumentException(FormattableString.Invariant($"tokens: expected a multiple of batch = {batch}, got {tokens.Length}."), nameof(tokens));
        if (_tokens.Length == tokens.Length && Tokens.Lengths[0] == batch) return;
        _tokens = new int[tokens.Length];
        _targets = new int[tokens.Length];
        Tokens = Tensor.Create(_tokens, [batch, tokens.Length / batch]);
        Targets = Tensor.Create(_targets, [batch, tokens.Length / batch]);
    }
}
