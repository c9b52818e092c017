namespace AutoDiff.NeuralNetworks;

/// <summary>The loss of a model on fixed batches.</summary>
/// <remarks>Keeps its buffers: evaluating again allocates nothing.</remarks>
public sealed class Evaluation
{
    private readonly ILanguageModel _model;
    private readonly EvenWindows _batches;
    private readonly int[] _tokens, _targets;

    /// <summary>An evaluation of a model.</summary>
    /// <exception cref="ArgumentException">The windows are longer than the context of the model.</exception>
    public Evaluation(ILanguageModel model, EvenWindows batches)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batches.Context, model.ContextLength, nameof(batches));
        (_model, _batches) = (model, batches);
        _tokens = new int[batches.Batch * batches.Context];
        _targets = new int[_tokens.Length];
    }

    /// <summary>The mean cross-entropy over all batches, in nats per token.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public double Loss(CancellationToken cancellationToken = default)
    {
        double sum = 0;
        for (int i = 0; i < _batches.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _batches.Fill(i, _tokens, _targets);
            sum += _model.Loss(_tokens, _targets, _batches.Batch);
        }
        return sum / _batches.Count;
    }
}
