namespace AutoDiff.NeuralNetworks;

/// <summary>A model of the next token: what training, evaluation and generation need of it.</summary>
public interface ILanguageModel
{
    /// <summary>The sizes of the model.</summary>
    LanguageModelConfig Config { get; }

    /// <summary>All parameters, in one flat buffer.</summary>
    ParameterSet<float> Parameters { get; }

    /// <summary>The number of different tokens.</summary>
    int VocabularySize => Config.VocabularySize;

    /// <summary>The largest number of tokens that the model sees at once.</summary>
    int ContextLength => Config.ContextLength;

    /// <summary>Gradients of the names and shapes of the parameters.</summary>
    GradientSet<float> CreateGradients();

    /// <summary>The mean cross-entropy of the targets, in nats.</summary>
    /// <param name="tokens">Row-major (batch, time); time is at most <see cref="ContextLength"/>.</param>
    /// <param name="targets">The token after each, of the same shape.</param>
    /// <param name="batch">The number of windows.</param>
    float Loss(ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets, int batch);

    /// <summary>The loss, and its gradients.</summary>
    /// <param name="tokens">Row-major (batch, time); time is at most <see cref="ContextLength"/>.</param>
    /// <param name="targets">The token after each, of the same shape.</param>
    /// <param name="batch">The number of windows.</param>
    /// <param name="gradients">Overwritten, or added to.</param>
    /// <param name="accumulate">Whether to add.</param>
    float LossGradient(
        ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets, int batch, GradientSet<float> gradients, bool accumulate = false);

    /// <summary>The logits of the token after the last.</summary>
    /// <param name="tokens">From 1 to <see cref="ContextLength"/> tokens.</param>
    /// <param name="lastLogits">One per token of the vocabulary.</param>
    void Logits(ReadOnlySpan<int> tokens, Span<float> lastLogits);

    /// <summary>Generation token by token; models with a key-value cache return a session that uses it.</summary>
    IGenerationSession StartGeneration() => new WindowSession(this);
}
