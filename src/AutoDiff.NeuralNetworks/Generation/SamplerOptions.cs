namespace AutoDiff.NeuralNetworks;

/// <summary>How the next token is chosen from the logits.</summary>
/// <remarks>
/// Applied in this order: repetition penalty, temperature, top-k, top-p, min-p. Every default leaves the model's own
/// distribution as it is.
/// </remarks>
public sealed record SamplerOptions
{
    /// <summary>Logits are divided by it; 0 takes the most likely token (greedy).</summary>
    public double Temperature
    {
        get;
        init => field = double.IsFinite(value) && value >= 0 ? value : throw Invalid(nameof(Temperature), value, "a finite number >= 0");
    } = 1;

    /// <summary>Only the k most likely tokens are candidates; 0 means all.</summary>
    public int TopK
    {
        get;
        init => field = value >= 0 ? value : throw Invalid(nameof(TopK), value, "an integer >= 0 (0 = all)");
    }

    /// <summary>Only the smallest set of most likely tokens that holds this probability (Holtzman et al. 2020); 1 means all.</summary>
    public double TopP
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw Invalid(nameof(TopP), value, "a probability in (0, 1]");
    } = 1;

    /// <summary>Only tokens at least this times as likely as the most likely one (Nguyen et al. 2024); 0 means all.</summary>
    public double MinP
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw Invalid(nameof(MinP), value, "a probability in [0, 1]");
    }

    /// <summary>
    /// Positive logits of tokens already there are divided by it and negative ones multiplied (Keskar et al. 2019); 1 means none.
    /// </summary>
    public double RepetitionPenalty
    {
        get;
        init => field = double.IsFinite(value) && value > 0
            ? value
            : throw Invalid(nameof(RepetitionPenalty), value, "a finite number > 0");
    } = 1;

    /// <summary>How many of the last tokens the penalty looks at; 0 means all that are given.</summary>
    public int RepetitionWindow
    {
        get;
        init => field = value >= 0 ? value : throw Invalid(nameof(RepetitionWindow), value, "an integer >= 0 (0 = all)");
    }

    /// <summary>The seed; token <c>i</c> is a pure function of the seed, of <c>i</c> and of the logits.</summary>
    public ulong Seed { get; init; }

    /// <summary>The most likely token, always.</summary>
    public static SamplerOptions Greedy { get; } = new() { Temperature = 0 };

    private static ArgumentOutOfRangeException Invalid(string name, object value, string expected) =>
        new(name, value, $"{name}: expected {expected}.");
}
