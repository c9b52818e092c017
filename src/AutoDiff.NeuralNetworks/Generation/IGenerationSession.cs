namespace AutoDiff.NeuralNetworks;

/// <summary>A text that grows token by token.</summary>
public interface IGenerationSession
{
    /// <summary>Adds tokens to the text, and computes the logits of the token after the last.</summary>
    /// <param name="tokens">At least one.</param>
    /// <param name="logits">One per token of the vocabulary.</param>
    void Append(ReadOnlySpan<int> tokens, Span<float> logits);

    /// <summary>Forgets the text.</summary>
    void Reset();
}
