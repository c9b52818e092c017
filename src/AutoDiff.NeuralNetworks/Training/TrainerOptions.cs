namespace AutoDiff.NeuralNetworks;

/// <summary>What a <see cref="Trainer"/> does around the steps of its optimizer.</summary>
public sealed record TrainerOptions
{
    /// <summary>Gradients are scaled down to this norm; +∞ leaves them.</summary>
    public double MaxGradientNorm
    {
        get;
        init => field = value > 0 ? value : throw Invalid(nameof(MaxGradientNorm), value, "a number > 0");
    } = 1;

    /// <summary>The number of batches whose gradients are averaged for one step.</summary>
    public int AccumulatedBatches
    {
        get;
        init => field = value > 0 ? value : throw Invalid(nameof(AccumulatedBatches), value, "an integer > 0");
    } = 1;

    /// <summary>The number of steps between two evaluations; 0 for none but that after the last step.</summary>
    public int EvaluationInterval
    {
        get;
        init => field = value >= 0 ? value : throw Invalid(nameof(EvaluationInterval), value, "an integer >= 0");
    } = 250;

    /// <summary>What to do about gradients that are NaN or infinite; to skip is to go on with the next batch.</summary>
    public NonFiniteGradients NonFinite { get; init; }

    private static ArgumentOutOfRangeException Invalid(string name, object value, string expected) =>
        new(name, value, $"{name}: expected {expected}.");
}
